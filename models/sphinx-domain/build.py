"""Build `domain.lm.gz`, the language model PocketSphinx uses for an agent's speech.

    python models/sphinx-domain/build.py [--check FILE.jsonl ...]

Three layers, each the fallback of the one above it: word triples and pairs of agents' sentences (`training/lines` and
`sentences.txt`), common word pairs of general American English, and every word of the wheel's CMU dictionary and of
`extra.dict`. The general part is asked of the language model in the pocketsphinx wheel. Same input, same bytes out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pocketsphinx
from voicecoach.models.recipe.words import spoken_pieces

HERE = Path(__file__).parent
LINES_DIR = HERE.parents[1] / "training" / "lines"
EXTRA_FILE = HERE / "extra.dict"
SENTENCES_FILE = HERE / "sentences.txt"
OUTPUT_FILE = HERE / "domain.lm.gz"

START, END, GAP = "<s>", "</s>", "<gap>"
# Tried by perplexity on two sets of lines that are not among these; none moves it by more than a few per cent.
DISCOUNT_PAIRS, DISCOUNT_TRIPLES = 0.85, 0.85  # absolute discounting
GENERAL_SHARE = 0.35  # of a single word's chance, to general English
UNIFORM_SHARE = 0.02  # of that, spread evenly over the dictionary, so that every word can be heard
PAIR_SHARE = 0.7  # of what domain pairs give away: to general pairs, the rest to single words
PAIR_WORDS = 5000  # general pairs are looked for among this many commonest words
PAIRS_KEPT = 60_000  # the general pairs that matter most
LOWEST_LOG10 = -99.0

History = tuple[str, ...]
Table = dict[History, dict[str, float]]


class GeneralEnglish:
    """The wheel's own language model, asked for single words and pairs."""

    def __init__(self) -> None:
        self._decoder = pocketsphinx.Decoder(loglevel="FATAL")
        self._model = self._decoder.get_lm()
        self._exp = self._decoder.logmath.exp

    def word(self, word: str) -> float:
        """P(word); 0 where the model does not know it."""
        return float(self._exp(self._model.prob([word])))

    def pair(self, first: str, second: str) -> float:
        """P(second | first)."""
        return float(self._exp(self._model.prob([second, first])))


def dictionary_words() -> list[str]:
    """Every word of the wheel's dictionary and of ours, without second pronunciations."""
    wheel = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    lines = [line for path in (wheel, EXTRA_FILE) for line in path.read_text(encoding="utf-8").splitlines()]
    words = {line.split(maxsplit=1)[0] for line in lines if line.strip()}
    return sorted(word for word in words if not word.endswith(")"))


def sentences_of(lines: Iterable[str], known: set[str], missing: Counter[str]) -> Iterator[list[str]]:
    """Sentences as words; a word without a pronunciation becomes a gap that no pair or triple spans."""
    for line in lines:
        for piece in spoken_pieces(line):
            missing.update(word for word in piece if word not in known)
            yield [word if word in known else GAP for word in piece]


def agent_lines(files: Iterable[Path]) -> Iterator[str]:
    """The `text` fields of files of JSON lines."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)["text"]


def count(sentences: Iterable[list[str]]) -> dict[int, dict[History, Counter[str]]]:
    """Counts of continuations by length of the history (0, 1, 2)."""
    counts: dict[int, dict[History, Counter[str]]] = {
        0: defaultdict(Counter),
        1: defaultdict(Counter),
        2: defaultdict(Counter),
    }
    for sentence in sentences:
        words = [START, *sentence, END]
        for position in range(1, len(words)):
            for length in range(min(position, 2) + 1):
                gram = words[position - length : position + 1]
                if GAP not in gram:
                    counts[length][tuple(gram[:-1])][gram[-1]] += 1
    return counts


class Model:
    """Probabilities per history and the weight each history leaves to the next shorter one."""

    def __init__(self) -> None:
        self.chances: Table = {}
        self.backoff: dict[History, float] = {}

    def chance(self, history: History, word: str) -> float:
        """P(word | history) as the decoder computes it."""
        known = self.chances.get(history)
        if known is not None and word in known:
            return known[word]
        if not history:
            return 0.0
        return self.backoff.get(history, 1.0) * self.chance(history[1:], word)

    def add(self, history: History, chances: dict[str, float]) -> None:
        """Take in a history; its backoff weight is what makes it sum to one."""
        lower = sum(self.chance(history[1:], word) for word in chances)
        self.chances[history] = chances
        self.backoff[history] = max(1e-7, 1 - sum(chances.values())) / max(1e-7, 1 - lower)


def single_words(counts: Counter[str], words: list[str], general: GeneralEnglish) -> dict[str, float]:
    """Agents' words mixed with general English and an even share of the whole dictionary."""
    total = sum(counts.values())
    elsewhere = {word: general.word(word) for word in [*words, END]}
    elsewhere_total = sum(elsewhere.values())
    even = UNIFORM_SHARE / len(words)
    return {
        word: (1 - GENERAL_SHARE) * counts[word] / total
        + GENERAL_SHARE * ((1 - UNIFORM_SHARE) * elsewhere[word] / elsewhere_total + even)
        for word in elsewhere
    }


def general_pairs(model: Model, general: GeneralEnglish) -> Table:
    """The commonest word pairs of general English: {(first,): {second: P}}, chosen by what leaving them out costs."""
    single = model.chances[()]
    common = sorted((word for word in single if word != END), key=lambda word: (-single[word], word))[:PAIR_WORDS]
    gains: list[tuple[float, str, str, float]] = []
    for first in common:
        for second in [*common, END]:
            chance = general.pair(first, second)
            if chance > 4 * single[second]:
                gains.append((single[first] * chance * math.log(chance / single[second]), first, second, chance))
    table: Table = defaultdict(dict)
    for _, first, second, chance in sorted(gains, reverse=True)[:PAIRS_KEPT]:
        table[(first,)][second] = chance
    return table


def add_histories(
    model: Model, counts: dict[History, Counter[str]], discount: float, fallback: Table | None = None
) -> None:
    """Absolute discounting; what is given away goes to the fallback pairs and the next shorter history."""
    fallback = fallback or {}
    for history in sorted({*counts, *fallback}):
        seen, other = counts.get(history, Counter()), fallback.get(history, {})
        total = sum(seen.values())
        given_away = sum(min(discount, number) for number in seen.values()) / total if total else 1.0
        share = PAIR_SHARE if other else 0.0
        model.add(
            history,
            {
                word: (max(0.0, seen[word] - discount) / total if total else 0.0)
                + given_away * (share * other.get(word, 0.0) + (1 - share) * model.chance(history[1:], word))
                for word in sorted({*seen, *other})
            },
        )


def build(missing: Counter[str]) -> Model:
    """The whole model."""
    words = dictionary_words()
    lines = [*agent_lines(sorted(LINES_DIR.glob("*.jsonl"))), *SENTENCES_FILE.read_text(encoding="utf-8").splitlines()]
    counts = count(sentences_of(lines, set(words), missing))
    general, model = GeneralEnglish(), Model()
    model.chances[()] = single_words(counts[0][()], words, general)
    add_histories(model, counts[1], DISCOUNT_PAIRS, general_pairs(model, general))
    add_histories(model, counts[2], DISCOUNT_TRIPLES)
    return model


def arpa(model: Model) -> Iterator[str]:
    """The lines of an ARPA file."""
    orders: list[list[str]] = [[], [], []]
    for history in sorted(model.chances):
        for word, chance in sorted(model.chances[history].items()):
            gram = (*history, word)
            entry = f"{math.log10(chance):.3f}\t{' '.join(gram)}"
            if gram in model.backoff:
                entry += f"\t{math.log10(model.backoff[gram]):.3f}"
            orders[len(history)].append(entry)
    orders[0].insert(0, f"{LOWEST_LOG10}\t{START}\t{math.log10(model.backoff[(START,)]):.3f}")
    yield "\\data\\"
    yield from (f"ngram {order + 1}={len(entries)}" for order, entries in enumerate(orders))
    for order, entries in enumerate(orders):
        yield f"\n\\{order + 1}-grams:"
        yield from entries
    yield "\n\\end\\"


def perplexity(model: Model, files: list[Path]) -> tuple[float, float]:
    """Per word of lines the model was not built from, and the share of words that have no pronunciation."""
    missing: Counter[str] = Counter()
    total, number = 0.0, 0
    for sentence in sentences_of(agent_lines(files), set(model.chances[()]), missing):
        words = [START, *sentence, END]
        for position in range(1, len(words)):
            if words[position] != GAP:
                history = tuple(words[max(0, position - 2) : position])
                total += math.log(
                    model.chance(history[history.index(GAP) + 1 :] if GAP in history else history, words[position])
                )
                number += 1
    return math.exp(-total / number), sum(missing.values()) / number


def main() -> None:
    """Build, write, and say how large and how good it is."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", nargs="*", type=Path, default=[], help="JSON lines to measure the perplexity on")
    arguments = options.parse_args()
    missing: Counter[str] = Counter()
    model = build(missing)
    with gzip.GzipFile(OUTPUT_FILE, "wb", mtime=0) as packed:
        packed.write("\n".join(arpa(model)).encode() + b"\n")
    say = sys.stdout.write
    say(f"{OUTPUT_FILE.name}: {OUTPUT_FILE.stat().st_size / 1e6:.2f} MB\n")
    say(f"no pronunciation: {sum(missing.values())} words, {', '.join(word for word, _ in missing.most_common(30))}\n")
    if arguments.check:
        value, outside = perplexity(model, arguments.check)
        say(f"perplexity {value:.0f}, words without a pronunciation {100 * outside:.1f} %\n")


if __name__ == "__main__":
    main()
