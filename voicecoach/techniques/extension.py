"""A coach's own file of techniques: more phrases for an id of the catalogue, and ids of their own.

::

    format: 1
    techniques:
      empathize:                        # an id of the catalogue: more phrases for it
        phrases: [that would drive me up the wall]
      direct_line:                      # an id of one's own
        kind: technique                 # or mistake
        title: Give your direct line
        step: action                    # hear, empathize, apologize, action or protocol; a mistake has none
        tip: A number that leads to you and not to a queue tells the caller that you mean it.
        say: ["My direct line is on the email.", "You reach me myself on this number."]
        weight: 0.6                     # what it calms or provokes by, 0 to 3
        heard: 0.05                     # the share by which the caller feels more (mistake: less) heard, 0 to 1
        confidence: 0.9                 # of every hit; 0.9 if not given
        phrases: [my direct line, you reach me myself]

``docs/techniques.md`` explains it. Nothing in such a file can run code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from voicecoach.errors import TechniquesError
from voicecoach.techniques.catalogue import entries
from voicecoach.techniques.catalogue_entry import Entry

SIZE_LIMIT_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Addition:
    """Phrases, as written, that say the id; every hit has this confidence (0..1)."""

    id: str
    phrases: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Weight:
    """What an own id does to a caller: ``gain`` is the anger it takes (a mistake: adds), 0..3.

    ``heard`` is the share of what is missing to 1 that it adds to heard; a mistake takes that share of heard away.
    """

    gain: float
    heard: float


@dataclass(frozen=True, slots=True)
class Extension:
    """A checked file. ``text`` is all of it, as it stood there; ``entries`` and ``weights`` are of the own ids."""

    text: str = ""
    additions: tuple[Addition, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)
    weights: Mapping[str, Weight] = field(default_factory=dict)

    def catalogue(self) -> dict[str, Entry]:
        """Every entry by id: the catalogue's in its order, then the own ones."""
        return {**entries(), **self.entries}


NO_EXTENSION = Extension()


def load_extension(path: Path) -> Extension:
    """The file at this path. Raises ``TechniquesError`` naming file and line."""
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT_BYTES + 1)
        return parse_extension(raw.decode("utf-8"), str(path))
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise TechniquesError(what, where=str(path), remedy="check the path") from error
    except UnicodeDecodeError as error:
        raise TechniquesError("is not UTF-8 text", where=str(path), remedy="save it as UTF-8") from error


def parse_extension(text: str, name: str) -> Extension:
    """What this text says; ``name`` stands for the file in errors. An empty text adds nothing.

    Raises ``TechniquesError``.
    """
    if not text.strip():
        return NO_EXTENSION
    if len(text.encode()) > SIZE_LIMIT_BYTES:
        what = f"is larger than {SIZE_LIMIT_BYTES // 1024} KiB"
        raise TechniquesError(what, where=name, remedy="keep what your trainees really say")
    from voicecoach.techniques.extension_form import read_form  # pydantic and YAML only where there is a file

    form = read_form(text, name)
    own = {id_: given.entry(id_) for id_, given in form.items() if given.is_own}
    return Extension(
        text=text,
        additions=tuple(Addition(id_, given.phrases, given.confidence) for id_, given in form.items()),
        entries=own,
        weights={id_: Weight(form[id_].weight or 0.0, form[id_].heard or 0.0) for id_ in own},
    )
