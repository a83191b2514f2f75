"""MFCC features exactly as Vosk computes them from `conf/mfcc.conf`, for the whole corpus at once."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import kaldi_native_fbank
import numpy as np
from numpy.typing import NDArray

from .augmentation import clean, distort, noise_only
from .background import Signal
from .corpus import recording
from .settings import SAMPLE_RATE_HZ, Workspace

COEFFICIENT_COUNT = 24
MEL_BIN_COUNT = 40
LOW_HZ, HIGH_HZ_BELOW_NYQUIST = 20, -400
CLEAN_TAKE = 0
_NOISE_ONLY_SHARE = 0.07
NO_SPEECH = -1


@dataclass(frozen=True)
class Features:
    """MFCC frames (100 a second) of many utterances end to end.

    `frames` is (all frames, 24); `lengths` the frames of each utterance; `leads` the frames of silence before each
    recording starts, or NO_SPEECH where noise stands in for it.
    """

    frames: NDArray[np.float32]
    lengths: NDArray[np.int64]
    leads: NDArray[np.int64]

    def starts(self) -> NDArray[np.int64]:
        """First frame of each utterance."""
        return np.concatenate([[0], np.cumsum(self.lengths)[:-1]])

    def utterance(self, number: int, starts: NDArray[np.int64]) -> NDArray[np.float32]:
        """Frames of one utterance, (frames, 24)."""
        return self.frames[starts[number] : starts[number] + self.lengths[number]]


def _options() -> kaldi_native_fbank.MfccOptions:
    options = kaldi_native_fbank.MfccOptions()
    options.frame_opts.samp_freq = SAMPLE_RATE_HZ
    options.frame_opts.dither = 0.0
    options.frame_opts.snip_edges = True
    options.mel_opts.num_bins = MEL_BIN_COUNT
    options.mel_opts.low_freq = LOW_HZ
    options.mel_opts.high_freq = HIGH_HZ_BELOW_NYQUIST
    options.num_ceps = COEFFICIENT_COUNT
    options.use_energy = False
    return options


def mfcc(signal: Signal) -> NDArray[np.float32]:
    """(frames, 24) MFCCs of samples in int16 scale at 16 kHz."""
    computer = kaldi_native_fbank.OnlineMfcc(_options())
    computer.accept_waveform(SAMPLE_RATE_HZ, signal)
    computer.input_finished()
    return np.stack([computer.get_frame(index) for index in range(computer.num_frames_ready)]).astype(np.float32)


def compute_take(workspace: Workspace, take: int, utterance_count: int, processes: int) -> None:
    """Write the features of every utterance, clean for take 0 and freshly distorted for the others."""
    jobs = [(workspace, take, number, utterance_count) for number in range(utterance_count)]
    with ProcessPoolExecutor(processes) as pool:
        results = list(pool.map(_one, jobs, chunksize=50))
    np.savez(
        workspace.features_file(take),
        frames=np.concatenate([frames for frames, _ in results]),
        lengths=np.array([len(frames) for frames, _ in results]),
        leads=np.array([lead for _, lead in results]),
    )


def load_take(workspace: Workspace, take: int) -> Features:
    """The features that `compute_take` wrote."""
    with np.load(workspace.features_file(take)) as stored:
        return Features(stored["frames"].astype(np.float32), stored["lengths"], stored["leads"])


def _one(job: tuple[Workspace, int, int, int]) -> tuple[NDArray[np.float16], int]:
    workspace, take, number, utterance_count = job
    random = np.random.default_rng([take, number])

    def talk(random: np.random.Generator) -> NDArray[np.int16]:
        return recording(workspace, int(random.integers(utterance_count)))

    if take == CLEAN_TAKE:
        signal, lead = clean(recording(workspace, number))
    elif random.random() < _NOISE_ONLY_SHARE:
        signal, lead = noise_only(random, talk), NO_SPEECH
    else:
        signal, lead = distort(recording(workspace, number), talk, random)
    return mfcc(signal).astype(np.float16), lead
