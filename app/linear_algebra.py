"""How libraries of linear algebra are to work in our processes."""

# One thread in each. Our matrices are small, and a second thread is waited for at every product:
# where something else has its core, a product of 50 microseconds takes 9 milliseconds. N workers
# use N cores, and requests run in threads of their own.
ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ),
    "1",
)
