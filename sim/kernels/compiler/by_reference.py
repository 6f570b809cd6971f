"""How kernels hand on the world and the scratch space: by reference, one machine word instead of some 170.

numba passes a named tuple field by field, and every array as seven words or more. Calls into the small kernels of the
inner loops then cost more than what they do, and the compiler spends most of its time on arguments. Here the entry from
Python lays the arrays out once in memory that nothing writes to afterwards, and kernels pass its address. To kernels it
still reads as a named tuple, and in pure-Python mode it is one.
"""

import hashlib
from functools import cache
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.extending import NativeValue, register_model, typeof_impl, unbox
from numba.core.imputils import impl_ret_borrowed, lower_builtin, lower_getattr_generic
from numba.core.typing import signature
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_getattr, infer_global
from numba.np.arrayobj import make_array

from sim.kernels.state.layout import Scratch, World, with_known_layers

N_SIDE = 2


class Reference(types.Type):
    """The type of a named tuple that is handed on by its address.

    Worlds lie in memory three times, one after another: as they are, and as each side knows them.
    """

    def __init__(self, fields: types.NamedTuple) -> None:
        self.fields = fields
        shape = hashlib.sha256(str(fields).encode()).hexdigest()[:12]
        super().__init__(name=f"{fields.instance_class.__name__}[{shape}]")

    @property
    def dtype(self) -> types.Type:
        """Return what lies at the address."""
        return self.fields


register_model(Reference)(models.PointerModel)


@cache
def _reference(fields: types.NamedTuple) -> Reference:
    return Reference(fields)


@typeof_impl.register(World)
@typeof_impl.register(Scratch)
def _typeof_reference(value: Any, context: Any) -> Reference:
    return _reference(types.NamedTuple([typeof_impl(field, context) for field in value], type(value)))


@infer_getattr
class ReferenceAttributes(AttributeTemplate):
    """The fields of what a reference leads to."""

    key = Reference

    def generic_resolve(self, kind: Reference, name: str) -> Any:  # type: ignore[override]  # no method in numba's stub
        """Return the type of a field."""
        return kind.fields[kind.fields.fields.index(name)] if name in kind.fields.fields else None


@lower_getattr_generic(Reference)
def _load_field(context: Any, builder: Any, kind: Reference, address: Any, name: str) -> Any:
    place = kind.fields.fields.index(name)
    value = _load_unchanging(builder, cgutils.gep_inbounds(builder, address, 0, place))
    return impl_ret_borrowed(context, builder, kind.fields[place], value)


def _load_unchanging(builder: Any, address: Any) -> Any:
    """Return a value word by word, each marked as one that nothing changes: it may be loaded whenever it suits."""
    kind = address.type.pointee
    if isinstance(kind, ir.BaseStructType | ir.ArrayType):
        value = ir.Constant(kind, ir.Undefined)
        for i in range(len(kind)):
            part = _load_unchanging(builder, cgutils.gep_inbounds(builder, address, 0, i))
            value = builder.insert_value(value, part, i)
        return value
    load = builder.load(address)
    load.set_metadata("invariant.load", builder.module.add_metadata([]))
    return load


@unbox(Reference)
def _unbox_reference(kind: Reference, value: Any, c: Any) -> NativeValue:
    """Lay out the arrays of a named tuple, and for a world those that both sides know, in the frame of the entry."""
    fields = c.unbox(kind.fields, value)
    shapes = [fields.value]
    if kind.fields.instance_class is World:
        shapes += [_with_known_layers(c.context, c.builder, kind.fields, fields.value, side) for side in range(N_SIDE)]
    place = cgutils.alloca_once(c.builder, fields.value.type, size=len(shapes))
    for i, shape in enumerate(shapes):
        c.builder.store(shape, cgutils.gep_inbounds(c.builder, place, i))

    def cleanup() -> None:
        if fields.cleanup is not None:
            fields.cleanup()
        if c.context.enable_nrt:
            c.context.nrt.decref(c.builder, kind.fields, fields.value)

    return NativeValue(place, is_error=fields.is_error, cleanup=cleanup)


def _with_known_layers(context: Any, builder: Any, kind: types.NamedTuple, world: Any, side: int) -> Any:
    """Return a world whose layers are those that a side knows, as ``with_known_layers``."""
    at_layers, at_known = kind.fields.index("layers"), kind.fields.index("known")
    known = make_array(kind[at_known])(context, builder, builder.extract_value(world, at_known))
    layers = make_array(kind[at_layers])(context, builder, builder.extract_value(world, at_layers))
    row_bytes, hex_bytes = cgutils.unpack_tuple(builder, known.strides, 2)
    n_hex = cgutils.unpack_tuple(builder, known.shape, 2)[1]
    layers.meminfo = known.meminfo
    layers.parent = known.parent
    layers.data = cgutils.pointer_add(builder, known.data, builder.mul(row_bytes, row_bytes.type(side)))
    layers.nitems = n_hex
    layers.shape = cgutils.pack_array(builder, [n_hex])
    layers.strides = cgutils.pack_array(builder, [hex_bytes])
    return builder.insert_value(world, layers._getvalue(), at_layers)


@infer_global(with_known_layers)
class WithKnownLayers(AbstractTemplate):
    """``with_known_layers`` in kernels: the address of what one of the two sides knows."""

    def generic(self, args: Any, kws: Any) -> Any:
        """Return the signature for a world and a side."""
        return signature(args[0], args[0], types.int64)


@lower_builtin(with_known_layers, Reference, types.Integer)
def _lower_with_known_layers(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    world, side = args
    return builder.gep(world, [builder.add(side, side.type(1))], inbounds=True)
