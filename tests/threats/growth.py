"""How much longer work takes when its input is four times as long."""

import gc
from collections.abc import Callable
from time import process_time

# Below it the clock and the machine say more than the work does.
_LEAST = 0.01
# Linear is 4, n log n little more, quadratic 16.
MOST = 6.0


def growth[T](work: Callable[[T], object], make: Callable[[int], T], size: int) -> float:
    """The processor time of work on `make(4 * size)` over that on `make(size)`, each the best of
    three."""
    small, large = make(size), make(4 * size)
    work(small)  # what loads on first use
    return (_best(work, large) + _LEAST) / (_best(work, small) + _LEAST)


def _best[T](work: Callable[[T], object], given: T) -> float:
    times = []
    gc.disable()
    try:
        for _ in range(3):
            began = process_time()
            work(given)
            times.append(process_time() - began)
    finally:
        gc.enable()
    return min(times)
