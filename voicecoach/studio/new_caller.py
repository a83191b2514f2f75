"""The text of a new caller's file: short, commented, and playable as it stands, for there to be something to change."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from typing import Any

from voicecoach.errors import UsageError
from voicecoach.persona.shelf import Shelf, read_file
from voicecoach.persona.yaml_tree import read_tree

ID_PATTERN = re.compile(r"[a-z][a-z0-9_]*")
PLAIN = "_common"
_SHOWN = ("start", "base", "half_life_seconds", "relief_scale", "provocation_scale", "patience", "abuse_level")
_ID_LINE = re.compile(r"^id:[ \t]*[^\s#]+", re.MULTILINE)
_LONGEST_NAME_WORDS = 3
_MAY_BE_EMPTY = ("id", "accepted")

PRESETS: dict[str, str] = {
    "_short_fuse": "flares up at once, and comes down as fast when somebody listens",
    "_slow_burn": "polite for long, keeps count, believes dates and names",
    "_cold": "sarcastic and formal, never shouts, slow to forgive",
    "_walker": "agrees to anything, and leaves unless asked whether it really helps",
    "_abusive": "swears from the first word, and goes on when warned",
    PLAIN: "no temper of its own: the usual one",
}
"""The shared files that a caller can start from, and what kind of caller comes of each."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the author said about the caller; each has an example, so that a file can be made without asking."""

    id: str
    preset: str = "_short_fuse"
    name: str = "Sam Ortiz"
    company: str = "Swiftbox"
    you_are: str = "a delivery agent who sees the tracking and can send a courier"
    happened: str = "My parcel was due on Friday, and it never came."
    wanted: str = "send a courier"
    accepted: str = "refund"


def checked_id(given: str) -> str:
    """The id, if it can be one. Raises ``UsageError``."""
    if not ID_PATTERN.fullmatch(given):
        remedy = "begin with a small letter, then small letters, digits and _: late_parcel"
        raise UsageError(f"{given!r} cannot be an id", remedy=remedy)
    return given


def preset_named(given: str) -> str | None:
    """The preset of this name, with or without its underscore; None when it is no preset."""
    return next((preset for preset in PRESETS if given in (preset, preset.removeprefix("_"))), None)


def copied_text(text: str, source: str, new_id: str) -> str:
    """Another caller's file under a new id, all of its comments in it."""
    copied, count = _ID_LINE.subn(f"id: {new_id}", text, count=1)
    if not count:
        raise UsageError(f"{source} has no line `id:`", remedy="start from another one")
    return f"# Begun from {source}.\n{copied}"


def new_text(answers: Answers, file: str) -> str:
    """A file in today's format; ``file`` is where it will lie, for the commands in its comments."""
    tame = {each.name: _tame(getattr(answers, each.name)) for each in fields(Answers)}
    a = Answers(**{name: text for name, text in tame.items() if text or name in _MAY_BE_EMPTY})
    happened = _sentence(a.happened)
    second = _slug(a.accepted)
    if second == _slug(a.wanted):
        second += "_too"
    accepted = _REMEDY.format(name=_q(second), words=_q(a.accepted), says=_q("I could live with that, I suppose."))
    return _TEMPLATE.format(
        file=file,
        id=_q(a.id),
        preset=a.preset,
        about=PRESETS[a.preset],
        name=_q(a.name),
        title=_q(happened.rstrip(".!?")),
        company=_q(a.company),
        you_are=_q(a.you_are),
        situation=_q(f'A customer calls: "{happened}" You see the case on your screen.'),
        offers="\n".join(f"    - {_q(_sentence(each))}" for each in (a.wanted, a.accepted) if each),
        temper=_temper_comment(a.preset),
        wanted=_REMEDY.format(name=_q(_slug(a.wanted)), words=_q(a.wanted), says=_q("You would do that? Okay. Good.")),
        accepted=f"  accepted:\n{accepted}" if a.accepted and a.accepted != a.wanted else "  accepted: []\n",
        hello=_q("[Hello.|Yeah, hello.] I want to talk to somebody who can sort this out."),
        story=_q(happened),
        again=_q(f"I told you. {happened}"),
        heard=_q(re.sub(r"[^a-z' ]+", "", happened.lower()).strip() or "what happened"),
        today=_q(f"{happened} What are you going to do about it?"),
    )


def _temper_comment(preset: str) -> str:
    """What the preset gives, as comments to be taken in and changed."""
    values: dict[str, Any] = {}
    file = Shelf().find(preset)
    given = read_tree(read_file(file), str(file)).data.get("temper", {})
    usual = {"start": 8.0, "base": 6.0, "half_life_seconds": 240, "relief_scale": 1.0, "provocation_scale": 1.0}
    for name in _SHOWN:
        if name in given or name in usual:
            values[name] = given.get(name, usual.get(name))
    return "".join(f"#  {name}: {value}\n" for name, value in values.items())


def _tame(text: str) -> str:
    """Braces and brackets mean something in lines; here they are only words."""
    return " ".join(text.translate(str.maketrans("{}[]|", "()()/")).split())


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _q(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _slug(words: str) -> str:
    parts = [part for part in re.split(r"[^a-z0-9]+", words.lower()) if part][:_LONGEST_NAME_WORDS]
    name = "_".join(parts) or "remedy"
    return name if name[0].isalpha() else f"the_{name}"


_REMEDY = """\
    - name: {name}
      words: [{words}]   # what offering it sounds like; add four or five ways to say it
      says: [{says}]
"""

_TEMPLATE = """\
# A caller of yours. It plays as it stands; every line is there to be changed.
#   voicecoach persona check {file}          what is wrong with it, line by line
#   voicecoach call {file} --stt typed       talk to it
# Every field is told in docs/personas.md; `voicecoach persona schema` gives your editor completion.
format: 1
id: {id}
extends: {preset}   # {about}
name: {name}
title: {title}

briefing:   # what the trainee reads before the call
  company: {company}
  you_are: {you_are}
  situation: {situation}
  may_offer:
{offers}
  may_not: ["Promise what you cannot keep."]

voice: {{name: en-us+m3, rate_wpm: 170}}   # `voicecoach say "Hello." --persona {file}` to hear it

# How the anger behaves. What stands here comes from {preset}: take the # away and change it.
#temper:
{temper}
facts:   # what the caller can be asked for
  story:
    value: "what happened"
    said: [{again}]
    asked_by: [what happened, the problem, the issue, what is wrong]
    heard_as: [{heard}]
  reference:
    value: five five two nine
    said: ["Five five two nine.", "I gave it to you already. Five five two nine."]
    asked_by: [reference number, order number, account number, customer number]
    heard_as: [five five two nine]
    wrong: [five two five nine]
  called_before:
    value: last week
    said: ["I called last week. Somebody said that it would be looked into."]
    asked_by: [called before, spoken to anyone, first time calling, when did you call]
    heard_as: [called last week]

wants:   # what would settle it, what would do, what is of no use
  wanted:
{wanted}{accepted}  refused:
    - name: wait
      words: [wait a few days, wait and see]
      says: ["I have waited long enough!"]

lines:   # own lines are said first; what is missing comes from {preset}
  opening: [{hello}]
  story:   # said in bursts, with a breath between them that tempts the trainee to come in
    - [{story}, "I called {{called_before}}, and nobody called back.", "I am not going to let this go."]
  complaint:
    hot:   # angry or furious
      - "I have better things to do than to chase you people."
      - "Somebody must have known, and nobody told me."
    cool:   # annoyed or calm
      - "I only want it put right."
  demand:
    hot: ["So what happens now?", {today}]
    cool: ["What can you do about it?"]
  react:   # to what the trainee did, by its id; see docs/techniques.md
    empathize:
      hot: ["You have no idea what this has been like."]
      cool: ["Thank you. It has been a long week."]
"""
