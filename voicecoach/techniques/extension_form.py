"""The shape of a coach's file of techniques, and what is wrong with it, told by file and line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from voicecoach.techniques.catalogue_entry import Entry
from voicecoach.techniques.extension_tree import Path, Tree, read_tree
from voicecoach.techniques.form_errors import nearest, told
from voicecoach.techniques.ids import IDS, TEXT_IDS
from voicecoach.techniques.normalise import tokenise

ENGINES_OWN_IDS = frozenset({"stall", "stonewall", "broken_promise", "time", "coach", "start"})
"""Causes of anger that are no ids of the catalogue, and therefore no ids for a coach either."""

LONGEST_PHRASE_WORDS = 20
MOST_PHRASES = 200
"""Of one id."""

USUAL_CONFIDENCE = 0.9

_ONLY_OWN = ("kind", "title", "meaning", "step", "tip", "say", "weight", "heard")
_NEEDED = ("kind", "title", "tip", "say", "weight")
"""What an own id must say besides its phrases."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]


class Given(BaseModel):
    """What the file says of one id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: Annotated[tuple[Words, ...], BeforeValidator(_as_list)]
    confidence: Annotated[float, Field(strict=True, ge=0.5, le=1, allow_inf_nan=False)] = USUAL_CONFIDENCE
    kind: Literal["technique", "mistake"] | None = None
    title: Short | None = None
    meaning: Words | None = None
    step: Literal["hear", "empathize", "apologize", "action", "protocol"] | None = None
    tip: Words | None = None
    say: Annotated[tuple[Words, ...], BeforeValidator(_as_list)] | None = None
    weight: Annotated[float, Field(strict=True, ge=0, le=3, allow_inf_nan=False)] | None = None
    heard: Share | None = None

    @property
    def is_own(self) -> bool:
        """An id that the catalogue lacks."""
        return self.kind is not None

    def entry(self, id_: str) -> Entry:
        """The same as an entry of the catalogue."""
        title, tip, say = self.title or "", self.tip or "", self.say or ("", "")
        step = "mistake" if self.kind == "mistake" else self.step or "action"
        return Entry(id_, step, title, ("text",), (), self.meaning or title, tip, (say[0], say[1]))


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    techniques: dict[Slug, Given]


def read_form(text: str, name: str) -> dict[str, Given]:
    """What the text says of each id, in its order. Raises ``TechniquesError``."""
    tree = read_tree(text, name)
    try:
        form = _Form.model_validate(tree.data)
    except ValidationError as error:
        raise told(error, tree, _fields_at) from error
    for id_, given in form.techniques.items():
        _check_id(id_, given, tree)
        _check_phrases(id_, given, tree)
    return dict(form.techniques)


def _fields_at(path: Path) -> Iterable[str]:
    return Given.model_fields if len(path) > 1 else _Form.model_fields


# ------------------------------------------------------------------------------------------------ what no type can say


def _check_id(id_: str, given: Given, tree: Tree) -> None:
    here: Path = ("techniques", id_)
    if id_ in IDS:
        if id_ not in TEXT_IDS:
            raise tree.error(here, f"`{id_}` is not heard by words but by timing, order or sound", "take it out")
        for field in _ONLY_OWN:
            if getattr(given, field) is not None:
                what = f"`{field}` cannot be set for `{id_}`, which is an id of the catalogue"
                raise tree.error((*here, field), what, "take it out; a persona's temper changes what an id weighs")
        return
    if id_ in ENGINES_OWN_IDS:
        raise tree.error(here, f"`{id_}` is taken by the program", "choose another id")
    missing = [field for field in _NEEDED if getattr(given, field) is None]
    if missing:
        what = f"`{id_}` is not in the catalogue, and an id of your own lacks {', '.join(f'`{m}`' for m in missing)}"
        raise tree.error(here, what, nearest(id_, TEXT_IDS, "id") if len(missing) == len(_NEEDED) else "add it")
    if given.kind == "mistake" and given.step is not None:
        raise tree.error((*here, "step"), "a mistake has no step", "take it out")
    if given.say is None or len(given.say) != 2 or given.say[0] == given.say[1]:  # two, as in the catalogue
        raise tree.error((*here, "say"), "`say` needs two different sentences", "write a list of two")


def _check_phrases(id_: str, given: Given, tree: Tree) -> None:
    here: Path = ("techniques", id_, "phrases")
    if not given.phrases:
        raise tree.error(here, "there is no phrase", "write what people say, one phrase a line")
    if len(given.phrases) > MOST_PHRASES:
        raise tree.error(here, f"there are more than {MOST_PHRASES} phrases", "keep those that are really said")
    for number, phrase in enumerate(given.phrases):
        words = tokenise(phrase).texts
        if not words:
            raise tree.error((*here, number), f"{phrase!r} holds no words that can be heard", "write words")
        if len(words) > LONGEST_PHRASE_WORDS:
            what = f"this phrase has more than {LONGEST_PHRASE_WORDS} words"
            raise tree.error((*here, number), what, "nobody says that twice alike: keep the words that matter")
