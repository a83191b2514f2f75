"""A Piper voice of a few kilobytes: the inputs, the outputs and the description of a real one, and a tone a phoneme."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

RATE_HZ = 22_050
PHONEME_SAMPLES = 1024
"""46 ms, half of them for the pad behind each phoneme."""

MARKS = "_^$ !',-.:;?"
LETTERS = "abdefhijklmnopstuvwzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒˈˌːᵻθ"


def make_tiny_voice(folder: Path, name: str = "tiny", speakers: int = 1) -> Path:
    """Write ``NAME.onnx`` and ``NAME.onnx.json``; the model's path. Marks are silent, each letter is another tone."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    symbols = MARKS + LETTERS
    time_seconds = np.arange(PHONEME_SAMPLES // 2) / RATE_HZ
    tones = [
        np.zeros(PHONEME_SAMPLES // 2) if symbol in MARKS else 0.4 * np.sin(2 * np.pi * (150 + 20 * at) * time_seconds)
        for at, symbol in enumerate(symbols)
    ]
    sounds = numpy_helper.from_array(np.array(tones, dtype=np.float32), "sounds")
    one = numpy_helper.from_array(np.ones(2, dtype=np.float32), "one")
    shape = numpy_helper.from_array(np.array([1, 1, -1], dtype=np.int64), "shape")
    second = numpy_helper.from_array(np.array([1], dtype=np.int64), "second")
    third = numpy_helper.from_array(np.array([2], dtype=np.int64), "third")
    nodes = [
        helper.make_node("Gather", ["sounds", "input"], ["spoken"]),
        helper.make_node("Reshape", ["spoken", "shape"], ["line"]),
        helper.make_node("Slice", ["scales", "second", "third"], ["length"]),
        helper.make_node("Concat", ["one", "length"], ["factors"], axis=0),
        helper.make_node("Resize", ["line", "", "factors"], ["output" if speakers == 1 else "plain"], mode="linear"),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:  # the higher its number, the softer a speaker
        loudness = numpy_helper.from_array(np.linspace(1.0, 0.1, speakers, dtype=np.float32), "loudness")
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
        nodes += [
            helper.make_node("Gather", ["loudness", "sid"], ["loud"]),
            helper.make_node("Mul", ["plain", "loud"], ["output"]),
        ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "samples"])],
        [sounds, one, shape, second, third, *([loudness] if speakers > 1 else [])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    onnx.checker.check_model(model)
    path = folder / f"{name}.onnx"
    onnx.save(model, str(path))
    description = {
        "audio": {"sample_rate": RATE_HZ, "quality": "tiny"},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {symbol: [at] for at, symbol in enumerate(symbols)},
        "num_symbols": len(symbols),
        "num_speakers": speakers,
    }
    path.with_name(f"{name}.onnx.json").write_text(json.dumps(description), encoding="utf-8")
    return path
