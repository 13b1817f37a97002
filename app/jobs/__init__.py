"""Who runs the work: a pool of analyser processes and one writer beside them."""
