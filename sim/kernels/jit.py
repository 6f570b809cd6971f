"""The one decorator of every kernel, and the cache folder that belongs to exactly these sources.

numba keys its cache on the defining file only, so an edited callee in another file would go unnoticed. The cache
folder therefore carries a hash of all kernel sources, of numba's version and of the bounds-check flag.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba import types

from sim.paths import cache_root


def source_digest() -> str:
    """Return a short hash of every kernel source, numba's version and the flags that change compiled code."""
    digest = hashlib.sha256(numba.__version__.encode())
    digest.update(os.environ.get("NUMBA_BOUNDSCHECK", "0").encode())
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def kernel_cache() -> Path:
    """Return the folder that holds the compiled kernels of these sources."""
    return cache_root() / "kernels" / source_digest()


numba.config.CACHE_DIR = str(kernel_cache())
_OPTIONS = {"cache": True, "nogil": True, "no_cfunc_wrapper": True}
_plain = numba.njit(**_OPTIONS, _nrt=False)
_counted = numba.njit(**_OPTIONS, _nrt=True)


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile ``function`` to machine code, once: whole numbers that kernels pass to it are widened to int64.

    Without the widening a kernel would be compiled again for every mixture of record fields (int8, int16, int32) and
    plain integers that its callers hand over: measured 381 compilations against 278 for 289 kernels.

    References to arrays are not counted: whoever calls from Python keeps the arrays of a world alive for as long as
    the kernel runs. A kernel that makes an array, or receives one from a kernel that does, is an ``allocating_kernel``.
    """
    return _with_wide_integers(_plain(function))


def allocating_kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile ``function`` as ``kernel`` does, with arrays of its own that are freed when it returns."""
    return _with_wide_integers(_counted(function))


def _with_wide_integers(dispatcher: Any) -> Callable[..., Any]:
    if not numba.config.DISABLE_JIT:
        plain = dispatcher.get_call_template

        def widened_template(args: Any, kws: Any) -> Any:
            return plain(tuple(map(_widened, args)), {name: _widened(kind) for name, kind in dict(kws).items()})

        dispatcher.get_call_template = widened_template
    return dispatcher


def _widened(kind: types.Type) -> types.Type:
    kind = types.unliteral(kind)
    return types.int64 if isinstance(kind, types.Integer) and kind != types.uint64 else kind


if numba.config.DISABLE_JIT:
    np.seterr(over="ignore")  # the random mixer wraps on purpose; compiled code is silent about it
