"""The report of a call in a real browser: heard where it is clicked, reached by everybody, and reaching nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.needs import need
from tests.review.conftest import play_script
from voicecoach.persona.loading import loads
from voicecoach.review.report import render_report
from voicecoach.review.reviewed import read_reviewed

pytestmark = pytest.mark.timeout(400)
"""The first of these tests takes three calls by voice, and a machine may be busy."""

AXE = Path(__file__).parents[1] / "vendored" / "axe.min.js"
PROGRAM = str(Path(sys.executable).with_name("voicecoach"))
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --autoplay-policy=no-user-gesture-required"
).split()
NAME = "<script>alert(1)</script>"
ABUSIVE = """\
turns:
  - say: "I can hear how angry you are."
  - say: "I want to help you with this."
  - say: "Please stop using that language, or I will have to end this call."
  - say: "I asked you to stop using that language, so I am ending this call now."
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    need(bool(program), "no Chromium (Debian: apt install chromium)")
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of a good, a bad and an abusive call, taken by voice from the command line."""
    folder = tmp_path_factory.mktemp("reports")
    script = folder / "abusive.yaml"
    script.write_text(ABUSIVE, encoding="utf-8")
    calls = {
        "good": ["demo", "--silent"],
        "bad": ["demo", "--silent", "--badly"],
        "abusive": ["call", "abusive_caller", "--script", str(script), "--voiced"],
    }
    pages = {}
    for name, command in calls.items():
        environment = {**os.environ, "VOICECOACH_HOME": str(folder / name)}
        pages[name] = folder / f"{name}.html"
        for words in (command, ["review", "--out", str(pages[name])]):
            subprocess.run([PROGRAM, *words], check=True, capture_output=True, env=environment)
    return pages


class Opened:
    """A page that was opened from a file without a network, with everything it asked for and complained about."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.context = browser.new_context(offline=True, viewport={"width": 1000, "height": 900}, **options)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.dialogs: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("html[data-ready=yes]", state="attached")

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def heard_from(self, since: float) -> float:
        """Wait until the sound plays at or after ``since``; where it is then."""
        self.page.wait_for_function(
            "since => !voicecoachAudio.paused && voicecoachAudio.currentTime > since && "
            "voicecoachAudio.currentTime < since + 1.5",
            arg=since,
            timeout=5000,
        )
        return float(self.page.evaluate("voicecoachAudio.currentTime"))

    def violations(self) -> list[str]:
        """What axe finds in the page as it is now."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document).then(result => result.violations)")
        return [f"{each['id']}: {[node['target'] for node in each['nodes']][:3]}" for each in found]


@pytest.fixture
def opened(browser: Any) -> Iterator[Any]:
    """Opens pages, and closes them after the test."""
    pages: list[Opened] = []

    def open_page(path: Path, **options: Any) -> Opened:
        pages.append(Opened(browser, path, **options))
        return pages[-1]

    yield open_page
    for each in pages:
        each.context.close()


ALL = pytest.mark.parametrize("name", ["good", "bad", "abusive"])


@ALL
def test_a_step_of_the_curve_that_is_clicked_plays_its_second(opened: Any, reports: dict[str, Path], name: str) -> None:
    view = opened(reports[name])
    steps = view.page.evaluate("JSON.parse(document.getElementById('data').textContent).steps")
    spoken = [number for number, step in enumerate(steps) if step["start"] < step["t"]]
    assert len(spoken) >= 3
    for number in (spoken[-1], spoken[0]):
        across = view.page.evaluate(
            "t => { const data = JSON.parse(document.getElementById('data').textContent);"
            " const width = document.querySelector('.u-over').clientWidth;"
            " return width * (t - data.from) / (Math.max(data.seconds, data.to) - data.from); }",
            steps[number]["t"],
        )
        view.page.click(".u-over", position={"x": across, "y": 60})
        assert view.heard_from(steps[number]["start"]) >= steps[number]["start"]
        assert view.page.get_attribute(f"#step-{number}", "aria-current") == "true"
        assert view.page.is_visible(f"#step-{number} table"), "its ledger is open"


@ALL
def test_nobody_is_kept_out_by_light_or_dark(opened: Any, reports: dict[str, Path], name: str) -> None:
    for scheme in ("light", "dark"):
        view = opened(reports[name], color_scheme=scheme)
        view.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert view.violations() == []


@ALL
def test_the_page_reaches_nothing_and_complains_of_nothing(opened: Any, reports: dict[str, Path], name: str) -> None:
    view = opened(reports[name])
    view.page.click("#toggle")
    view.heard_from(0.0)
    assert {url.split(":")[0] for url in view.asked} == {"file", "blob"}
    assert view.complaints == []
    refused = view.page.evaluate("fetch('https://example.invalid/').then(() => 'reached', () => 'refused')")
    assert refused == "refused"
    assert any("Content Security Policy" in each for each in view.complaints), "it is the page that forbids it"


def test_a_word_that_is_clicked_is_heard(opened: Any, reports: dict[str, Path]) -> None:
    view = opened(reports["good"])
    word = view.page.locator(".you .w").nth(6)
    word.click()
    view.heard_from(float(word.get_attribute("data-at")))


def test_everything_is_reached_by_keyboard(opened: Any, reports: dict[str, Path]) -> None:
    view = opened(reports["good"])
    view.page.keyboard.press("Tab")
    assert view.page.evaluate("document.activeElement.textContent") == "Skip to what to try next time"
    button = view.page.locator("#step-1 .play")
    button.focus()
    view.page.keyboard.press("Enter")
    view.heard_from(float(button.get_attribute("data-at")))
    view.page.focus("#toggle")
    view.page.keyboard.press("Space")
    assert view.page.evaluate("voicecoachAudio.paused")
    view.page.focus("#seek")
    before = view.page.evaluate("voicecoachAudio.currentTime")
    view.page.keyboard.press("ArrowRight")
    view.page.wait_for_function("before => voicecoachAudio.currentTime > before", arg=before)


def test_dark_and_light_can_be_switched(opened: Any, reports: dict[str, Path]) -> None:
    view = opened(reports["good"], color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = view.page.evaluate(paper)
    view.page.click("#theme")
    assert view.page.evaluate(paper) != light
    assert view.violations() == []
    view.page.click("#theme")
    assert view.page.evaluate(paper) == light


def test_it_prints_with_everything_open_and_nothing_to_press(opened: Any, reports: dict[str, Path]) -> None:
    view = opened(reports["bad"], color_scheme="dark")
    view.page.emulate_media(media="print")
    view.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert view.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not view.page.is_visible("#toggle")
    assert not view.page.is_visible("#theme")
    assert view.page.locator("details:not([open])").count() == 0
    assert view.page.pdf()[:5] == b"%PDF-"


def test_what_to_try_comes_first_and_the_number_last(opened: Any, reports: dict[str, Path]) -> None:
    view = opened(reports["bad"])
    text = view.page.inner_text("body")
    assert (
        text.index("Next time, try this")
        < text.index("The call")
        < text.index("Score card")
        < text.index("of 100 points")
    )
    assert view.page.locator(".cards > li").count() == 3
    for card in view.page.locator(".cards > li").all():
        assert card.locator(".said q").inner_text()
        assert card.locator(".say li").count() == 2


def test_words_that_were_not_heard_for_sure_are_marked(opened: Any, tmp_path: Path) -> None:
    journal = play_script('- say: "I can hear how upsetting that is."\n', "double_charge")
    steps = tuple((_unsure(event), outputs) for event, outputs in journal.steps)
    path = tmp_path / "report.html"
    path.write_text(render_report(read_reviewed(type(journal)(journal.header, steps))), encoding="utf-8")
    view = opened(path)
    assert re.sub(r"\s+", " ", view.page.inner_text(".w.unsure")).startswith("upsetting")
    assert view.violations() == []


def _unsure(event: Any) -> Any:
    from dataclasses import replace

    from voicecoach.events import TurnHeard

    if not isinstance(event, TurnHeard):
        return event
    words = tuple(replace(w, confidence=0.3) if w.text == "upsetting" else w for w in event.heard.words)
    return replace(event, heard=replace(event.heard, words=words))


def test_a_call_without_sound_has_a_report_too(opened: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    journal = play_script('- say: "Calm down."\n- say: "Leave it with me."\n', "double_charge", stt="typed")
    path.write_text(render_report(read_reviewed(journal)), encoding="utf-8")
    view = opened(path)
    view.page.click(".u-over", position={"x": 5, "y": 60})
    assert view.page.is_visible("#step-0 table")
    assert view.page.locator(".play, .player, #wave").count() == 0
    assert view.violations() == []
    assert view.complaints == []


def test_a_call_in_which_nobody_said_anything_has_one(opened: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_report(read_reviewed(play_script("- hang_up: true\n", "double_charge"))), encoding="utf-8")
    view = opened(path)
    assert "You said nothing" in view.page.inner_text("#next")
    assert view.complaints == []


def test_a_caller_called_script_is_shown_and_not_run(opened: Any, tmp_path: Path) -> None:
    hostile = '"><img src=x onerror=alert(2)></script><script>alert(3)</script>'
    caller = loads(
        f"format: 1\nid: evil\nextends: double_charge\nname: '{NAME}'\ntitle: '{hostile}'\n"
        f"lines:\n  opening: ['{hostile}']\n"
    )
    path = tmp_path / "report.html"
    journal = play_script(f"- say: '{hostile} calm down {NAME}'\n", caller)
    path.write_text(render_report(read_reviewed(journal)), encoding="utf-8")
    view = opened(path)
    assert view.page.inner_text("h1") == NAME
    assert hostile in view.page.inner_text("header")
    assert hostile.split()[0] in view.page.inner_text("#words")
    assert view.page.locator("img").count() == 0
    assert view.dialogs == []
    assert view.complaints == []


def test_the_same_call_gives_the_same_page_to_the_byte() -> None:
    pages = {render_report(read_reviewed(play_script('- say: "Calm down."\n', "double_charge"))) for _ in range(2)}
    assert len(pages) == 1


@pytest.fixture(scope="module")
def second_try(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a call that was taken over from an earlier one, and contested."""
    folder = tmp_path_factory.mktemp("again")
    scripts = {"first": ("So you were charged twice?", "Calm down."), "second": ("That must be awful for you.",)}
    for name, turns in scripts.items():
        lines = "".join(f'  - say: "{turn}"\n' for turn in turns)
        (folder / f"{name}.yaml").write_text(f"turns:\n{lines}", encoding="utf-8")
    page = folder / "page.html"
    environment = {**os.environ, "VOICECOACH_HOME": str(folder / "home")}
    for words in (
        ["call", "double_charge", "--seed", "1", "--script", str(folder / "first.yaml")],
        ["call", "--from", "last@2", "--script", str(folder / "second.yaml")],
        ["contest", "last", "2", "relate", "--add", "--reason", NAME, "--by", NAME],
        ["review", "--out", str(page)],
    ):
        subprocess.run([PROGRAM, *words], check=True, capture_output=True, env=environment)
    return page


def test_a_second_try_stands_beside_the_first_and_every_contest_is_told(opened: Any, second_try: Path) -> None:
    view = opened(second_try)
    rows = {
        row.query_selector("th").inner_text(): [cell.inner_text() for cell in row.query_selector_all("td")]
        for row in view.page.query_selector_all("#tried tbody tr")
    }
    assert rows["Mistakes"] == ["1", "0", "better"]
    assert "Avoided this time: Telling them to calm down" in view.page.inner_text("#tried")
    assert f"React like a person put in {NAME}" in " ".join(view.page.inner_text("#contested").split())
    assert len(view.page.evaluate("JSON.parse(document.getElementById('data').textContent).earlier")) == 2
    assert view.dialogs == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_second_try_is_reached_by_everybody(opened: Any, second_try: Path, scheme: str) -> None:
    assert opened(second_try, color_scheme=scheme).violations() == []
