"""A history of ten thousand calls: how long `voicecoach history` takes, as a whole process, on each database.

Real calls by words are played and read; their rows and their journals (as links) are then there under ten thousand
names on some eleven hundred days, as if somebody had taken nine a day for three years.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from bench.postgres import postgres, programs
from bench.report import Figures
from voicecoach.call.folder import JOURNAL_NAME
from voicecoach.call.hearing import new_engine
from voicecoach.call.journal import Header, JournalWriter
from voicecoach.call.script import SayTurn
from voicecoach.call.textplay import TextCall
from voicecoach.history.database import open_history
from voicecoach.history.indexing import keep
from voicecoach.history.reading import CallRecord, read_record
from voicecoach.persona.loading import list_personas, load, source_text
from voicecoach.places import calls_folder, make_ready
from voicecoach.techniques.extension import NO_EXTENSION

CALLS = 10_000
PLAYED = 48
RUNS = 7
SAYINGS = (
    "i can hear how upsetting that is",
    "i am so sorry that this happened to you",
    "so you were charged twice and nobody called you back",
    "calm down please",
    "that is our policy there is nothing i can do",
    "let me look at your account right now",
    "i will refund it today and you will have it by friday",
    "is there anything else i can do for you",
    "you have every right to be angry",
    "please hold on",
)
ASKED: dict[str, tuple[str, ...]] = {
    "history_ms": (),
    "history_technique_ms": ("--technique", "empathize"),
    "history_persona_ms": ("--persona", "double_charge"),
    "history_json_ms": ("--json",),
}


def measure() -> Figures:
    """history_ms and its like, medians over whole processes, with SQLite and (``_postgres``) with PostgreSQL."""
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        records = _played(home)
        _fill(home, "", records)
        figures["history_calls"] = float(CALLS)
        figures["history_mb"] = (home / "history.sqlite").stat().st_size / 1e6
        figures |= _timed(home, "")
        found = programs()
        if found is not None:
            with postgres(found) as url:
                _fill(home, url, records)
                figures |= {f"{key}_postgres": value for key, value in _timed(home, url).items()}
    return figures


def _played(home: Path) -> list[tuple[Path, CallRecord]]:
    """Real calls, good and bad, with every caller."""
    chance = random.Random(1)
    personas = [each.id for each in list_personas()]
    made = []
    for number in range(PLAYED):
        persona = load(personas[number % len(personas)])
        folder = make_ready(calls_folder(home)).parent / "played" / str(number)
        folder.mkdir(parents=True)
        header = Header("c", persona.id, source_text(persona), number, started="2026-01-01T09:00:00+00:00", stt="typed")
        writer = JournalWriter(folder / JOURNAL_NAME, header)
        call = TextCall(new_engine(persona, number, None, NO_EXTENSION), writer.step)
        call.begin()
        while call.ended is None and chance.random() < 0.9:
            call.turn(SayTurn(chance.choice(SAYINGS)))
        if call.ended is None:
            call.stop("enough")
        writer.close()
        made.append((folder, read_record(folder)))
    return made


def _fill(home: Path, database: str, records: list[tuple[Path, CallRecord]]) -> None:
    with open_history(home, database) as history:
        for first in range(0, CALLS, 1000):
            with history.begin() as connection:
                for number in range(first, first + 1000):
                    source, record = records[number % len(records)]
                    day = (date(2023, 11, 1) + timedelta(days=number // 9)).isoformat()
                    name = f"{day}_{number % 9 + 9:02}0000_{record.call['persona']}_{number}"
                    _link(source, calls_folder(home) / name)
                    keep(connection, history.origin, _named(record, name, day))


def _link(source: Path, folder: Path) -> None:
    if not folder.exists():
        folder.mkdir()
        os.link(source / JOURNAL_NAME, folder / JOURNAL_NAME)


def _named(record: CallRecord, name: str, day: str) -> CallRecord:
    return replace(
        record,
        call={**record.call, "name": name, "day": day, "started": f"{day}T09:00:00+00:00"},
        techniques=tuple({**row, "day": day} for row in record.techniques),
        mistakes=tuple({**row, "day": day} for row in record.mistakes),
    )


def _timed(home: Path, database: str) -> Figures:
    environment = {**os.environ, "VOICECOACH_HOME": str(home), "VOICECOACH_DATABASE": database}
    figures: Figures = {}
    for key, words in ASKED.items():
        command = [str(Path(sys.executable).with_name("voicecoach")), "history", *words]
        _check(command, environment)
        figures[key] = median(_ms(command, environment) for _ in range(RUNS))
    return figures


def _check(command: list[str], environment: dict[str, str]) -> None:
    """It tells of every call that was asked for, and reads no journal again."""
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    whole = command[-1] not in ("history", "--json") or f"{CALLS}" in (
        told.stdout.split()[0] if command[-1] == "history" else str(json.loads(told.stdout)["count"])
    )
    if told.stderr or not whole:
        raise AssertionError(told.stderr or told.stdout[:200])


def _ms(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return (time.perf_counter() - start) * 1000
