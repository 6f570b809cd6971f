"""The lowest set bit of a word, which processors find in one step, and the sets of small numbers that lean on it."""

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.core.imputils import lower_builtin
from numba.core.typing import signature
from numba.core.typing.templates import AbstractTemplate, infer_global


def lowest_bit(word: int) -> int:
    """Return the number of the lowest set bit of a uint64 that is not 0."""
    whole = int(word)
    return (whole & -whole).bit_length() - 1


@infer_global(lowest_bit)
class LowestBit(AbstractTemplate):
    """``lowest_bit`` in kernels."""

    def generic(self, args: Any, kws: Any) -> Any:
        """Return the signature for a word."""
        return signature(types.int64, types.uint64)


@lower_builtin(lowest_bit, types.uint64)
def _lower_lowest_bit(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))  # 1: undefined for 0, so that nothing asks for it
