"""Curves over audio time: how they are sampled, put together and drawn."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from voicecoach.call.script import parse_script
from voicecoach.errors import StorageError, UsageError
from voicecoach.events import MoodMoved, TimeReached
from voicecoach.persona.anger import AngerState, Temper, relax
from voicecoach.persona.file import Persona
from voicecoach.persona.loading import load
from voicecoach.studio.curve import as_sheet, curves, play_script, script_curve
from voicecoach.studio.ledger import Ledger
from voicecoach.studio.page import page, write_page
from voicecoach.studio.picture import write_picture
from voicecoach.studio.sampling import Sampler, envelope
from voicecoach.studio.sheet import Panel, Series, Sheet
from voicecoach.studio.terminal_chart import draw
from voicecoach.studio.workers import Cores
from voicecoach.values import Mood

SCRIPT = parse_script('turns: [{say: "Calm down, sir."}, {say: "I can hear how upsetting that is."}]', "a.yaml")


@pytest.fixture(scope="module")
def persona() -> Persona:
    return load("double_charge")


@pytest.fixture(scope="module")
def sheet(persona: Persona) -> Sheet:
    return as_sheet(persona, curves(persona, ["expert", "hostile"], 12))


def test_a_sample_shows_the_drift_between_two_turns_and_the_step_at_one() -> None:
    temper = Temper(start=8.0, base=6.0, half_life_seconds=60.0)
    sampler = Sampler(temper)
    after = Mood(5.0, 0.3, 0.0)
    sampler.watch(TimeReached(3.0), (MoodMoved(3.0, Mood(7.9, 0, 0), after, "angry", ()),))  # type: ignore[arg-type]
    samples = sampler.so_far(7.0)
    drift = [relax(AngerState.at_start(temper), temper, seconds).mood.anger for seconds in (0, 2)]
    then = [relax(AngerState(after), temper, seconds).mood.anger for seconds in (1, 3)]
    assert samples == pytest.approx([*drift, *then, 5.0])


def test_a_call_that_has_ended_keeps_its_anger_in_the_envelope() -> None:
    series = envelope("x", [[8.0, 2.0], [8.0, 6.0, 6.0, 4.0], [8.0, 7.0, 9.0]])
    assert series.at_seconds == (0.0, 2.0, 4.0, 6.0)
    assert series.middle == (8.0, 6.0, 6.0, 4.0)
    assert series.low[-1] < series.middle[-1] < series.high[-1]


def test_processes_draw_the_same_curves(persona: Persona) -> None:
    assert curves(persona, ["average"], 60, workers=Cores(2)) == curves(persona, ["average"], 60)


def test_the_expert_ends_calmer_than_a_hostile_agent(sheet: Sheet) -> None:
    expert, hostile = (panel.series[0] for panel in sheet.panels)
    assert expert.middle[-1] < 3.0
    assert hostile.middle[-1] > 8.0


def test_a_script_is_really_detected(persona: Persona) -> None:
    curve = script_curve(persona, SCRIPT, 3)
    ledger = Ledger()
    play_script(persona, SCRIPT, 0, ledger.watch)
    causes = {entry.cause for step in ledger.steps for entry in step.ledger}
    assert {"calm_down", "empathize", "time"} <= causes
    assert max(curve.series.middle) > persona.temper.start


def test_every_factor_of_every_step_is_in_the_ledger(persona: Persona) -> None:
    ledger = Ledger()
    play_script(persona, SCRIPT, 0, ledger.watch)
    for step in ledger.steps:
        assert step.before.anger + sum(entry.delta for entry in step.ledger) == pytest.approx(step.after.anger)
        for entry in step.ledger:
            product = entry.base
            for _, factor in entry.factors if entry.cause != "time" else ():
                product *= factor
            assert product == pytest.approx(entry.delta)


# --------------------------------------------------------------------------------------------------------- the terminal


def drawn(sheet: Sheet, width: int, encoding: str = "utf-8") -> list[str]:
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    draw(Console(file=out, width=width, color_system=None), sheet)
    out.seek(0)
    return out.read().splitlines()


@pytest.mark.parametrize("width", [80, 40])
def test_it_fits_the_terminal(sheet: Sheet, width: int) -> None:
    panels = drawn(sheet, width)[3:]
    assert max(map(len, panels)) <= width
    assert any("━" in line for line in panels)


def test_two_curves_are_told_apart_without_colour() -> None:
    flat = Series("one", (0.0, 10.0), (2.0, 2.0), (2.0, 2.0), (2.0, 2.0))
    high = Series("two", (0.0, 10.0), (8.0, 8.0), (8.0, 8.0), (8.0, 8.0))
    lines = drawn(Sheet("t", "s", (Panel("p", (flat, high)),)), 60)
    assert any("━" * 20 in line for line in lines)
    assert any("╍" * 20 in line for line in lines)


def test_a_terminal_that_knows_no_line_drawing_gets_plain_letters(sheet: Sheet) -> None:
    lines = drawn(sheet, 80, "ascii")
    assert "?" not in "".join(lines)
    assert any("###" in line for line in lines)


# ---------------------------------------------------------------------------------------------------------------- files

HOSTILE_NAME = "</script><script>alert(1)</script> & $5 $6"


@pytest.fixture
def odd_sheet() -> Sheet:
    series = Series(HOSTILE_NAME, (0.0, 2.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0))
    return Sheet(HOSTILE_NAME, "s", (Panel(HOSTILE_NAME, (series,), HOSTILE_NAME),))


def test_the_page_stands_alone_and_escapes_every_name(odd_sheet: Sheet) -> None:
    text = page(odd_sheet)
    assert "<script>alert" not in text
    assert len(re.findall(r"</script>", text)) == 2
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text)
    assert "default-src 'none'" in text


def test_the_page_has_every_figure_in_a_table_too(sheet: Sheet) -> None:
    text = page(sheet)
    expert = sheet.panels[0].series[0]
    assert text.count("<table>") == len(sheet.panels)
    assert f"<td>{expert.middle[-1]:.1f}</td>" in text
    data = json.loads(text.split("const SHEET = ", 1)[1].split(";\n", 1)[0])
    assert len(data["panels"]) == len(sheet.panels)


def test_pictures_are_what_their_names_say_and_the_same_every_time(odd_sheet: Sheet, tmp_path: Path) -> None:
    for name, head in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml")):
        write_picture(odd_sheet, tmp_path / name)
        first = (tmp_path / name).read_bytes()
        write_picture(odd_sheet, tmp_path / name)
        assert first.startswith(head)
        assert (tmp_path / name).read_bytes() == first


def test_what_cannot_be_written_is_told(odd_sheet: Sheet, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be"):
        write_picture(odd_sheet, tmp_path / "a.gif")
    with pytest.raises(StorageError, match="cannot be written"):
        write_picture(odd_sheet, tmp_path / "none" / "a.png")
    with pytest.raises(StorageError, match="cannot be written"):
        write_page(odd_sheet, tmp_path / "none" / "a.html")
