"""What recognisers make of lines, counted: pairs of said and heard words, and how often each comes.

``count`` turns (said, heard) lines into ``Confusions``; ``read`` and ``write`` keep those of each recogniser in one
JSON file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "confusions.json"
LONGEST = 3
"""Words on either side of a pair; a longer muddle is taken apart word by word."""

SEEN_AT_LEAST = 2
"""A pair that came once may be chance; such pairs only count into the rates."""

HEARD_OFTEN = 5
"""From so many occurrences on, the absence of a pair says something about a word."""

Pair = tuple[tuple[str, ...], tuple[str, ...]]
"""Said and heard words that differ; the heard ones are empty for lost words, the said ones for words put in."""


@dataclass(frozen=True, slots=True)
class Confusions:
    """One recogniser's mistakes.

    ``lines`` and ``words`` are what it was counted on; ``rates`` the substituted, lost and put in words as shares of
    the reference words, and ``rest`` the same of the mistakes that no entry of ``pairs`` covers. ``pairs`` gives for
    words said the words heard ("" for lost) with their share of the occurrences; ``put_in`` the share of each word in
    those put in, ``instead`` in those heard for others; ``known`` are the words said often enough to be judged.
    """

    lines: int
    words: int
    rates: dict[str, float]
    rest: dict[str, float]
    pairs: dict[str, dict[str, float]]
    put_in: dict[str, float]
    instead: dict[str, float]
    known: list[str]


def differences(said: list[str], heard: list[str]) -> list[Pair]:
    """Where the two lines differ, in order, by the fewest changed words; of equals, the ones that look alike."""
    pairs: list[Pair] = []
    run: list[Pair] = []
    for one, other in [*_aligned(said, heard), (("",), ("",))]:
        if one != other:
            run.append((one, other))
            continue
        whole = (sum((pair[0] for pair in run), ()), sum((pair[1] for pair in run), ()))
        sizes = (len(whole[0]), len(whole[1]))
        together = min(sizes) > 0 and max(sizes) <= LONGEST and sizes[0] != sizes[1]
        pairs += [whole] if together else run
        run = []
    return pairs


def count(lines: Iterable[tuple[list[str], list[str]]]) -> Confusions:
    """The mistakes in (said, heard) lines. Raises ``ValueError`` when not a word was said."""
    spoken: Counter[tuple[str, ...]] = Counter()
    mistakes: Counter[Pair] = Counter()
    lines = list(lines)
    for said, heard in lines:
        spoken.update(tuple(said[at : at + n]) for n in range(1, LONGEST + 1) for at in range(len(said) - n + 1))
        mistakes.update(differences(said, heard))
    words = sum(times for phrase, times in spoken.items() if len(phrase) == 1)
    if not words:
        raise ValueError("no words were said, so there is nothing to count")
    covered = {pair for pair, times in mistakes.items() if times >= SEEN_AT_LEAST and pair[0]}
    pairs: dict[str, dict[str, float]] = {}
    for said_words, heard_words in sorted(covered):
        share = mistakes[said_words, heard_words] / spoken[said_words]
        pairs.setdefault(" ".join(said_words), {})[" ".join(heard_words)] = round(min(share, 1.0), 4)
    put_in = Counter({pair[1][0]: times for pair, times in mistakes.items() if not pair[0]})
    instead: Counter[str] = Counter()
    for (said_words, heard_words), times in mistakes.items():
        instead.update(dict.fromkeys(heard_words, times) if said_words else {})
    return Confusions(
        lines=len(lines),
        words=words,
        rates=_rates(mistakes, words),
        rest=_rates({pair: times for pair, times in mistakes.items() if pair not in covered}, words),
        pairs=pairs,
        put_in=_shares(put_in),
        instead=_shares(instead),
        known=sorted(phrase[0] for phrase, times in spoken.items() if len(phrase) == 1 and times >= HEARD_OFTEN),
    )


def write(confusions: Mapping[str, Confusions], path: Path = FILE) -> None:
    """The mistakes of each recogniser, by its name: sorted, one recogniser a line."""
    rows = (
        f"{json.dumps(name)}:{json.dumps(asdict(confusions[name]), sort_keys=True, separators=(',', ':'))}"
        for name in sorted(confusions)
    )
    path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


@cache
def read(path: Path = FILE) -> dict[str, Confusions]:
    """The mistakes of each recogniser, by its name. Raises ``OSError`` when they cannot be read."""
    return {name: Confusions(**fields) for name, fields in json.loads(path.read_text(encoding="utf-8")).items()}


def _rates(mistakes: Mapping[Pair, int], words: int) -> dict[str, float]:
    """A pair of unequal lengths is as many substitutions as its shorter side has words, and the rest lost or put in."""
    changed = {"substituted": 0, "lost": 0, "put_in": 0}
    for (said, heard), times in mistakes.items():
        changed["substituted"] += times * min(len(said), len(heard))
        changed["lost"] += times * max(len(said) - len(heard), 0)
        changed["put_in"] += times * max(len(heard) - len(said), 0)
    return {kind: round(times / words, 5) for kind, times in changed.items()}


def _shares(counted: Counter[str]) -> dict[str, float]:
    kept = {word: times for word, times in sorted(counted.items()) if times >= SEEN_AT_LEAST}
    total = sum(kept.values())
    return {word: round(times / total, 5) for word, times in kept.items()}


def _aligned(said: list[str], heard: list[str]) -> list[Pair]:
    """Word by word; a side is empty where the other has a word more."""
    rows, columns = len(said) + 1, len(heard) + 1
    cost = [[float(max(row, column) if not row * column else 0) for column in range(columns)] for row in range(rows)]
    for row in range(1, rows):
        for column in range(1, columns):
            cost[row][column] = min(
                cost[row - 1][column - 1] + _unlike(said[row - 1], heard[column - 1]),
                cost[row - 1][column] + 1,
                cost[row][column - 1] + 1,
            )
    pairs: list[Pair] = []
    row, column = len(said), len(heard)
    while row or column:
        if row and column:
            step = _unlike(said[row - 1], heard[column - 1])
            if cost[row][column] == cost[row - 1][column - 1] + step:
                row, column = row - 1, column - 1
                pairs.append(((said[row],), (heard[column],)))
                continue
        if row and (not column or cost[row][column] == cost[row - 1][column] + 1):
            row -= 1
            pairs.append(((said[row],), ()))
        else:
            column -= 1
            pairs.append(((), (heard[column],)))
    return pairs[::-1]


@cache
def _unlike(said: str, heard: str) -> float:
    """0 for the same word, else 1 and a little for each difference in spelling: too little to outweigh a word."""
    return 0.0 if said == heard else 1 + round(4 * (1 - SequenceMatcher(None, said, heard).ratio())) / 1024
