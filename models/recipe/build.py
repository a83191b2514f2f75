"""The whole recipe in order: speech, features, first labels, alignment, training, model folder."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from .alignment import align
from .corpus import choose_texts, record_corpus, utterances
from .features import CLEAN_TAKE, compute_take, load_take
from .graph import build_graph
from .kaldi_model import write_acoustic_model, write_configuration
from .labels import Alignment, bootstrap_labels, labels_of_take
from .language_text import language_sentences, load_vocabulary
from .network import TrainedNetwork
from .phones import BASE_PHONES, PDF_COUNT
from .prerequisites import require_graph_tools, require_synthesisers
from .pronunciation import pronounce
from .settings import Workspace
from .training import LabelledFrames, Schedule, train

Say = Callable[[str], None]
_DISTORTED_TAKES = (1, 2, 3)
_FIRST_TAKES = (CLEAN_TAKE, 1)
_FLITE_EPOCHS, _FIRST_EPOCHS = 4.0, 1.2
_MARKER = {
    "name": "synthetic-en",
    "understands": "synthetic voices",
    "format": 1,
    "language": "en",
    "sample_rate_hz": 16_000,
    "warning": "Trained on synthetic voices only. It understands no human speech: never offer it for a microphone.",
}


def build_model(workspace: Workspace, utterance_count: int, epochs: float, processes: int, say: Say) -> None:
    """Write the whole model folder. A stage whose file is in the build directory already is not done again."""
    require_synthesisers()
    require_graph_tools()
    started = time.monotonic()

    def begins(name: str, result: Path) -> bool:
        is_needed = not result.exists()
        say(f"[{(time.monotonic() - started) / 60:5.1f} min] {name}{'' if is_needed else ': already there'}")
        return is_needed

    vocabulary = load_vocabulary()
    if begins(f"saying {utterance_count} utterances over {len(vocabulary)} words", workspace.utterances_file):
        sentences = [words for words, _ in language_sentences(vocabulary)]
        record_corpus(workspace, choose_texts(sentences, vocabulary, utterance_count), processes)
    for take in (CLEAN_TAKE, *_DISTORTED_TAKES):
        if begins(f"features, take {take}", workspace.features_file(take)):
            compute_take(workspace, take, utterance_count, processes)
    if begins("training on flite's own phone times", workspace.network_file("flite")):
        _train_on_flite(workspace, say)
    for before, stage, takes, schedule in (
        ("flite", "first", _FIRST_TAKES, Schedule(_FIRST_EPOCHS)),
        ("first", "final", (CLEAN_TAKE, *_DISTORTED_TAKES), Schedule(epochs)),
    ):
        if begins(f"{stage} alignment", workspace.alignment_file(stage)):
            _align(workspace, before, stage, processes, say)
        if begins(f"{stage} training", workspace.network_file(stage)):
            _train_takes(workspace, stage, takes, schedule, say)
    write_model_folder(workspace)
    build_graph(workspace.model_dir, workspace.build_dir, say)


def write_model_folder(workspace: Workspace) -> None:
    """Write all but `graph/`."""
    write_acoustic_model(TrainedNetwork.load(workspace.network_file("final")), workspace.model_dir)
    write_configuration(workspace.model_dir)
    (workspace.model_dir / "voicecoach.json").write_text(json.dumps(_MARKER, indent=2) + "\n")


def _train_on_flite(workspace: Workspace, say: Say) -> None:
    """Learn flite's phones from its own segmentation."""
    clean = load_take(workspace, CLEAN_TAKE)
    data = LabelledFrames()
    data.add(clean, *bootstrap_labels(list(utterances(workspace)), clean))
    train(data, len(BASE_PHONES), Schedule(_FLITE_EPOCHS), say).save(workspace.network_file("flite"))


def _align(workspace: Workspace, before: str, stage: str, processes: int, say: Say) -> None:
    """Align every voice with the network of the stage before."""
    corpus = list(utterances(workspace))
    lexicon = pronounce(sorted({word for utterance in corpus for word in utterance.words}))
    alignment = align(workspace, workspace.network_file(before), lexicon, len(corpus), processes)
    alignment.save(workspace.alignment_file(stage))
    for engine in ("flite", "espeak"):
        of_engine = np.array([utterance.speaker.startswith(engine) for utterance in corpus]) & alignment.usable
        say(f"  {engine}: {of_engine.sum()} aligned, fit {alignment.fit[of_engine].mean():.3f}")
    say(f"  not usable: {(~alignment.usable).sum()}")


def _train_takes(workspace: Workspace, stage: str, takes: tuple[int, ...], schedule: Schedule, say: Say) -> None:
    """Train a new network on the aligned corpus as heard in `takes`. One epoch is one pass over all of them."""
    alignment, clean = Alignment.load(workspace.alignment_file(stage)), load_take(workspace, CLEAN_TAKE)
    data = LabelledFrames()
    for number in takes:
        take = clean if number == CLEAN_TAKE else load_take(workspace, number)
        data.add(take, *labels_of_take(alignment, clean, take))
    train(data, PDF_COUNT, schedule, say).save(workspace.network_file(stage))
