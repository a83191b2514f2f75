"""Writes voicecoach/techniques/kin.npz: which words mean something alike.

``python -m training.word_kin --tokenizer tokenizer.json --model model.onnx`` needs onnxruntime, tokenizers, and the
sentence embedder all-MiniLM-L6-v2 (Apache-2.0) as ONNX; the result is kept, so that the training needs none of them.
Each whole word of the tokenizer, and each word of the training lines, is embedded alone; the first 64 principal
directions are clustered three times, from coarse to fine.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.lines_data import read_lines
from voicecoach.techniques.kin import KIN_FILE
from voicecoach.techniques.normalise import tokenise

OUT = Path(__file__).parent.parent / "voicecoach" / "techniques" / KIN_FILE
GROUPS = (100, 400, 1200)
DIRECTIONS = 64
BATCH = 256


def words_of(tokenizer: Any) -> list[str]:
    """Every word to be grouped, in alphabetical order."""
    said = {token for line in read_lines() for text in (line.text, line.context) for token in tokenise(text).texts}
    whole = {word for word in tokenizer.get_vocab() if word.isascii() and len(word) > 1}
    return sorted(word for word in said | whole if word.isalpha())


def embedded(words: list[str], tokenizer: Any, model: Path) -> NDArray[np.float32]:
    """(words, directions): the mean of the embedder's last layer over the pieces of each word, length 1."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(model))
    names = [each.name for each in session.get_inputs()]
    tokenizer.enable_padding()
    found = []
    for first in range(0, len(words), BATCH):
        pieces = tokenizer.encode_batch(words[first : first + BATCH])
        mask = np.array([each.attention_mask for each in pieces], np.int64)
        given = {
            "input_ids": np.array([each.ids for each in pieces], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        layer = session.run(None, {name: given[name] for name in names})[0]
        found.append((layer * mask[..., None]).sum(1))
    vectors = np.concatenate(found)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def groupings(vectors: NDArray[np.float32]) -> NDArray[np.int16]:
    """(words, grains): the group of each word."""
    from sklearn.cluster import MiniBatchKMeans

    centred = vectors - vectors.mean(axis=0)
    directions = np.linalg.svd(centred, full_matrices=False)[2][:DIRECTIONS]
    reduced = centred @ directions.T
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True)
    means = [MiniBatchKMeans(count, random_state=0, n_init=3, batch_size=2048).fit(reduced) for count in GROUPS]
    return np.stack([each.labels_ for each in means], axis=1).astype(np.int16)


def main() -> None:
    """Writes the file."""
    from tokenizers import Tokenizer

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    words = words_of(tokenizer)
    groups = groupings(embedded(words, tokenizer, options.model))
    numbers = np.array([zlib.crc32(word.encode()) for word in words], np.uint32)
    np.savez_compressed(OUT, numbers=numbers, groups=groups)


if __name__ == "__main__":
    main()
