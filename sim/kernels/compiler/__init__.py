"""How kernels are compiled and kept: what leans on numba, and knows nothing of the war."""
