"""Whether what a trainee says is understood as the author means it: every phrase of the file is said and judged."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.persona.facts import asked, restated
from voicecoach.persona.file import Persona
from voicecoach.persona.remedy import judge_remedy
from voicecoach.persona.wording import tokens
from voicecoach.persona.yaml_tree import Path
from voicecoach.studio.check_findings import Finder
from voicecoach.values import Detection


def check_matter(persona: Persona, finder: Finder) -> None:
    """Facts that their own phrases do not ask for, right words judged wrong, offers taken for another."""
    _facts(persona, finder)
    for path, kind, name, phrase in _remedy_words(persona):
        _remedy(persona, finder, path, kind, name, phrase)
    if not persona.briefing.may_offer:
        what = "the briefing does not say what the trainee may offer"
        finder.warn("briefing", ("briefing",), what, "add `may_offer:` with what settles the call")


def _facts(persona: Persona, finder: Finder) -> None:
    first: dict[frozenset[str], str] = {}
    for name, fact in persona.facts.items():
        for index, phrase in enumerate(fact.asked_by):
            path = ("facts", name, "asked_by", index)
            found = [each.name for each in asked(persona, tokens(f"{phrase} please"))]
            if name not in found:
                what = f"asking `{phrase}` is not taken as asking for `{name}`"
                other = f", but for `{found[0]}`" if found else ""
                finder.warn("phrase", path, f"{what}{other}", "use words of its own, that are not in other facts")
            twin = first.setdefault(frozenset(tokens(phrase)), name)
            if twin != name:
                what = f"asking `{phrase}` asks for `{twin}` as well as for `{name}`: both are told"
                finder.warn("phrase", path, what, "leave it with one of them")
        for index, phrase in enumerate(fact.heard_as):
            said = restated(persona, phrase)
            if said.kind == "wrong":
                what = f"`{phrase}` should be right, and is judged wrong for `{said.fact}`"
                fix = f"take it out of `wrong` of `{said.fact}`, or say it otherwise"
                finder.warn("phrase", ("facts", name, "heard_as", index), what, fix)
        for index, phrase in enumerate(fact.wrong):
            if restated(persona, phrase).kind != "wrong":
                what = f"`{phrase}` should be wrong, and is not noticed"
                finder.warn("phrase", ("facts", name, "wrong", index), what, "use the words that differ")


def _remedy_words(persona: Persona) -> Iterator[tuple[Path, str, str, str]]:
    for kind in ("wanted", "accepted", "refused"):
        for place, remedy in enumerate(getattr(persona.wants, kind)):
            for index, phrase in enumerate(remedy.words):
                yield ("wants", kind, place, "words", index), kind, remedy.name, phrase


def _remedy(persona: Persona, finder: Finder, path: Path, kind: str, name: str, phrase: str) -> None:
    words = phrase.split()
    offered = Detection("offer", phrase, (0, len(words)), 1.0)
    judged = judge_remedy(persona, phrase, (offered,))
    if judged.name == name:
        return
    if judged.name:
        what = f"offering `{phrase}` is taken for the {judged.kind} `{judged.name}`, not for `{name}`"
        fix = f"give `{name}` words of its own, or take these out of `{judged.name}`"
    else:
        what, fix = f"offering `{phrase}` is not noticed as `{name}`", "use words that mean something by themselves"
    finder.warn("phrase", path, what, fix)
