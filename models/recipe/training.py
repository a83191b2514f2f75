"""Train the acoustic network on labelled frames: cross-entropy, AdamW, one learning-rate cycle."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from .features import COEFFICIENT_COUNT, Features
from .labels import UNLABELLED, Labels
from .network import CONTEXT_FRAMES, AcousticNetwork, TrainedNetwork, padded
from .settings import SUBSAMPLING_FACTOR

_SEED = 1
_CHUNK_OUTPUTS = 60
_CHUNK_FRAMES = _CHUNK_OUTPUTS * SUBSAMPLING_FACTOR + 2 * CONTEXT_FRAMES
_BATCH_CHUNKS = 64
_WEIGHT_DECAY = 0.01
_LABEL_SMOOTHING = 0.02
_GRADIENT_LIMIT = 2.0
_PRIOR_FLOOR_FRAMES = 50.0
_LEVEL_JITTER_SHARE, _LEVEL_JITTER = 0.3, 2.0
_STRIP_SHARE, _STRIP_FRAMES = 0.3, 12  # blank a short strip of time: the network learns to bridge gaps
_REPORT_EVERY_BATCHES = 200
_THREADS = 1  # a second one waits for the first as soon as anything else runs on the machine


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn."""

    epochs: float
    peak_rate: float = 2e-3


class LabelledFrames:
    """Padded utterances with their labels, end to end, cut into chunks."""

    def __init__(self) -> None:
        self._frames: list[NDArray[np.float32]] = []
        self._labels: list[Labels] = []
        self._chunk_starts: list[int] = []
        self._count = 0

    def add(self, features: Features, numbers: list[int], labels: list[Labels]) -> None:
        """Add the utterances `numbers` with the label of each of their frames."""
        starts = features.starts()
        for number, own in zip(numbers, labels, strict=True):
            frames = padded(features.utterance(number, starts))
            self._frames.append(frames)
            self._labels.append(np.concatenate([own, np.full(len(frames) - len(own), UNLABELLED, np.int16)]))
            step = _CHUNK_OUTPUTS * SUBSAMPLING_FACTOR
            self._chunk_starts += [self._count + first for first in range(0, len(own), step)]
            self._count += len(frames)

    def tensors(self) -> tuple[torch.Tensor, torch.Tensor, NDArray[np.int64]]:
        """Frames, labels (label k belongs to frame k + CONTEXT_FRAMES) and first frames of the chunks."""
        gap = _CHUNK_FRAMES + SUBSAMPLING_FACTOR
        frames = np.concatenate([*self._frames, np.zeros((gap, COEFFICIENT_COUNT), np.float32)])
        labels = np.concatenate([*self._labels, np.full(gap, UNLABELLED, np.int16)])
        return torch.from_numpy(frames), torch.from_numpy(labels).long(), np.array(self._chunk_starts)


def _priors(labels: torch.Tensor, output_count: int) -> NDArray[np.float32]:
    counts = torch.bincount(labels[labels >= 0], minlength=output_count).numpy() + _PRIOR_FLOOR_FRAMES
    return np.asarray(counts / counts.sum(), np.float32)


def train(
    data: LabelledFrames,
    output_count: int,
    schedule: Schedule,
    say: Callable[[str], None],
    start_from: TrainedNetwork | None = None,
) -> TrainedNetwork:
    """Train a network for `schedule.epochs` passes over `data`."""
    torch.manual_seed(_SEED)
    torch.set_num_threads(_THREADS)
    frames, labels, chunk_starts = data.tensors()
    network = start_from.network if start_from else AcousticNetwork(output_count)
    network.train()
    batches = max(1, int(len(chunk_starts) / _BATCH_CHUNKS * schedule.epochs))
    optimiser = torch.optim.AdamW(network.parameters(), lr=schedule.peak_rate, weight_decay=_WEIGHT_DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimiser, schedule.peak_rate, total_steps=batches + 1, pct_start=0.1)
    random, started, losses = np.random.default_rng(_SEED), time.monotonic(), []
    order = _Shuffled(len(chunk_starts), random)
    hours = len(frames) / 360_000
    say(f"  {hours:.1f} h of frames, {sum(p.numel() for p in network.parameters())} weights, {batches} batches")
    for batch in range(1, batches + 1):
        starts = chunk_starts[order.take(_BATCH_CHUNKS)] + random.integers(-3, 3, _BATCH_CHUNKS)
        inputs, targets = _chunks(frames, labels, torch.from_numpy(starts).clamp(0, len(frames) - _CHUNK_FRAMES))
        losses.append(_learn(network, optimiser, _perturbed(inputs, random), targets))
        rates.step()
        if batch % _REPORT_EVERY_BATCHES == 0:
            mean = np.mean(losses[-_REPORT_EVERY_BATCHES:])
            say(f"  batch {batch}/{batches} loss {mean:.3f} after {time.monotonic() - started:.0f} s")
    network.eval()
    return TrainedNetwork(network, _priors(labels, output_count))


class _Shuffled:
    """Endless draws without replacement."""

    def __init__(self, count: int, random: np.random.Generator) -> None:
        self._count, self._random = count, random
        self._left = np.zeros(0, np.int64)

    def take(self, size: int) -> NDArray[np.int64]:
        while len(self._left) < size:
            self._left = np.concatenate([self._left, self._random.permutation(self._count)])
        taken, self._left = self._left[:size], self._left[size:]
        return taken


def _chunks(frames: torch.Tensor, labels: torch.Tensor, starts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    inputs = frames[starts[:, None] + torch.arange(_CHUNK_FRAMES)]
    targets = labels[starts[:, None] + torch.arange(_CHUNK_OUTPUTS) * SUBSAMPLING_FACTOR]
    return inputs, targets


def _perturbed(inputs: torch.Tensor, random: np.random.Generator) -> torch.Tensor:
    if random.random() < _LEVEL_JITTER_SHARE:
        inputs = inputs + torch.randn(len(inputs), 1, COEFFICIENT_COUNT) * _LEVEL_JITTER
    if random.random() < _STRIP_SHARE:
        first = int(random.integers(0, _CHUNK_FRAMES - _STRIP_FRAMES))
        inputs[:, first : first + _STRIP_FRAMES] = inputs.mean(dim=(0, 1))
    return inputs


def _learn(
    network: AcousticNetwork, optimiser: torch.optim.Optimizer, inputs: torch.Tensor, targets: torch.Tensor
) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):  # three times faster where the processor has it
        scores = network(inputs).flatten(0, 1)
    loss = nn.functional.cross_entropy(
        scores.float(), targets.flatten(), ignore_index=UNLABELLED, label_smoothing=_LABEL_SMOOTHING
    )
    optimiser.zero_grad()
    torch.autograd.backward(loss)
    nn.utils.clip_grad_norm_(network.parameters(), _GRADIENT_LIMIT)
    optimiser.step()
    return loss.item()
