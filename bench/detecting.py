"""How well the detector hears techniques and mistakes in lines that it has never seen, as text and by voice."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console

from bench import detect_speed
from bench.detect_lines import AGENT_IDS, LabelledLines, Line, NearMiss, labelled_lines
from bench.detect_scores import (
    Ids,
    Report,
    Tally,
    calibration_error,
    confusions,
    counted,
    false_alarm_share,
    reliability,
    right_pairs,
    tally,
    tally_by_id,
)
from bench.detect_speech import VOICES, HeardLine, heard_lines
from bench.detect_tables import show_confusions, show_ids, show_reliability
from bench.report import Figures, keep
from voicecoach.techniques.detector import TextDetector
from voicecoach.values import Detection

WORST_CONFUSIONS = 30


def measure() -> Figures:
    """micro_f1, macro_f1, worst_f1, false_alarm_share, near_miss_share, spoken_loss, us_per_utterance and a few more.

    Shares are not per cent. Precision and recall of each id go to ``detect_per_id.json``; the tables are shown.
    """
    data = labelled_lines()
    if data.prefix:
        sys.stderr.write(f"bench: ../shared/lines is not here; measured on {data.title}\n")
    detector = TextDetector()
    figures = _on_text(detector, data)
    figures |= _by_voice(detector, data.lines, figures["micro_f1"])
    return {data.prefix + key: value for key, value in figures.items()} | detect_speed.measure()


def _on_text(detector: TextDetector, data: LabelledLines) -> Figures:
    labels = [line.labels for line in data.lines]
    reports = [_report(detector.detect(line.text, line.context)) for line in data.lines]
    said = [counted(report) for report in reports]
    by_id = tally_by_id(said, labels)
    bins = reliability(reports, labels)
    _tell(data.title, by_id)
    console = Console()
    show_reliability(console, bins)
    show_confusions(console, confusions(said, labels, WORST_CONFUSIONS))
    each = [one.f1 for one in by_id.values() if one.labelled]
    figures: Figures = {
        "micro_f1": tally(said, labels).f1,
        "macro_f1": sum(each) / len(each),
        "worst_f1": min(each),
        "false_alarm_share": false_alarm_share(said, labels),
        "calibration_error": calibration_error(bins),
        "micro_f1_with_unsure": tally([frozenset(report) for report in reports], labels).f1,
    }
    if data.near_misses:
        figures["near_miss_share"] = _near_miss_share(detector, data.near_misses)
    for name, lines in data.agents:
        heard = [counted(_report(detector.detect(line.text, line.context))) & AGENT_IDS for line in lines]
        figures[f"real_{name}_micro_f1"] = tally(heard, [line.labels & AGENT_IDS for line in lines]).f1
    return figures


def _by_voice(detector: TextDetector, lines: Sequence[Line], on_text: float) -> Figures:
    """What is lost on the way through voice and recogniser; the caller's words stay text."""
    labels: list[Ids] = []
    said: list[Ids] = []
    for voice in VOICES:
        for line, heard in zip(lines, heard_lines(lines, voice), strict=True):
            labels.append(line.labels)
            said.append(_said_by_voice(detector, line, heard))
    spoken = tally(said, labels).f1
    return {"spoken_loss": on_text - spoken, "spoken_micro_f1": spoken}


def _said_by_voice(detector: TextDetector, line: Line, heard: HeardLine) -> Ids:
    return counted(_report(detector.detect(heard.text, line.context, heard.confidences)))


def _near_miss_share(detector: TextDetector, near_misses: Sequence[NearMiss]) -> float:
    right = pairs = 0
    for near in near_misses:
        said = counted(_report(detector.detect(near.line.text, near.line.context)))
        judged = right_pairs(said, near.unmeant, near.unusual)
        right, pairs = right + judged[0], pairs + judged[1]
    return right / pairs


def _report(found: Sequence[Detection]) -> Report:
    return {each.id: each.confidence for each in found}


def _tell(title: str, by_id: dict[str, Tally]) -> None:
    console = Console()
    console.print(f"Measured on {title}.", highlight=False)
    show_ids(console, by_id)
    keep(
        "detect_per_id",
        {
            id_: {"precision": each.precision, "recall": each.recall, "f1": each.f1, "lines": each.labelled}
            for id_, each in by_id.items()
        },
    )
