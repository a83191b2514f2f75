"""Line templates: ``{slot}`` and ``[one|another]`` become every wording the caller may use.

A bracket without a bar is left as it is. Alternatives do not nest; one may be empty (``[well, |]``).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping

VARIANT_LIMIT = 64
"""A template with more wordings than this keeps the first ones; nobody hears the difference."""

_ALTERNATIVES = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]*)\}")


def slots_of(template: str) -> tuple[str, ...]:
    """The names in braces, in order."""
    return tuple(_SLOT.findall(template))


def unbalanced(template: str) -> bool:
    """Whether a brace or bracket has no partner."""
    bare = _SLOT.sub("", template)
    return "{" in bare or "}" in bare or bare.count("[") != bare.count("]")


def wordings(template: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Every wording, slots filled where ``values`` has them; slots that it lacks stay for ``fill``."""
    filled = _SLOT.sub(lambda match: values.get(match[1], match[0]), template)
    parts = _ALTERNATIVES.split(filled)
    choices = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    combined = itertools.islice(itertools.product(*choices), VARIANT_LIMIT)
    return tuple(dict.fromkeys(_tidied("".join(parts)) for parts in combined))


def fill(wording: str, values: Mapping[str, str]) -> str:
    """The wording with its remaining slots filled."""
    return _tidied(_SLOT.sub(lambda match: values.get(match[1], match[0]), wording)) if "{" in wording else wording


def _tidied(text: str) -> str:
    text = " ".join(text.split())
    for mark in ",.?!":
        text = text.replace(f" {mark}", mark)
    return text[:1].upper() + text[1:]
