"""What a caller never comes to: bands, endings, and lines that nobody will hear. Found by playing, not by guessing."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.persona.file import Persona
from voicecoach.persona.yaml_tree import Path
from voicecoach.studio.check_findings import Finder
from voicecoach.studio.check_play import (
    Player,
    Seen,
    all_policies,
    by_the_protocol,
    cold_helper,
    explorer,
    hangs_up,
    named,
    play,
    provoker,
    refuser,
    soother,
    stays_away,
)
from voicecoach.studio.policies import POLICIES
from voicecoach.techniques.catalogue import entries
from voicecoach.values import Band, Outcome

SEEDS_OF_A_POLICY = 3
SEEDS_OF_AN_EXPLORER = 12
SEEDS_OF_A_SEARCH = 15
GOES_ON = 3

BAND_SEARCHES: dict[Band, tuple[Player, ...]] = {
    Band.CALM: (soother, cold_helper),
    Band.ANNOYED: (soother, cold_helper, provoker),
    Band.ANGRY: (soother, provoker, refuser),
    Band.FURIOUS: (provoker, refuser),
}
OUTCOME_SEARCHES: dict[Outcome, tuple[Player, ...]] = {
    Outcome.RESOLVED: (soother, named(POLICIES["expert"])),
    Outcome.LUKEWARM: (cold_helper, named(POLICIES["average"]), named(POLICIES["solves_first"])),
    Outcome.CALLER_HANGS_UP: (provoker, named(POLICIES["silent"])),
    Outcome.SUPERVISOR: (refuser, named(POLICIES["novice"])),
    Outcome.ENDED_BY_PROTOCOL: (by_the_protocol, named(POLICIES["expert"])),
    Outcome.HUNG_UP_ON_CALLER: (hangs_up,),
    Outcome.ABANDONED: (stays_away,),
}
_OUTCOME_HINTS: dict[Outcome, tuple[str, str]] = {
    Outcome.RESOLVED: ("resolved_below", "raise `resolved_below` or the reliefs, or name a remedy under `wanted`"),
    Outcome.LUKEWARM: ("lukewarm_below", "raise `lukewarm_below`"),
    Outcome.CALLER_HANGS_UP: ("hang_up_at", "lower `hang_up_at`, or raise the provocations"),
    Outcome.SUPERVISOR: ("supervisor_at", "lower `supervisor_at` below `hang_up_at`"),
    Outcome.ENDED_BY_PROTOCOL: ("abuse_level", "write more `abuse` lines for this level"),
}


def text_ids() -> tuple[str, ...]:
    """The ids that the words of a turn can show."""
    return tuple(name for name, entry in entries().items() if {"text", "facts"} & set(entry.evidence))


def explore(persona: Persona) -> Seen:
    """A portfolio of calls, and a search for every band and ending that none of them came to."""
    seen = Seen()
    for player in all_policies():
        for seed in range(SEEDS_OF_A_POLICY):
            seen.add(play(persona, player, seed))
    wanderer = explorer(text_ids())
    for seed in range(SEEDS_OF_AN_EXPLORER):
        seen.add(play(persona, wanderer, seed))
    for band, players in BAND_SEARCHES.items():
        _search(persona, seen, players, lambda band=band: band in seen.bands)
    for outcome in possible_outcomes(persona):
        _search(persona, seen, OUTCOME_SEARCHES[outcome], lambda outcome=outcome: outcome in seen.outcomes)
    return seen


def possible_outcomes(persona: Persona) -> list[Outcome]:
    """Every ending, but that by the protocol only where something can call for it: abuse that goes on, or a threat."""
    temper = persona.temper
    threatens = any(persona.repertoire.has("threat", band) for band in Band)
    abusive = temper.abuse_level >= GOES_ON or (temper.abuse_level > 0 and threatens)
    return [outcome for outcome in Outcome if abusive or outcome is not Outcome.ENDED_BY_PROTOCOL]


def _search(persona: Persona, seen: Seen, players: Iterable[Player], found: object) -> None:
    for seed in range(SEEDS_OF_A_SEARCH):
        for player in players:
            if callable(found) and found():
                return
            seen.add(play(persona, player, seed))


def check_reach(persona: Persona, finder: Finder, seen: Seen) -> None:
    """Bands and endings that were never come to, and the lines that wait for them."""
    span = f"in {seen.calls} calls the anger went from {seen.lowest:.1f} to {seen.highest:.1f}"
    for band in Band:
        if band not in seen.bands:
            what = f"the band `{band.value}` was never reached ({span})"
            finder.warn(
                "band", _band_path(persona, band), what, "change `start`, the scales or the limits of the temper"
            )
    for outcome in possible_outcomes(persona):
        if outcome not in seen.outcomes:
            field, fix = _OUTCOME_HINTS.get(outcome, ("", ""))
            what = f"no call ended as `{outcome.value}` ({seen.calls} calls, {SEEDS_OF_A_SEARCH} of them looked for it)"
            finder.warn("outcome", ("temper", field), what, fix)
    _unreached_lines(persona, finder, seen)


def _band_path(persona: Persona, band: Band) -> Path:
    return ("temper", "base") if band is Band.CALM else ("temper", "start")


def _unreached_lines(persona: Persona, finder: Finder, seen: Seen) -> None:
    """Lines of the file's own that are for a band, or for abuse, that never comes."""
    lines = persona.lines
    missed = {band.value for band in Band if band not in seen.bands}
    if {"calm", "annoyed"} <= missed:
        missed.add("cool")
    if {"angry", "furious"} <= missed:
        missed.add("hot")
    for move in type(lines).model_fields:
        value = getattr(lines, move)
        banded = value.items() if move == "react" else [("", value)]
        for cause, by_band in banded if move != "abuse" else ():
            for band in by_band:
                if band in missed:
                    path = ("lines", move, *((cause,) if cause else ()), band)
                    finder.warn(
                        "line", path, f"these lines are never said: no call was ever `{band}`", "mend the temper"
                    )
