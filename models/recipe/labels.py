"""What the network should say at each frame: from flite's own phone times at first, then from alignment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .augmentation import CLEAN_LEAD_FRAMES
from .corpus import Utterance
from .features import NO_SPEECH, Features
from .flite import PhoneEnd
from .phones import BASE_INDEX, SILENCE, enter_pdf, stay_pdf
from .settings import FRAME_SHIFT_SAMPLES, SAMPLE_RATE_HZ, SUBSAMPLING_FACTOR

UNLABELLED = -1
_FRAME_CENTRE_SECONDS = 0.0125
_FRAME_SHIFT_SECONDS = FRAME_SHIFT_SAMPLES / SAMPLE_RATE_HZ
Labels = NDArray[np.int16]


@dataclass(frozen=True)
class Alignment:
    """Pdf of every frame of every clean recording, end to end, with the fit of each utterance.

    `fit` is the mean log likelihood ratio per frame; utterances that could not be aligned are not `usable`.
    """

    labels: Labels
    fit: NDArray[np.float32]
    usable: NDArray[np.bool_]

    def save(self, path: Path) -> None:
        """Write as an .npz file."""
        np.savez(path, labels=self.labels, fit=self.fit, usable=self.usable)

    @classmethod
    def load(cls, path: Path) -> Alignment:
        """Read what `save` wrote."""
        with np.load(path) as stored:
            return cls(stored["labels"], stored["fit"], stored["usable"])


def labels_from_flite(phone_ends: list[PhoneEnd], frame_count: int) -> Labels:
    """Base phone (not pdf) of each frame of a clean recording, from flite's own segmentation."""
    times = np.arange(frame_count) * _FRAME_SHIFT_SECONDS + _FRAME_CENTRE_SECONDS
    times -= CLEAN_LEAD_FRAMES * _FRAME_SHIFT_SECONDS
    ends = np.array([end for _, end in phone_ends])
    phones = np.array([BASE_INDEX[phone] for phone, _ in phone_ends] + [BASE_INDEX[SILENCE]])
    labels = phones[np.searchsorted(ends, times, side="right")]
    labels[times < 0] = BASE_INDEX[SILENCE]
    return labels.astype(np.int16)


def bootstrap_labels(corpus: list[Utterance], clean: Features) -> tuple[list[int], list[Labels]]:
    """Numbers and base-phone labels of the utterances that flite said."""
    numbers = [utterance.number for utterance in corpus if utterance.phone_ends]
    labels = [labels_from_flite(corpus[number].phone_ends or [], int(clean.lengths[number])) for number in numbers]
    return numbers, labels


def labels_of_take(alignment: Alignment, clean: Features, take: Features) -> tuple[list[int], list[Labels]]:
    """Move the clean recordings' labels to where the speech is in another take of the corpus."""
    starts = clean.starts()
    numbers, labels = [], []
    for number, (length, lead) in enumerate(zip(take.lengths, take.leads, strict=True)):
        if lead == NO_SPEECH:
            own = np.zeros(0, np.int16)
        elif not alignment.usable[number]:
            continue
        else:
            own = alignment.labels[starts[number] : starts[number] + clean.lengths[number]]
            own = own[CLEAN_LEAD_FRAMES:] if lead < CLEAN_LEAD_FRAMES else own
        numbers.append(number)
        offset = lead if lead < CLEAN_LEAD_FRAMES else lead - CLEAN_LEAD_FRAMES
        labels.append(_placed(own, max(0, int(offset)), int(length)))
    return numbers, labels


def _placed(own: Labels, offset: int, length: int) -> Labels:
    """Silence, then the labels, then silence, in `length` frames."""
    labels = np.full(length, stay_pdf(SILENCE), np.int16)
    own = own[: length - offset]
    labels[offset : offset + len(own)] = own
    if offset and len(own) and own[0] == enter_pdf(SILENCE):
        labels[offset : offset + SUBSAMPLING_FACTOR] = stay_pdf(SILENCE)
    if labels[0] == stay_pdf(SILENCE):
        labels[:SUBSAMPLING_FACTOR] = enter_pdf(SILENCE)
    return labels
