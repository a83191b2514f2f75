"""Plain-text transcripts: who said what, and which of them is the trainee.

Understood are lines such as ``Agent: ...``, ``AGENT> ...``, ``[00:12] Agent ...``, ``Dana (00:12): ...`` and
``**Customer:** ...``; a line without a speaker goes on with the last one's words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.errors import UsageError

_TIME = r"[\[(<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>]?"
_NAME = r"[^\W\d_][\w.'’#-]*(?: [\w.'’#-]+){0,3}(?: ?\([^()]{1,30}\))?"
_NAMED = re.compile(
    rf"[\s*_#-]*(?:{_TIME}[\s*_-]*)?[\s*_]*(?P<who>{_NAME})[\s*_]*(?:{_TIME})?[\s*_]*(?::|>|\||\s[-–—]\s)[\s*_]*(?P<said>.*)"
)
_TIMED = re.compile(rf"\s*{_TIME}\s+(?P<who>[^\W\d_][\w.'’#-]*)\s+(?P<said>.*)")

_AGENT_WORDS = frozenset(
    """agent rep representative advisor adviser operator csr support service care desk helpdesk associate consultant
    trainee employee clerk assistant specialist analyst technician staff advocate teller dispatcher receptionist
    you me""".split()
)
_CALLER_WORDS = frozenset(
    """customer caller client guest user cust member passenger patient consumer buyer subscriber cardholder
    policyholder tenant resident""".split()
)
_AGENTS_SAY = (
    "how can i help",
    "how may i help",
    "how can i assist",
    "how may i assist",
    "for calling",
    "my name is",
    "speaking",
    "may i have your",
    "can i have your",
    "can i take your",
    "your account",
    "let me look",
    "let me check",
    "anything else",
)
"""What is said at one end of the line only, where names tell nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a speaker said, from ``line`` of the text on."""

    line: int
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A call as text. ``trainee`` is one of the speakers, and whether that was ``guessed``; the rest is the caller."""

    turns: tuple[Said, ...]
    trainee: str
    guessed: bool

    @property
    def callers(self) -> tuple[str, ...]:
        """Everybody else, in the order of their first words."""
        return tuple(who for who in dict.fromkeys(turn.who for turn in self.turns) if who != self.trainee)


def read_transcript(lines: Sequence[str], agent: str = "") -> Transcript | None:
    """The transcript that these lines are; None when they have no speakers.

    ``agent`` names the trainee. Raises ``UsageError`` when nobody is called so, or who it is cannot be guessed.
    """
    turns = _turns(lines, agent)
    speakers = list(dict.fromkeys(turn.who for turn in turns))
    named = [who for who in speakers if agent and _is_called(who, agent)]
    if agent and not named:
        heard = f"the speakers are {', '.join(speakers)}" if speakers else "no line begins with a speaker"
        raise UsageError(f"nobody is called {agent!r} here", remedy=heard)
    if not named and not _is_dialogue(turns, lines):
        return None
    trainee = named[0] if named else _guess(turns, speakers)
    return Transcript(tuple(turns), trainee, guessed=not named)


def _turns(lines: Sequence[str], agent: str) -> list[Said]:
    turns: list[Said] = []
    names: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        found = _NAMED.fullmatch(line.strip()) or _timed(line, agent)
        if found is not None:
            who = found["who"].strip()
            turns.append(Said(number, names.setdefault(who.casefold(), who), found["said"].strip()))
        elif turns and line.strip():
            last = turns[-1]
            turns[-1] = Said(last.line, last.who, f"{last.text} {line.strip()}".strip())
    return turns


def _timed(line: str, agent: str) -> re.Match[str] | None:
    """A time and a speaker with nothing between name and words: only names that are roles, or the trainee's."""
    found = _TIMED.fullmatch(line.strip())
    if found is None:
        return None
    who = found["who"].rstrip(":>")
    return found if _role(who) or (agent and _is_called(who, agent)) else None


def _is_dialogue(turns: Sequence[Said], lines: Sequence[str]) -> bool:
    """One ``So: ...`` makes no speaker: there are roles, or two who speak in most of the lines."""
    speakers = Counter(turn.who for turn in turns)
    if any(_role(who) for who in speakers):
        return True
    written = sum(1 for line in lines if line.strip())
    return len(speakers) > 1 and len(turns) * 2 > written and max(speakers.values()) > 1


def _guess(turns: Sequence[Said], speakers: Sequence[str]) -> str:
    agents = [who for who in speakers if _role(who) == "agent"]
    if agents:
        return agents[0]
    others = [who for who in speakers if _role(who) != "caller"]
    if len(others) == 1:
        return others[0]
    signs = Counter[str]()
    for turn in turns:
        if turn.who in others:
            signs[turn.who] += sum(phrase in turn.text.lower() for phrase in _AGENTS_SAY)
    best = signs.most_common(2)
    if best and best[0][1] and (len(best) == 1 or best[0][1] > best[1][1]):
        return best[0][0]
    told = f"say it with --agent NAME; the speakers are {', '.join(speakers)}"
    raise UsageError("it is not clear which speaker is the trainee", remedy=told)


def _role(who: str) -> str:
    """``agent``, ``caller`` or "": a customer-service representative is an agent."""
    words = set(re.findall(r"[a-z]+", who.lower()))
    return "agent" if words & _AGENT_WORDS else "caller" if words & _CALLER_WORDS else ""


def _is_called(who: str, name: str) -> bool:
    return name.lower().strip() in (who.lower(), *re.findall(r"\w+", who.lower()))
