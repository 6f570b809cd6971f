"""The one decorator of every kernel: how it is compiled, and how others call it."""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba import types
from numba.core.compiler import Compiler
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import CPUDispatcher

from sim.kernels.compiler import by_reference as by_reference  # worlds are handed on by reference
from sim.kernels.compiler.cache_folder import source_digest as source_digest
from sim.kernels.compiler.cached_code import CheckedCache, KeptImpl
from sim.kernels.compiler.link_only import CalleeCacheImpl, CalleeCompiler


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


class CalleeCache(CheckedCache):
    """The cache of kernels as other kernels call them."""

    _impl_class = CalleeCacheImpl


class EntryCacheImpl(KeptImpl):
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
