"""Two better sentences for every id, for this call: filled with what the persona's file says of it."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence

from voicecoach.techniques.call_slots import call_slots
from voicecoach.techniques.catalogue_entry import Entry

_BRIEF: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "acknowledge": (
        ("Mm-hm, I see: {story}. Go on.", "Mm-hm, {matter}. Go on."),
        ("I hear you. Tell me the rest, {company} should know all of it.",),
    ),
    "paraphrase": (
        ("Let me say it back: {story}.", "Let me say it back: you called because of {matter}."),
        (
            "So {story}, and I have {detail} and {detail2} written down.",
            "So it is about {matter}, and I have {detail} and {detail2} written down.",
        ),
    ),
    "check_understanding": (
        ("So {story}. Have I got that right?", "So it is all about {matter}. Have I got that right?"),
        ("I have {detail} and {detail2} here. Did I leave anything out?",),
    ),
    "clarify": (
        (
            "May I ask two quick questions, so that I find out why {story}?",
            "May I ask two quick questions about {matter}?",
        ),
        ("What else should I know, so that {company} looks in the right place?",),
    ),
    "empathize": (
        ("I can hear how hard it is for you that {story}.", "I can hear how much {matter} means to you."),
        ("It must be exhausting to come to {company} with this and still not know where you stand.",),
    ),
    "validate": (
        ("Anyone would be upset: {story}.", "Anyone would be upset in your place about {matter}."),
        ("You were right to call, and {company} should hear it.",),
    ),
    "relate": (
        ("Oh no. {story}, and now this call on top of it.", "Oh no. You had your heart set on {matter}, hadn't you?"),
        ("Goodness, what a day you have had with {company}.",),
    ),
    "apologize": (
        ("I'm sorry that {story}.", "I'm sorry for all the trouble about {matter}."),
        ("I apologize for what this has cost you, and that nobody at {company} has put it right yet.",),
    ),
    "own": (
        ("Leave it with me: I'll {do}, and I'll stay on it until it is done.",),
        ("You've found your person at {company}. I'll see this through to the end.",),
    ),
    "state_action": (
        ("Here is what I'll do now: {do}.",),
        ("I have your file at {company} in front of me, and I'm starting on it this minute.",),
    ),
    "offer": (
        ("I could {do}, or {do2}.", "I could {do} today."),
        ("Shall I {do}?",),
    ),
    "involve": (
        ("Would you rather have me {do}, or {do2}?",),
        ("What would you like {company} to do, to make this right for you?",),
    ),
    "goodwill": (
        (
            "As a small thank-you for your patience I'd like to {gift}.",
            "As a small thank-you for your patience I'd like to do more than I have to.",
        ),
        ("For the trouble you have had with {company} I'd like to add something extra.",),
    ),
    "exception": (
        ("We don't usually do this, but for you I'll {do}.",),
        ("After all this I'll make an exception, just this once, and {do2}.",),
    ),
    "counteroffer": (
        ("{demand}, I hear that. What I can do is {do}.", "I hear what you are asking for. What I can do is {do}."),
        ("I understand what you'd like. I can {do2} instead.",),
    ),
    "refer": (
        (
            "I'm bringing a colleague onto the line, and I'll tell them myself that {story}.",
            "I'm bringing a colleague onto the line, and I'll tell them myself about {matter}.",
        ),
        ("I'll take this to my supervisor at {company} for you now, and you won't have to tell it again.",),
    ),
    "timeframe": (
        ("By five o'clock today I'll call you and tell you how far we are with this at {company}.",),
        ("Tomorrow morning at nine you hear from me again, whatever I find out.",),
    ),
    "narrate": (
        ("I'm opening your file at {company} now, and I'll tell you what I see.",),
        (
            "I'm reading the notes as we speak, and they say that {story}.",
            "I'm reading the notes as we speak, and they are all about {matter}.",
        ),
    ),
    "authority": (
        ("I can decide that myself, so I'll {do}, and you need to wait for nobody.",),
        ("Let me do that for you; at {company} this is mine to sign.",),
    ),
    "team_up": (
        ("You tell me what you see, I {do}, and we check it together.",),
        ("Let's go through it together: you have the papers, I have the screen at {company}.",),
    ),
    "document": (
        (
            "I've noted that {story}, so you won't have to explain it again.",
            "I've noted everything about {matter}, so you won't have to explain it again.",
        ),
        ("You get it from {company} in writing, in the name of {name}, with a reference number.",),
    ),
    "thank": (
        ("Thank you for telling me that {story}.", "Thank you for telling me about {matter}."),
        ("Thank you for your patience with us at {company}.",),
    ),
    "check_satisfaction": (
        ("If I {do}, does that settle it for you?",),
        ("Is there anything else that {company} should put right?",),
    ),
    "set_boundary": (
        ("I do want to {do}. I can as soon as the insults stop.",),
        ("Please leave that word out, and we'll get this sorted for you at {company}.",),
    ),
    "involve_supervisor": (
        ("I'm letting my supervisor at {company} know what was just said.",),
        ("I'm asking my supervisor for leave to warn you formally; I'd much rather {do}.",),
    ),
    "end_call": (
        ("I asked you to stop using that language, so I'm ending this call for {company} now.",),
        ("Because of the threats I am closing this call; your case with {company} stays open.",),
    ),
}

_INSTEAD: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "calm_down": (
        ("No wonder that you are upset: {story}.", "I can hear how much {matter} upsets you."),
        ("You have every reason to be angry, and I want to {do}.",),
    ),
    "doubt": (
        ("Let's look at it together: you tell me what you see, and I tell you what {company} has here.",),
        ("So {story}. Let me find out how that came about.", "Let me find out how it stands with {matter}."),
    ),
    "blame_customer": (
        ("Let's see what we can do from here: I can {do}.",),
        (
            "However it came about, {story}, and I'll help you with it.",
            "However it came about, I'll help you with {matter}.",
        ),
    ),
    "pass_the_buck": (
        (
            "I'll find out why {story}, and I'll call you with the answer.",
            "I'll find out what happened with {matter}, and I'll call you with the answer.",
        ),
        ("You've reached {company}, and you've reached me: I'll take it from here.",),
    ),
    "cannot": (
        ("What I can do is {do}.",),
        ("I can't undo what happened, but I can {do2}.",),
    ),
    "rush": (
        (
            "Before I do anything, let me make sure that I understand: {story}.",
            "Before I do anything, let me make sure that I understand: it is about {matter}.",
        ),
        ("That sounds exhausting. Tell me the rest, and then I'll {do}.",),
    ),
    "apologize_too_soon": (
        ("{story}: that is really frustrating, and I'm sorry.", "I hear what {matter} means to you, and I'm sorry."),
        ("I can hear what this has cost you with {company}. I apologize for it.",),
    ),
    "dead_air": (
        ("I'm still here: I'm looking into why {story}.", "I'm still here: I'm looking into {matter}."),
        ("Give me a moment to find the best way to {do}.",),
    ),
    "over_apologize": (
        ("Let me do something about it: I'll {do}.",),
        ("You've heard enough apologies from {company}. Here is the next step.",),
    ),
    "admit_fault": (
        ("I'm sorry for what this has done to you. Let me see how it came about that {story}.",),
        ("That is not what you should get from {company}. Let me put it right.",),
    ),
    "disparage_company": (
        ("That is not how it should be at {company}, and I'll change it for you.",),
        (
            "Thank you for telling me that {story}. I'll make sure it is looked at.",
            "Thank you for telling me about {matter}. I'll make sure it is looked at.",
        ),
    ),
    "hold": (
        ("Stay with me while I look: I'm opening your file at {company}, and I'll tell you what I see.",),
        (
            "I need two minutes to find out why {story}. May I, or shall I call you back?",
            "I need two minutes to ask about {matter}. May I, or shall I call you back?",
        ),
    ),
    "overpromise": (
        ("I'll do what is in my power to {do}, and I'll call you either way.",),
        ("I can't speak for everybody at {company}, but I'll see to it myself and call you on Friday.",),
    ),
    "patronize": (
        ("Let me put it another way: I can {do}.",),
        (
            "I see that {story}. Shall we go through it together?",
            "There is a lot behind {matter}. Shall we go through it together?",
        ),
    ),
    "dismiss": (
        ("{story}: that matters, and I'll treat it so.", "I see that {matter} matters to you, and I'll treat it so."),
        ("I see what this has cost you, so let me {do}.",),
    ),
    "defensive": (
        ("You have reason to be angry: {story}.", "I hear how much {matter} means to you."),
        ("I hear you. Let's find out together what went wrong at {company}.",),
    ),
    "hostile": (
        ("Let me take a breath and start again: I'd like to {do}.",),
        ("Let's stay with what matters: {story}.", "Let's stay with what matters, and that is {matter}."),
    ),
    "call_it_outrageous": (
        ("{demand}. Let me tell you what I can do: {do}.", "I hear what you'd like. Let me tell you: I can {do}."),
        ("I understand what you are asking for, and here is what is possible: I can {do2}.",),
    ),
    "authorized_wording": (
        ("I'd like to {do}, just for you.",),
        ("For you I'll {do2}.",),
    ),
}
_TEMPLATES = _BRIEF | _INSTEAD
_SENTENCE_START = re.compile(r"(?:^|(?<=[.?!] ))[a-z]")


def better_sentences(
    entry: Entry, facts: Mapping[str, str], offers: Sequence[str] = (), wanted: Sequence[str] = (), demand: str = ""
) -> tuple[str, str]:
    """Two sentences to try for this id in this call; see ``call_slots`` for what the call is told by.

    Each takes the first wording whose slots the call can fill; where there is none, and for ids that are not in the
    words (or are a coach's own), the entry's own sentence.
    """
    slots = call_slots(facts, offers, wanted, demand)
    first, second = _TEMPLATES.get(entry.id, ((), ()))
    return _filled(first, slots) or entry.say[0], _filled(second, slots) or entry.say[1]


def _filled(wordings: Sequence[str], slots: Mapping[str, str]) -> str:
    for wording in wordings:
        needed = {name for _, name, _, _ in string.Formatter().parse(wording) if name}
        if needed <= slots.keys():
            text = wording.format_map(slots)
            return _SENTENCE_START.sub(lambda start: start[0].upper(), text)
    return ""
