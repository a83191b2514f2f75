"""The lines as they stand: said by nobody, said twice, or not to be said in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicecoach.persona.checks import NEEDED_MOVES
from voicecoach.persona.file import Persona
from voicecoach.persona.repertoire import chains_of
from voicecoach.persona.yaml_tree import Path
from voicecoach.studio.check_coverage import never_said
from voicecoach.studio.check_findings import Finder
from voicecoach.studio.check_play import Seen
from voicecoach.values import Band

LONGEST_LINE_WORDS = 30
"""More is not said in one breath."""

FEWEST_WORDINGS = 250
"""Below this a second call with the same caller sounds like the first."""

GOES_ON = 3
_UNSPEAKABLE = re.compile(r"[0-9%$£€&@*_/\\<>+=^~]")
_BLEEPED = re.compile(r"\S*(?:\*\*|#\$)\S*|\[bleep\]")


def check_lines(persona: Persona, finder: Finder) -> None:
    """Everything that can be seen without a call."""
    _repeated(persona, finder)
    for path, text in _own_texts(persona):
        spoken = _BLEEPED.sub("", re.sub(r"\{[^{}]*\}", "", text))
        if found := _UNSPEAKABLE.search(spoken):
            finder.warn("line", path, f"`{found[0]}` is not spoken well: {_short(text)}", "write it in words")
        words = len(text.split())
        if words > LONGEST_LINE_WORDS:
            finder.warn("line", path, f"{words} words in one breath: {_short(text)}", "make it two bursts, or shorter")
    wordings = len(persona.repertoire.texts())
    if wordings < FEWEST_WORDINGS:
        what = f"only {wordings} different lines: calls will sound alike"
        finder.warn("line", ("lines",), what, f"extend a shared file, or write {FEWEST_WORDINGS - wordings} more")
    _abuse(persona, finder)


def check_coverage(persona: Persona, finder: Finder, seen: Seen, ids: tuple[str, ...]) -> None:
    """Own lines of which none was ever said, whatever was done to the caller in whatever state of the call."""
    for move in never_said(persona, [band for band in Band if band in seen.bands], ids, seen.said):
        kind, _, name = move.partition(".")
        if kind == "abuse":
            continue  # told by its level
        path: Path = {
            "react": ("lines", "react", name),
            "fact": ("facts", name),
            "unreasonable": ("wants", "unreasonable"),
        }.get(kind) or (_remedy_path(persona, name) if kind == "remedy" else ("lines", kind))
        if move in NEEDED_MOVES:
            what = f"the `{move}` lines are said only when a coach asks for that move"
            finder.note("line", path, what, "keep them for that, or take them out")
        elif kind == "fact":
            what = f"the caller never tells `{name}`: no phrase of `asked_by` brings it out"
            finder.warn("line", path, what, "give it phrases of its own under `asked_by`")
        elif kind == "remedy":
            finder.warn("line", path, f"what `{name}` says is never said", "give it words of its own, or take it out")
        else:
            what = f"the `{move}` lines are never said, whatever is done to the caller"
            finder.warn("line", path, what, "take them out, or put them under a move that comes up")


def _abuse(persona: Persona, finder: Finder) -> None:
    level = persona.temper.abuse_level
    for key in persona.lines.abuse:
        said = int(key) == level if key != "warned" else level >= GOES_ON
        if not said:
            what = f"the `abuse` lines of `{key}` are never said: `abuse_level` is {level}"
            fix = f"put them under `{level}`, or set the level" if level else "set `abuse_level`, or take them out"
            finder.warn("line", ("lines", "abuse", key), what, fix)
    if persona.lines.threat and not level:
        what = "the `threat` lines are never said: `abuse_level` is 0"
        finder.warn("line", ("lines", "threat"), what, "set `abuse_level`, or take them out")


def _repeated(persona: Persona, finder: Finder) -> None:
    first: dict[str, Path] = {}
    for path, text in _own_texts(persona):
        key = " ".join(text.lower().split())
        before = first.setdefault(key, path)
        if before != path and before[:2] != path[:2]:
            what = f"this line stands under `{_named(before)}` too, and would be said twice: {_short(text)}"
            finder.warn("line", path, what, "say it otherwise here")
        elif before != path:
            finder.warn("line", path, f"this line stands here twice: {_short(text)}", "take one of them out")


def _own_texts(persona: Persona) -> Iterator[tuple[Path, str]]:
    for move, band, chains in chains_of(persona.lines):
        for index, chain in enumerate(chains):
            for burst, text in enumerate(chain):
                yield ("lines", *move.split("."), band, index, *((burst,) if len(chain) > 1 else ())), text
    for name, fact in persona.facts.items():
        yield from ((("facts", name, "said", index), text) for index, text in enumerate(fact.said))
    for kind in ("wanted", "accepted", "refused"):
        for place, remedy in enumerate(getattr(persona.wants, kind)):
            yield from ((("wants", kind, place, "says", index), text) for index, text in enumerate(remedy.says))


def _remedy_path(persona: Persona, name: str) -> Path:
    for kind in ("wanted", "accepted", "refused"):
        for place, remedy in enumerate(getattr(persona.wants, kind)):
            if remedy.name == name:
                return ("wants", kind, place)
    return ("wants",)


def _named(path: Path) -> str:
    return ".".join(str(part) for part in path[:2])


def _short(text: str) -> str:
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'
