"""What ids are called for people: as the rubric renames them, else by the catalogue's titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.techniques.catalogue_entry import Entry


@dataclass(frozen=True, slots=True)
class Names:
    """Titles by id."""

    known: Mapping[str, Entry]
    renamed: Mapping[str, str]

    def title(self, id_: str) -> str:
        """A few words; an id that nobody knows is told as it is."""
        if id_ in self.renamed:
            return self.renamed[id_]
        return self.known[id_].title if id_ in self.known else plain(id_)


def plain(name: str) -> str:
    """An id or outcome in words."""
    return name.replace("_", " ")
