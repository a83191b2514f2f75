"""Which probability an id is reported from: one that is hard to hear is not guessed at."""

from typing import Any

import numpy as np

from training.borders import NOT_GUESSED, best_borders
from voicecoach.techniques.ids import TEXT_IDS

HOSTILE = TEXT_IDS.index("hostile")
THANK = TEXT_IDS.index("thank")
TURNS = 400


def borders_where(hostile_when_meant: float) -> Any:
    """Chosen on turns a quarter of which thank, surely heard, and a quarter mock, heard as given."""
    y = np.zeros((TURNS, len(TEXT_IDS) + 1), bool)
    y[: TURNS // 4, THANK] = True
    y[TURNS // 4 : TURNS // 2, HOSTILE] = True
    y[TURNS // 2 :, -1] = True
    probability = np.full(y.shape, 0.02)
    probability[y] = 0.9
    probability[y[:, HOSTILE], HOSTILE] = hostile_when_meant
    return best_borders(probability, y)


def test_an_id_that_is_hard_to_hear_is_not_guessed_at() -> None:
    borders = borders_where(hostile_when_meant=0.37)
    assert borders.own[HOSTILE] == NOT_GUESSED
    assert borders.own[THANK] < NOT_GUESSED


def test_an_id_that_is_heard_keeps_the_borders_of_all() -> None:
    assert borders_where(hostile_when_meant=0.9).own[HOSTILE] < NOT_GUESSED
