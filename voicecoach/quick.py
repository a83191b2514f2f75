"""Frozen values that are made quickly: a simulated call makes four hundred, and a fifth of its time went there."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

T = TypeVar("T")


def quick(cls: type[T]) -> type[T]:
    """A frozen dataclass with slots whose ``__init__`` fills the slots directly: the same signature, half the time.

    The one that ``dataclass`` writes looks ``object.__setattr__`` up by name for every field. Stands above
    ``@dataclass(frozen=True, slots=True)``; classes with a ``__post_init__`` or fields without ``init`` keep theirs.
    """
    fields = dataclasses.fields(cls)  # type: ignore[arg-type]  # every caller is a dataclass, which type[T] cannot say
    if hasattr(cls, "__post_init__") or not all(field.init and not field.kw_only for field in fields):
        return cls
    names: dict[str, Any] = {f"set_{field.name}": getattr(cls, field.name).__set__ for field in fields}
    parameters, body = ["self"], []
    for field in fields:
        value = field.name
        if field.default is not dataclasses.MISSING:
            names[f"default_{field.name}"] = field.default
            parameters.append(f"{field.name}=default_{field.name}")
        elif field.default_factory is not dataclasses.MISSING:
            names |= {f"factory_{field.name}": field.default_factory, "missing": dataclasses.MISSING}
            parameters.append(f"{field.name}=missing")
            value = f"factory_{field.name}() if {field.name} is missing else {field.name}"
        else:
            parameters.append(field.name)
        body.append(f"    set_{field.name}(self, {value})")
    source = f"def __init__({', '.join(parameters)}):\n" + "\n".join(body)
    exec(source, names)  # as dataclasses does; nothing but the names of our own fields goes in
    made = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = dict(cls.__init__.__annotations__)
    cls.__init__ = made  # type: ignore[method-assign]
    return cls
