"""Writes training/lines/plain.jsonl and sharp.jsonl: the textbook wordings, which hands that write vividly leave out.

Short grammars in ``plain.grammar`` and ``sharp.grammar`` (sarcasm and the other mistakes), one set per id. Lines are
drawn with a fixed seed; some turns join two or three fragments whose labels can stand together.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SEED = 7


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many lines to draw of each id, or of each of its fragments where that is more; joined; without a label."""

    per_id: int
    per_fragment: int
    joined: int
    unlabelled: int


AMOUNTS = {"plain": Amounts(26, 0, 700, 700), "sharp": Amounts(0, 6, 0, 200)}
JOIN_FIRST = ("acknowledge", "thank", "relate", "empathize", "validate", "apologize", "paraphrase")
JOIN_LATER = (
    "own state_action offer involve goodwill refer timeframe narrate authority team_up document clarify "
    "check_understanding check_satisfaction"
).split()

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_AS_CALLER = (
    ("you were", "I was"),
    ("yours", "mine"),
    ("your", "my"),
    ("told you", "told me"),
    ("sent you", "sent me"),
)

Grammar = dict[str, list[str]]


def read_grammar(text: str) -> Grammar:
    """The lines under each ``= heading``."""
    grammar: Grammar = defaultdict(list)
    heading = ""
    for line in text.splitlines():
        if line.startswith("= "):
            heading = line[2:]
        elif line.strip() and not line.startswith("#"):
            grammar[heading].append(line)
    return grammar


class Writer:
    """Draws lines from a grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._chance = random.Random(SEED)
        self._slots = {
            heading.removeprefix("slot "): ["" if choice == "_" else choice for choice in lines[0].split(" | ")]
            for heading, lines in grammar.items()
            if heading.startswith("slot ")
        }
        self.lines: dict[str, tuple[str, list[str]]] = {}

    def draw(self, amounts: Amounts) -> None:
        """Every line of the file."""
        ids = [heading.removeprefix("say ") for heading in self._grammar if heading.startswith("say ")]
        for id_ in ids:
            fragments = self._grammar[f"say {id_}"]
            for number in range(max(amounts.per_id, amounts.per_fragment * len(fragments))):
                self._add([fragments[number % len(fragments)]], [id_], f"heard {id_}")
        for _ in range(amounts.joined):
            joined = [self._chance.choice(JOIN_FIRST), *self._chance.sample(JOIN_LATER, self._chance.choice((1, 1, 2)))]
            if not ({"offer", "involve"} & set(joined) and "state_action" in joined):
                self._add([self._chance.choice(self._grammar[f"say {id_}"]) for id_ in joined], joined, "heard any")
        for _ in range(amounts.unlabelled):
            context, text = self._chance.choice(self._grammar["unlabelled"]).split(" => ")
            self.lines.setdefault(self._expand(text, ""), (context.strip(), []))

    def _add(self, fragments: list[str], ids: list[str], contexts: str) -> None:
        labels = {*ids, *(label for fragment in fragments for label in fragment.partition(" ## ")[2].split())}
        story = self._chance.choice(self._slots["story"])
        text = " ".join(self._expand(fragment.partition(" ## ")[0], story) for fragment in fragments)
        template = self._chance.choice(self._grammar.get(contexts) or self._grammar["heard any"])
        if story in text:  # what is said back must have been said
            template = self._chance.choice(
                ("{story}!", "I want to complain, {story}.", "{story}, and nobody helps me!")
            )
        self.lines.setdefault(text, (self._expand(template, _as_caller(story)), sorted(labels)))

    def _expand(self, template: str, story: str) -> str:
        text = template.replace("{story}", story)
        while _SLOT.search(text) or _CHOICE.search(text):
            text = _SLOT.sub(lambda m: self._chance.choice(self._slots[m.group(1)]), text)
            text = _CHOICE.sub(lambda m: self._chance.choice(m.group(1).split("|")), text)
        text = re.sub(r" ([,.?!])", r"\1", " ".join(text.split()))
        return text[:1].upper() + text[1:]


def _as_caller(story: str) -> str:
    for mine, theirs in _AS_CALLER:
        story = story.replace(mine, theirs)
    return re.sub(r"\byou\b", "I", story)


def main() -> None:
    """Writes the files."""
    for name, amounts in AMOUNTS.items():
        writer = Writer(read_grammar((HERE / f"{name}.grammar").read_text(encoding="utf-8")))
        writer.draw(amounts)
        records = [
            {"id": f"{name[0]}{number:04}", "context": context, "text": text, "labels": labels}
            for number, (text, (context, labels)) in enumerate(writer.lines.items(), start=1)
        ]
        out = HERE / "lines" / f"{name}.jsonl"
        out.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


if __name__ == "__main__":
    main()
