"""The acoustic network: a small time-delay network that scores every pdf three times slower than the features.

The layers are written as splice + affine + ReLU + batch norm because that is what Kaldi's nnet3 can run, and because
on a CPU this is several times faster than torch's own one-dimensional convolution.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from .features import COEFFICIENT_COUNT
from .phones import PDF_COUNT
from .settings import SUBSAMPLING_FACTOR

FIRST_SPLICE = tuple(range(-4, 5))  # feature frames seen by the first layer
LAYER_SPLICES = ((-3, 0, 3), (-3, 0, 3), (-6, 0, 6), (-6, 0, 6))  # in feature frames, for the layers after it
HIDDEN_SIZES = (256, 224, 224, 224, 224)
CONTEXT_FRAMES = FIRST_SPLICE[-1] + sum(splice[-1] for splice in LAYER_SPLICES)


class AcousticNetwork(nn.Module):
    """(batch, frames, 24) MFCCs to (batch, outputs, pdfs) unnormalised scores.

    Output i belongs to input frame 3 i + CONTEXT_FRAMES.
    """

    def __init__(self, output_count: int = PDF_COUNT) -> None:
        super().__init__()
        self.input_norm = nn.BatchNorm1d(COEFFICIENT_COUNT, affine=False)
        inputs = [COEFFICIENT_COUNT * len(FIRST_SPLICE)]
        inputs += [size * len(splice) for size, splice in zip(HIDDEN_SIZES, LAYER_SPLICES, strict=False)]
        self.affines = nn.ModuleList(nn.Linear(i, o) for i, o in zip(inputs, HIDDEN_SIZES, strict=True))
        self.norms = nn.ModuleList(nn.BatchNorm1d(size, affine=False) for size in HIDDEN_SIZES)
        self.output = nn.Linear(HIDDEN_SIZES[-1], output_count)

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        """Score every third frame that has its whole context."""
        hidden = _normalised(self.input_norm, frames)
        hidden = hidden.unfold(1, len(FIRST_SPLICE), SUBSAMPLING_FACTOR).transpose(2, 3).flatten(2)
        for layer, (affine, norm) in enumerate(zip(self.affines, self.norms, strict=True)):
            if layer:
                hidden = _spliced(hidden, LAYER_SPLICES[layer - 1][-1] // SUBSAMPLING_FACTOR)
            hidden = _normalised(norm, torch.relu(affine(hidden)))
        scores: torch.Tensor = self.output(hidden)
        return scores


def _normalised(norm: nn.Module, values: torch.Tensor) -> torch.Tensor:
    result: torch.Tensor = norm(values.flatten(0, 1)).view(values.shape)
    return result


def _spliced(values: torch.Tensor, reach: int) -> torch.Tensor:
    count = values.shape[1] - 2 * reach
    return torch.cat([values[:, :count], values[:, reach : reach + count], values[:, 2 * reach :]], 2)


def padded(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """Repeat the outer frames so that every frame has its context, as the decoder does."""
    left = np.repeat(frames[:1], CONTEXT_FRAMES, 0)
    right = np.repeat(frames[-1:], CONTEXT_FRAMES + SUBSAMPLING_FACTOR, 0)
    return np.concatenate([left, frames, right])


@dataclass
class TrainedNetwork:
    """A network and how often each of its outputs occurs."""

    network: AcousticNetwork
    priors: NDArray[np.float32]

    def save(self, path: Path) -> None:
        """Write the weights and priors as an .npz file."""
        weights = {name: value.numpy() for name, value in self.network.state_dict().items()}
        np.savez(path, priors=self.priors, **weights)

    @classmethod
    def load(cls, path: Path) -> TrainedNetwork:
        """Read what `save` wrote."""
        with np.load(path) as stored:
            weights = {name: torch.from_numpy(stored[name]) for name in stored.files if name != "priors"}
            priors = stored["priors"]
        network = AcousticNetwork(len(priors))
        network.load_state_dict(weights)
        network.eval()
        return cls(network, priors)
