"""The training speech: which words are said, by whom, and the recordings on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from .flite import PhoneEnd
from .settings import Workspace
from .speakers import draw_speaker, say

_SEED = 20_240
_RANDOM_WORDS_SHARE = 0.4  # strings of random words: every word of the vocabulary in many contexts
_COMMA_SHARE = 0.35
_LONGEST_WORDS = 14


@dataclass(frozen=True)
class Utterance:
    """One recording: its words, who said them, and flite's phone ends (None for espeak)."""

    number: int
    words: list[str]
    speaker: str
    phone_ends: list[PhoneEnd] | None


def choose_texts(sentences: list[list[str]], vocabulary: list[str], count: int) -> list[list[str]]:
    """Word strings to say: sentences, and strings of random words. Each word of the vocabulary comes up in turn."""
    random = np.random.default_rng(_SEED)
    texts: list[list[str]] = []
    turn: list[str] = []
    while len(texts) < count:
        if random.random() < _RANDOM_WORDS_SHARE or not sentences:
            if len(turn) < _LONGEST_WORDS:
                turn += [vocabulary[index] for index in random.permutation(len(vocabulary))]
            size = int(random.integers(3, 11))
            texts.append(turn[:size])
            turn = turn[size:]
        else:
            sentence = sentences[int(random.integers(len(sentences)))]
            first = int(random.integers(max(1, len(sentence) - _LONGEST_WORDS + 1)))
            texts.append(sentence[first : first + _LONGEST_WORDS])
    return texts


def record_corpus(workspace: Workspace, texts: list[list[str]], processes: int) -> None:
    """Say every text and write the recordings and `utterances.jsonl`."""
    workspace.audio_dir.mkdir(parents=True, exist_ok=True)
    jobs = [(workspace, number, words) for number, words in enumerate(texts)]
    with ProcessPoolExecutor(processes) as pool:
        lines = [json.dumps(asdict(utterance)) for utterance in pool.map(_record, jobs, chunksize=25)]
    workspace.utterances_file.write_text("\n".join(lines) + "\n")


def _record(job: tuple[Workspace, int, list[str]]) -> Utterance:
    workspace, number, words = job
    random = np.random.default_rng([_SEED, number])
    speaker = draw_speaker(random)
    spoken = list(words)
    if len(spoken) > 4 and random.random() < _COMMA_SHARE:
        spoken[int(random.integers(1, len(spoken) - 2))] += ","
    samples, ends = say(" ".join(spoken), speaker)
    np.save(workspace.audio_dir / f"{number:05d}.npy", samples)
    return Utterance(number, words, speaker.name, ends)


def utterances(workspace: Workspace) -> Iterator[Utterance]:
    """Every utterance of the corpus in order."""
    with workspace.utterances_file.open() as index:
        for line in index:
            yield Utterance(**json.loads(line))


def recording(workspace: Workspace, number: int) -> NDArray[np.int16]:
    """Mono int16 samples at 16 kHz of one utterance."""
    samples: NDArray[np.int16] = np.load(workspace.audio_dir / f"{number:05d}.npy")
    return samples
