"""A mutation test of the checker: each kind of mistake, put into a shipped caller, is found at its very line.

Every mutation changes the text of a file that has nothing wrong with it. What is told besides must have the same cause;
what a mistake brings about elsewhere (a fact that is gone, and the line that spoke of it) may be told too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import pytest

from voicecoach.studio.check import Report, check

CALLER = "double_charge"
SOURCE = resources.files("voicecoach.personas").joinpath(f"{CALLER}.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Mutation:
    """``before`` becomes ``after``; found at the line with the words ``at``, ``says`` what, ``fix`` how to mend it."""

    before: str
    after: str
    at: str
    says: str
    fix: str
    severity: str = "error"
    quick: bool = True


def temper(*lines: str) -> tuple[str, str]:
    """Lines of temper put into the file."""
    return "\nvoice: {", "\ntemper:\n" + "".join(f"  {line}\n" for line in lines) + "voice: {"


def played(*words: str) -> Mutation:
    """A caller that plays, and badly; only played calls show it."""
    before, after, at, says, fix = words
    return Mutation(before, after, at, says, fix, "warning", quick=False)


ZIP = """\
    asked_by: [zip code, the zip, your zip, your address, postal code, where do you live, billing address]
    heard_as: [four four one, lakewood]
"""
OPENING = "lines:\n  opening:\n"

KINDS: dict[str, Mutation] = {
    # ---- does not load
    "not YAML": Mutation("name: Dana Kowalski", "name: Dana: K", "name: Dana: K", "is not YAML", "mend this line"),
    "no format": Mutation("format: 1\n", "", "# Charged twice", "has no format", "write `format: 1`"),
    "an old format": Mutation("format: 1", "format: 0", "format: 0", "old format 0", "voicecoach persona migrate"),
    "a newer format": Mutation("format: 1", "format: 9", "format: 9", "reads formats up to 1", "newer voicecoach"),
    "an unknown field": Mutation("\nvoice: {", "\nmood: bad\nvoice: {", "mood: bad", "`mood`", "every known field"),
    "a field misspelt": Mutation(
        "  company:", "  compny:", "compny", "unknown field `compny`", "did you mean `company`"
    ),
    "a field indented wrongly": Mutation(
        "  may_not:", "may_not:", "may_not:", "unknown field `may_not`", "it belongs under `briefing`"
    ),
    "a field missing": Mutation("id: double_charge\n", "", "format: 1", "`id` is missing", "add `id:`"),
    "a key twice": Mutation(
        "name: Dana", "name: Dan\nname: Dana", "name: Dana", "stands here twice", "take one of them"
    ),
    "a number for words": Mutation("value: twice", "value: 2", "value: 2", "cannot be 2", "put numbers in quotes"),
    "a value out of range": Mutation(*temper("start: 12"), "start: 12", "cannot be 12", "must be at most 10"),
    "words for a number": Mutation(*temper("patience: little"), "patience", "'little'", "write a number"),
    "an unknown parent": Mutation(
        "_short_fuse", "_shrt_fuse", "_shrt_fuse", "no persona", "did you mean `_short_fuse`"
    ),
    "itself for a parent": Mutation("_short_fuse", CALLER, "extends:", "extends itself", "take one `extends` out"),
    "nothing inherited": Mutation("extends: _short_fuse\n", "", "\nlines:", "no lines for", "add `extends: _common`"),
    "an unknown id": Mutation(
        "    doubt:\n", "    doubts:\n", "    doubts:", "unknown id `doubts`", "did you mean `doubt`"
    ),
    "an unknown override": Mutation(
        *temper("reliefs:", "  lisen: {gain: 1}"), "lisen", "unknown id `lisen`", "did you mean `listen`"
    ),
    "an override on the wrong side": Mutation(
        *temper("reliefs:", "  hostile: {gain: 1}"), "hostile: {", "not one of the reliefs", "under `provocations`"
    ),
    "an unknown move": Mutation(
        OPENING,
        f"lines:\n  openin: [Hi.]\n{OPENING[7:]}",
        "openin:",
        "unknown field `openin`",
        "did you mean `opening`",
    ),
    "an unknown band": Mutation(
        OPENING, f"{OPENING}    livid: [Hey!]\n", "livid", "`livid` cannot be a key", "use 'any', 'calm'"
    ),
    "a slot that nothing fills": Mutation(
        "It's sixty-four ninety-nine!", "It's {amont}!", "{amont}", "nothing fills {amont}", "did you mean `amount`"
    ),
    "an answer without the fact": Mutation(
        OPENING, f"lines:\n  answer: [Hm.]\n{OPENING[7:]}", "answer: [Hm", "{said} is missing", "where the fact is told"
    ),
    "a bracket left open": Mutation(
        "[Yeah, hi.|Hi.]", "[Yeah, hi.|Hi.", "|Hi.", "bracket without its partner", "close"
    ),
    "two remedies of one name": Mutation(
        "name: fee", "name: refund", "    - name: refund\n      words: [overdraft", "two", "rename"
    ),
    "a fact under a taken name": Mutation(
        "\n  plan:\n", "\n  company:\n", "  company:\n    value", "cannot be called", "rename"
    ),
    # ---- plays, and badly
    "a remedy taken for another": Mutation(
        "words: [overdraft fee,",
        "words: [money back,",
        "words: [money back,",
        "is taken for the wanted `refund`",
        "words of its own",
        "warning",
    ),
    "a question that asks for two facts": Mutation(
        "asked_by: [date of birth,",
        "asked_by: [zip code,",
        "asked_by: [zip code, birth",
        "asks for `zip` as well as for `birth`",
        "leave it with one of them",
        "warning",
    ),
    "a right word judged wrong": Mutation(
        "wrong: [four seven four one,",
        "wrong: [four four seven one,",
        "heard_as: [four four seven one",
        "judged wrong",
        "take it out of `wrong`",
        "warning",
    ),
    "a line twice": Mutation(
        '      - "Kevin said two days.',
        '      - "I don\'t want to hear about your system."\n      - "Kevin said two days.',
        '"I don\'t want to hear about your system."\n    cool',
        "stands here twice",
        "take one of them out",
        "warning",
    ),
    "a line under two moves": Mutation(
        '      - "So where\'s my money?"',
        "      - \"It's not a glitch when it's my money.\"",
        '"It\'s not a glitch when it\'s my money."\n      - "Are you',
        "stands under `lines.complaint` too",
        "otherwise",
        "warning",
    ),
    "digits in a line": Mutation(
        "I had eleven dollars left",
        "I had $11 left",
        "I had $11",
        "`$` is not spoken well",
        "write it in words",
        "warning",
    ),
    "a line too long": Mutation(
        "Six years. Never late, not once.",
        f"Six years. {'And never late. ' * 12}",
        "And never late.",
        "words in one breath",
        "two bursts",
        "warning",
    ),
    "abuse of another level": Mutation(
        OPENING,
        f"lines:\n  abuse:\n    3: [You bleeping clown.]\n{OPENING[7:]}",
        "    3: [",
        "`abuse_level` is 1",
        "put them under `1`",
        "warning",
    ),
    "a reaction to what never happens": played(
        "    doubt:\n",
        "    hang_up:\n      hot: [Hey!]\n    doubt:\n",
        "    hang_up:\n      hot",
        "`react.hang_up`",
        "take them out",
    ),
    "a demand that is never made": played(
        "\nlines:\n",
        "  unreasonable: {name: throne, words: [golden throne], demand: [I want a throne.], until_heard: 0}\n"
        "\nlines:\n",
        "unreasonable:",
        "`unreasonable` lines are never said",
        "",
    ),
    "a fact nobody can ask for": played(ZIP, "", "  zip:", "the caller never tells `zip`", "`asked_by`"),
    "no band but one": played(
        *temper("start: 9", "base: 9", "relief_scale: 0"),
        "base: 9",
        "the band `calm` was never reached",
        "temper",
    ),
    "lines for a band that never comes": played(
        *temper("start: 9", "base: 9", "relief_scale: 0"),
        '      calm:\n        - "Oh, thank God'.replace("      calm", "    calm").replace("        -", "      -"),
        "no call was ever `calm`",
        "mend the temper",
    ),
    "an end out of reach": played(
        *temper("resolved_below: 0"), "resolved_below: 0", "no call ended as `resolved`", "raise `resolved_below`"
    ),
    "no supervisor": played(
        *temper("supervisor_at: 10"), "supervisor_at: 10", "no call ended as `supervisor`", "lower `supervisor_at`"
    ),
    "borders out of order": played(
        *temper("resolved_below: 6"), "resolved_below: 6", "above `lukewarm_below`", "write the smaller"
    ),
    "a parameter without effect": played(
        *temper("reliefs:", "  listen: {gain: 0, heard: 0, decay: 0.3}"),
        "listen: {gain",
        "`reliefs.listen.decay: 0.3` has no effect",
        "take it out",
    ),
    "an override without effect": played(
        *temper("provocations:", "  rush: {resolution_factor: 0.5}"), "rush: {", "has no effect", "take it out"
    ),
    "a technique that wins alone": played(
        *temper("reliefs:", "  state_action: {gain: 3, heard: 0.5, decay: 1}"),
        "state_action: {gain",
        "`state_action` alone wins",
        "`decay`",
    ),
    "a mistake that costs nothing": played(
        *temper("provocations:", "  doubt: {gain: 0}"),
        "    doubt: {gain: 0}",
        "`doubt` costs nothing",
        "raise its `gain`",
    ),
    "a caller who calms down by being insulted": played(
        *temper("start: 9", "base: 1", "half_life_seconds: 20"),
        "_short_fuse.yaml",
        "calmer after 5 times",
        "time calms faster",
    ),
    "a briefing that offers nothing": Mutation(
        "  may_offer:\n",
        "  x-may_offer:\n",
        "briefing:\n",
        "does not say what the trainee may offer",
        "add `may_offer:`",
        "warning",
    ),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Report]:
    def run(text: str, quick: bool) -> Report:
        folder = tmp_path_factory.mktemp("callers")
        file = folder / f"{CALLER}.yaml"
        file.write_text(text, encoding="utf-8")
        return check(file, quick=quick)

    return run


def test_there_is_nothing_wrong_before(checked: Callable[[str, bool], Report]) -> None:
    assert checked(SOURCE, False).holds(strict=True)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found_at_its_line(kind: str, checked: Callable[[str, bool], Report]) -> None:
    mutation = KINDS[kind]
    assert mutation.before in SOURCE
    text = SOURCE.replace(mutation.before, mutation.after, 1)
    report = checked(text, mutation.quick)
    found = [finding for finding in report.findings if mutation.says in finding.what]
    assert found, "\n".join(map(str, report.findings))
    finding = found[0]
    if not mutation.at.endswith(".yaml"):
        assert mutation.at in text
        line = text[: text.index(mutation.at) + len(mutation.at) - len(mutation.at.lstrip("\n"))].count("\n") + 1
        assert (Path(finding.file).name, finding.line) == (f"{CALLER}.yaml", line)
    else:
        assert Path(finding.file).name == mutation.at
    assert mutation.fix in finding.fix
    assert finding.severity.value == mutation.severity
    assert not report.holds(strict=True)
    assert report.holds(strict=False) == (mutation.severity == "warning")
