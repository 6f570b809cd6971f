"""The hex engine, in numba kernels: numpy, numba and math only; no input or output, no strings, no dicts.

Importing this package is cheap on purpose: ``codes``, ``state.layout`` and ``rulebook`` need numpy alone, so that
scenario files can be checked without numba. The ``kernel`` decorator lives in ``compiler.kernel``.
"""
