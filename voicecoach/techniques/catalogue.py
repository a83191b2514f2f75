"""What every id of the catalogue means, and what to tell the trainee about it."""

from __future__ import annotations

from functools import cache

from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.catalogue_mistakes import MISTAKE_ENTRIES
from voicecoach.techniques.catalogue_protocol import PROTOCOL_ENTRIES
from voicecoach.techniques.catalogue_techniques import TECHNIQUE_ENTRIES
from voicecoach.techniques.ids import IDS, MISTAKES, TECHNIQUES

__all__ = ["IDS", "MISTAKES", "TECHNIQUES", "Entry", "entries", "entry"]


@cache
def entries() -> dict[str, Entry]:
    """Every entry by id, in the order of the catalogue."""
    by_id = {each.id: each for each in (*TECHNIQUE_ENTRIES, *PROTOCOL_ENTRIES, *MISTAKE_ENTRIES)}
    return {id_: by_id[id_] for id_ in IDS}


def entry(id_: str) -> Entry:
    """The entry of an id. Raises KeyError for an id that is not in the catalogue."""
    return entries()[id_]
