"""The one decorator of every kernel, and the cache folder that belongs to exactly these sources.

numba keys its cache on the defining file only, so an edited callee in another file would go unnoticed. The cache
folder therefore carries a hash of all kernel sources, of numba's version and of the bounds-check flag.
"""

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba import types
from numba.core.caching import CompileResultCacheImpl, FunctionCache
from numba.core.compiler import Compiler
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import CPUDispatcher

from sim.kernels.compiler import by_reference as by_reference  # worlds are handed on by reference
from sim.kernels.compiler.link_only import CalleeCacheImpl, CalleeCompiler
from sim.paths import cache_root

KERNELS = Path(__file__).resolve().parent.parent  # all wings: an edit in any of them makes compiled code stale


@cache
def source_digest() -> str:
    """Return a short hash of every kernel source, numba's version and the flags that change compiled code."""
    digest = hashlib.sha256(numba.__version__.encode())
    digest.update(os.environ.get("NUMBA_BOUNDSCHECK", "0").encode())
    for source in kernel_sources():
        digest.update(source.relative_to(KERNELS).as_posix().encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def kernel_sources() -> list[Path]:
    """Return every source file of every wing of the engine, in the order of their paths."""
    return sorted(KERNELS.rglob("*.py"))


def kernel_cache() -> Path:
    """Return the folder that holds the compiled kernels of these sources."""
    return cache_root() / "kernels" / source_digest()


numba.config.CACHE_DIR = str(kernel_cache())


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile ``function`` to machine code when it is first needed; called from Python it is an ordinary function.

    References to arrays are not counted: whoever calls from Python keeps the arrays of a world alive for as long as
    the kernel runs. A kernel that makes an array, or receives one from a kernel that does, is an ``allocating_kernel``.
    """
    return function if numba.config.DISABLE_JIT else Kernel(function, counts_references=False)


def inlined_kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile ``function`` as ``kernel`` does, into the body of every kernel that calls it.

    For small questions asked in the innermost loops, where the call would cost more than the answer.
    """
    return function if numba.config.DISABLE_JIT else Kernel(function, counts_references=False, inlined=True)


def allocating_kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile ``function`` as ``kernel`` does, with arrays of its own that are freed when it returns."""
    return function if numba.config.DISABLE_JIT else Kernel(function, counts_references=True)


class CheckedCache(FunctionCache):
    """A cache that two processes can fill at once.

    Each numbers the data files of a kernel by itself, so a number can come to hold the code of another signature.
    """

    def _load_overload(self, sig: Any, target_context: Any) -> Any:
        found = super()._load_overload(sig, target_context)
        return found if found is not None and tuple(found.signature.args) == tuple(sig) else None


class CalleeCache(CheckedCache):
    """The cache of kernels as other kernels call them."""

    _impl_class = CalleeCacheImpl


class EntryCacheImpl(CompileResultCacheImpl):
    """Names the files of entries, which would overwrite those of the kernels themselves."""

    def get_filename_base(self, fullname: str, abiflags: str) -> str:
        """Return the beginning of the file names of one kernel."""
        return super().get_filename_base(f"{fullname}-entry", abiflags)


class EntryCache(CheckedCache):
    """The cache of entries."""

    _impl_class = EntryCacheImpl


class Kernel(CPUDispatcher):
    """A compiled function for other kernels, with an entry for Python that is compiled only where Python calls it.

    An entry takes every array of the world and the scratch space apart and puts it together again: one for each kernel
    would be a quarter of all the work of the compiler.

    Whole numbers that kernels pass to each other are widened to int64. Otherwise a kernel would be compiled again for
    every mixture of record fields (int8, int16, int32) and plain integers that its callers hand over: measured 381
    compilations against 278 for 289 kernels.
    """

    def __init__(self, py_func: Callable[..., Any], counts_references: bool, inlined: bool = False) -> None:
        options = {"nopython": True, "boundscheck": None, "nogil": True, "no_cfunc_wrapper": True}
        options["_nrt"] = counts_references
        if inlined:
            options["forceinline"] = True
        super().__init__(py_func, targetoptions={**options, "no_cpython_wrapper": True})
        self._compiler = CalleeCompiler(py_func, self.targetdescr, self.targetoptions, {}, Compiler)
        self._cache = CalleeCache(py_func)
        self.entry = CPUDispatcher(py_func, targetoptions=options)
        self.entry._cache = EntryCache(py_func)

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Return what another kernel calls for arguments of these types."""
        named = {name: _widened(kind) for name, kind in dict(kws).items()}
        return super().get_call_template(tuple(map(_widened, args)), named)

    def compile(self, sig: Any) -> Any:
        """Compile for a signature, unless the entry has done so already."""
        with global_compiler_lock:
            done = self.entry.overloads.get(tuple(sig))
            if done is not None and tuple(sig) not in self.overloads:
                self.add_overload(done)
            return super().compile(sig)

    def add_overload(self, cres: Any) -> None:
        """Remember compiled code for other kernels; Python must not call it."""
        self.overloads[tuple(cres.signature.args)] = cres

    def _compile_for_args(self, *args: Any, **kws: Any) -> Any:
        """Answer a call from Python for new types (numba's own call passes through here only once for each)."""
        with global_compiler_lock:
            call = self.entry._compile_for_args(*args, **kws)
            for cres in self.entry.overloads.values():
                if cres.entry_point is call:
                    self._insert([kind._code for kind in cres.signature.args], call, cres.objectmode)
            return call


def compile_for(chosen: Any, **arguments: Any) -> None:
    """Compile a kernel as other kernels call it, with those of ``arguments`` (world, scratch, side) that it takes."""
    if isinstance(chosen, Kernel):
        names = chosen.py_func.__code__.co_varnames[: chosen.py_func.__code__.co_argcount]
        chosen.compile(tuple(_widened(numba.typeof(arguments[name])) for name in names))


def _widened(kind: types.Type) -> types.Type:
    kind = types.unliteral(kind)
    return types.int64 if isinstance(kind, types.Integer) and kind != types.uint64 else kind


if numba.config.DISABLE_JIT:
    np.seterr(over="ignore")  # the random mixer wraps on purpose; compiled code is silent about it
