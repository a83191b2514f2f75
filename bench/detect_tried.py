"""What was tried against the confusions of each id, for the error table of ``python -m bench detect``.

True of training on writers left out (``training/README.md``); no line that is measured on was looked at for it.
"""

from __future__ import annotations

TRIED: dict[str, str] = {
    "acknowledge": "nods inside longer turns and the same words that are no nod, as lines of three hands",
    "admit_fault": "lines that name whose fault without 'fault'",
    "authority": "plain 'I can decide that' lines beside refer and own; phrases",
    "blame_customer": "plain lines and a grammar of frames: better on writers left out; still, any words can say it",
    "calm_down": "exceptions for lines, clips and seas that are calmed; told-of and denied ones",
    "cannot": "refusals without 'can't'; alternatives in the same turn (rule 21) stay hard: they are any words",
    "check_satisfaction": "'happy with that?' lines of five Englishes",
    "check_understanding": "tags (right?, is that it?) beside clarify; a misheard tag is lost",
    "clarify": "questions on the matter beside look-up questions (rule 1); which is which needs to know the trade",
    "counteroffer": "features of what the turn repeats of the caller's words; their numbers",
    "defensive": "lines without 'my job' and 'my fault'; beside hostile",
    "disparage_company": "plain lines and a grammar; criticism without a word for bad stays hard",
    "dismiss": "plain lines and a grammar; sarcastic ones are hostile as well and are missed as that",
    "document": "lines beside state_action with the same verbs (rule 12)",
    "doubt": "plain questions beside clarify ('did you get a text?'); intonation would tell, text does not",
    "empathize": "feelings named without 'understand'",
    "exception": "one-off favours in plain words",
    "goodwill": "own money back beside gifts (rule 14)",
    "hold": "'stay there', music, mute; holds of cards and of the caller's own",
    "hostile": "plain sarcasm, echo and threat, their words meant kindly, a grammar; features of echo",
    "involve": "choices beside single proposals (rule 15)",
    "involve_supervisor": "threat lines beside refer",
    "narrate": "look-ups told as they go, beside state_action; a bare result read out carries nothing (rule 1)",
    "offer": "colloquial offers of five Englishes; word groups, for things never trained on",
    "own": "taking charge without 'leave it with me'; beside state_action (rule 17)",
    "paraphrase": "retellings without 'so you'; share of the caller's words, numbers, word groups",
    "pass_the_buck": "plain lines and a grammar; who is blamed can be any noun: word groups",
    "patronize": "plain lines and a grammar",
    "refer": "patching in and taking along, beside involve_supervisor",
    "relate": "gasps and ties to life beside sarcastic ones",
    "state_action": "colloquial steps done, being done, promised; a second stage over the scores: no gain",
    "team_up": "two-part turns without 'together'",
    "timeframe": "days and clock times beside opening hours and past waits (rule 16)",
    "validate": "'fair point', 'I would too', agreement in other words",
}


def tried(id_: str) -> str:
    """What was tried for the id; "" where nothing was needed."""
    return TRIED.get(id_, "")
