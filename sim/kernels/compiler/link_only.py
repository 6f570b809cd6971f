"""How kernels are compiled that only other kernels call: to be linked into those, never loaded by themselves.

numba optimises every function with all that it calls and turns it into machine code of its own, although here nobody
ever runs it: a kernel that Python calls has its own copy of everything below it, optimised again. Leaving that out
takes a sixth off the first start. This leans on numba's insides, as ``kernel`` does: look here first when numba is
raised. ``tests/kernels/compiler/test_link_only.py`` is run at both ends of the range of numba that is allowed.
"""

from typing import Any

import llvmlite.binding as llvm
from numba.core import compiler
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompileResult
from numba.core.dispatcher import _FunctionCompiler

from sim.kernels.compiler.cached_code import KeptImpl


class CalleeLibrary(JITCodeLibrary):
    """Code to be linked into other libraries."""

    def _finalize_final_module(self) -> None:
        """Take note of what the module holds; the engine that runs code never sees it."""
        self._finalize_dynamic_globals()
        self._finalized = True

    def _optimize_final_module(self) -> None:
        """Leave it to the kernel that it is linked into at last."""

    def serialize_using_object_code(self) -> tuple[str, str, Any]:
        """Return what the cache keeps, which is no machine code here."""
        return self.name, "bitcode", self._get_module_for_linking().as_bitcode()


class CalleeCompiler(_FunctionCompiler):  # type: ignore[misc]
    """Compiles for callers in kernels."""

    def _compile_core(self, args: Any, return_type: Any) -> Any:
        flags = compiler.Flags()
        self.targetdescr.options.parse_as_flags(flags, self.targetoptions)
        flags = self._customize_flags(flags)
        flags.no_compile = True
        context = self.targetdescr.target_context
        result: Any = compiler.compile_extra(
            self.targetdescr.typing_context,
            context,
            self._get_implementation(args, {}),
            args=args,
            return_type=return_type,
            flags=flags,
            locals=self.locals,
            library=CalleeLibrary(context.codegen(), self.py_func.__qualname__),
            pipeline_class=self.pipeline_class,
        )
        marked = _marked(**result._asdict())
        context.insert_user_function(marked.entry_point, marked.fndesc, [marked.library])
        return marked


class CalleeCacheImpl(KeptImpl):
    """Reads and writes what ``CalleeCompiler`` made."""

    def rebuild(self, target_context: Any, payload: Any) -> Any:
        """Return a compiled callee from what ``CompileResult`` put into the cache."""
        library_data, described, environment, signature, object_mode, lifted, types, reload, environments = payload
        name, _, bitcode = library_data
        library = CalleeLibrary(target_context.codegen(), name)
        library._final_module = llvm.parse_bitcode(bitcode)
        library._finalize_final_module()
        return _marked(
            target_context=target_context,
            typing_context=target_context.typing_context,
            library=library,
            environment=environment,
            fndesc=described,
            type_annotation=types,
            signature=signature,
            objectmode=object_mode,
            lifted=lifted,
            typing_error=None,
            call_helper=None,
            metadata=None,
            reload_init=reload,
            referenced_envs=environments,
        )


def _marked(**parts: Any) -> Any:
    """Return a compiled callee with a mark where others have an address: by it the code of callers is found."""
    return CompileResult(**{**parts, "entry_point": object()})
