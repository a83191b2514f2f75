"""Which probability an id is reported from: an id that is hard to hear may be reported from less."""

from typing import Any

import numpy as np

from training.borders import BORDERS, HARD_TO_HEAR, best_borders
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


def test_an_id_that_is_hard_to_hear_is_reported_from_a_lower_border() -> None:
    borders = borders_where(hostile_when_meant=0.37)
    assert borders.own[HOSTILE] <= 0.37 < HARD_TO_HEAR
    assert borders.own[THANK] >= BORDERS.min()


def test_an_id_that_is_heard_keeps_the_borders_of_all() -> None:
    assert borders_where(hostile_when_meant=0.9).own[HOSTILE] >= BORDERS.min()
