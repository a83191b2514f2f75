"""Write `am/final.mdl` (Kaldi's binary transition model and nnet3 network, 8-bit weights) and `conf/`."""

from __future__ import annotations

import io
import math
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .features import COEFFICIENT_COUNT, HIGH_HZ_BELOW_NYQUIST, LOW_HZ, MEL_BIN_COUNT
from .network import CONTEXT_FRAMES, FIRST_SPLICE, LAYER_SPLICES, TrainedNetwork
from .phones import POSITION_PHONES, base_phone_of, enter_pdf, stay_pdf
from .settings import SUBSAMPLING_FACTOR

Matrix = NDArray[np.float64]
_NORM_EPSILON = 1e-5  # torch's BatchNorm1d
_STAY_PROBABILITY = 0.5

_MFCC_CONF = f"""\
--use-energy=false
--num-mel-bins={MEL_BIN_COUNT}
--num-ceps={COEFFICIENT_COUNT}
--low-freq={LOW_HZ}
--high-freq={HIGH_HZ_BELOW_NYQUIST}
--dither=0
--allow-upsample=true
"""
_MODEL_CONF = f"""\
--min-active=200
--max-active=3000
--beam=13.0
--lattice-beam=6.0
--acoustic-scale=0.9
--frame-subsampling-factor={SUBSAMPLING_FACTOR}
--frames-per-chunk=12
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
--determinize-max-delay=10
--determinize-min-chunk-size=5
"""


class _KaldiWriter:
    """Kaldi's binary encoding: tokens end in a space, scalars carry their size, matrices a type name."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._out.write(b"\0B")

    def raw(self, data: bytes) -> None:
        self._out.write(data)

    def token(self, *names: str) -> None:
        for name in names:
            self.raw(name.encode() + b" ")

    def integer(self, value: int) -> None:
        self.raw(b"\4" + struct.pack("<i", value))

    def real(self, value: float) -> None:
        self.raw(b"\4" + struct.pack("<f", value))

    def double(self, value: float) -> None:
        self.raw(b"\x08" + struct.pack("<d", value))

    def integers(self, values: list[int]) -> None:
        self.raw(b"\4" + struct.pack("<i", len(values)) + np.asarray(values, "<i4").tobytes())

    def vector(self, values: NDArray[np.floating] | list[float]) -> None:
        numbers = np.asarray(values, "<f4")
        self.raw(b"FV \4" + struct.pack("<i", len(numbers)) + numbers.tobytes())

    def matrix_8bit(self, matrix: Matrix) -> None:
        """Kaldi's one-byte CompressedMatrix ("CM3"): lowest value, range, rows, columns, then the bytes."""
        lowest, spread = float(matrix.min()), float(matrix.max() - matrix.min())
        steps = np.round((matrix - lowest) / spread * 255).astype(np.uint8)
        self.raw(b"CM3 " + struct.pack("<ffii", lowest, spread, *matrix.shape) + steps.tobytes())

    def bytes(self) -> bytes:
        return self._out.getvalue()


def write_acoustic_model(trained: TrainedNetwork, model_dir: Path) -> None:
    """Write `am/final.mdl`."""
    out = _KaldiWriter()
    _write_transition_model(out)
    _write_network(out, trained)
    target = model_dir / "am" / "final.mdl"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(out.bytes())


def write_configuration(model_dir: Path) -> None:
    """Write `conf/mfcc.conf` and `conf/model.conf`."""
    folder = model_dir / "conf"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mfcc.conf").write_text(_MFCC_CONF)
    (folder / "model.conf").write_text(_MODEL_CONF)


def _write_transition_model(out: _KaldiWriter) -> None:
    """One emitting state per phone, whose entering and staying frames have different pdfs."""
    count = len(POSITION_PHONES)
    out.token("<TransitionModel>", "<Topology>")
    out.integers(list(range(1, count + 1)))
    out.integers([-1] + [0] * count)  # every phone has topology entry 0
    out.integer(-1)  # entries have self-loop pdf classes
    out.integer(1)  # one entry
    out.integer(2)  # of two states
    out.integer(0)  # entering pdf class
    out.integer(1)  # staying pdf class
    out.integer(2)  # transitions
    out.integer(0)
    out.real(_STAY_PROBABILITY)
    out.integer(1)
    out.real(1 - _STAY_PROBABILITY)
    out.integer(-1)  # the final state has no pdf
    out.integer(-1)
    out.integer(0)
    out.token("</Topology>", "<Tuples>")
    out.integer(count)
    for number, phone in enumerate(POSITION_PHONES, start=1):
        base = base_phone_of(phone)
        for value in (number, 0, enter_pdf(base), stay_pdf(base)):
            out.integer(value)
    out.token("</Tuples>", "<LogProbs>")
    out.vector([0.0] + [math.log(_STAY_PROBABILITY), math.log(1 - _STAY_PROBABILITY)] * count)
    out.token("</LogProbs>", "</TransitionModel>")


def _affine_layers(trained: TrainedNetwork) -> list[tuple[Matrix, Matrix]]:
    """Weights and biases with the batch norm before each layer folded in."""
    state = {name: value.double().numpy() for name, value in trained.network.state_dict().items()}
    names = [f"affines.{index}" for index in range(len(LAYER_SPLICES) + 1)] + ["output"]
    norms = ["input_norm"] + [f"norms.{index}" for index in range(len(LAYER_SPLICES) + 1)]
    layers = []
    for name, norm in zip(names, norms, strict=True):
        weights, bias = state[name + ".weight"], state[name + ".bias"]
        repeats = weights.shape[1] // len(state[norm + ".running_mean"])
        scale = np.tile(1 / np.sqrt(state[norm + ".running_var"] + _NORM_EPSILON), repeats)
        mean = np.tile(state[norm + ".running_mean"], repeats)
        layers.append((weights * scale, bias - weights @ (mean * scale)))
    return layers


def _splice_source(previous: str, splice: tuple[int, ...]) -> str:
    parts = [previous if offset == 0 else f"Offset({previous}, {offset})" for offset in splice]
    return parts[0] if len(parts) == 1 else f"Append({', '.join(parts)})"


def _write_network(out: _KaldiWriter, trained: TrainedNetwork) -> None:
    layers = _affine_layers(trained)
    splices: list[tuple[int, ...]] = [FIRST_SPLICE, *LAYER_SPLICES, (0,)]
    nodes, previous = [f"input-node name=input dim={COEFFICIENT_COUNT}"], "input"
    components: list[tuple[str, str, int]] = []  # name, kind, layer or dimension
    for index, splice in enumerate(splices):
        is_last = index == len(splices) - 1
        name = "output" if is_last else f"tdnn{index + 1}"
        kind, suffix = ("LogSoftmaxComponent", "logsoftmax") if is_last else ("RectifiedLinearComponent", "relu")
        affine, activation = f"{name}.affine", f"{name}.{suffix}"
        source = _splice_source(previous, splice)
        nodes.append(f"component-node name={affine} component={affine} input={source}")
        nodes.append(f"component-node name={activation} component={activation} input={affine}")
        components += [(affine, "FixedAffineComponent", index), (activation, kind, len(layers[index][1]))]
        previous = activation
    nodes.append(f"output-node name=output input={previous} objective=linear")
    out.raw(b"<Nnet3> \n" + "\n".join(nodes).encode() + b"\n\n")  # an empty line ends the nodes
    out.token("<NumComponents>")
    out.integer(len(components))
    for name, kind, number in components:
        out.token("<ComponentName>", name, f"<{kind}>")
        _write_component(out, kind, number, layers)
        out.token(f"</{kind}>")
    out.token("</Nnet3>", "<LeftContext>")
    out.integer(CONTEXT_FRAMES)
    out.token("<RightContext>")
    out.integer(CONTEXT_FRAMES)
    out.token("<Priors>")
    out.vector(trained.priors)


def _write_component(out: _KaldiWriter, kind: str, number: int, layers: list[tuple[Matrix, Matrix]]) -> None:
    if kind == "FixedAffineComponent":
        weights, bias = layers[number]
        out.token("<LinearParams>")
        out.matrix_8bit(weights)
        out.token("<BiasParams>")
        out.vector(bias)
        return
    out.token("<Dim>")
    out.integer(number)
    for statistics in ("<ValueAvg>", "<DerivAvg>"):  # training statistics, empty
        out.token(statistics)
        out.vector([])
    out.token("<Count>")
    out.double(0.0)
