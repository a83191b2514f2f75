"""Words that say whether an English sentence can stop after them; lower case, unpunctuated, as recognisers write."""

from __future__ import annotations

from collections.abc import Sequence


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def ends_in(words: Sequence[str], endings: Sequence[str]) -> bool:
    """Whether the last words are one of these endings."""
    text = " " + " ".join(words)
    return any(text.endswith(" " + ending) for ending in endings)


FILLERS = word_set("um umm uh uhm uhh er erm hmm like basically")
CONJUNCTIONS = word_set(
    "and but or nor because cause cos so if unless until till while whilst although though since whereas whether than "
    "as when whenever where that which who whom whose plus except"
)
DETERMINERS = word_set(
    "the a an my your our their its his every each either neither both another these those any some no other "
    "certain several whose"
)
PREPOSITIONS = word_set(
    "of to for with from at by into onto upon about between among through during without within per via under "
    "towards toward against regarding concerning despite across including like after before behind beside beyond near"
)
PLACE_WORDS = word_set("in on")
"""Prepositions that as often close a phrasal verb: "log in", "hold on"."""

PHRASAL_VERBS = word_set(
    "log logged logging sign signed signing come coming came hang hanging hold holding go going turn turned switch "
    "switched plug plugged fill put putting moving carry carrying get getting working fitted step chip kick kicked "
    "drop dropped check checking joined join keep add added earlier is it that this them you me everything"
)
AUXILIARIES = word_set(
    "am is are was were be been being have has had having do does did will would can could shall should may might must "
    "cannot gonna wanna gotta let lets"
)
BE_HAVE_DO = word_set("am is are was were have has had do does did will would can could shall should may might must")
NEGATED = word_set(
    "don't doesn't didn't can't couldn't won't wouldn't isn't aren't wasn't weren't haven't hasn't hadn't shouldn't "
    "mustn't not never"
)
CONTRACTIONS = word_set(
    "i'm i'll i've i'd you're you'll you've you'd we're we'll we've we'd they're they'll they've they'd he's he'll "
    "he'd she's she'll she'd it's it'll that's that'll there's there'll here's what's who's where's how's let's"
)
SUBJECTS = word_set("i we they he she")
"""Pronouns that are only ever subjects, so a verb has to follow."""

ANY_SUBJECTS = SUBJECTS | word_set("you it that this there everything nothing something nobody everyone someone")
QUESTION_SUBJECTS = ANY_SUBJECTS | word_set("the your my our these those any anything anyone")
WH_WORDS = word_set("what when where why how who which whose")
HALF_VERBS = word_set(
    "get got give gave gives giving make makes made making take takes taking took put bring send sends sending offer "
    "offering provide providing want wants wanted need needs needed include means seems seem became become becomes "
    "keep ensure explain bear finding getting putting bringing try trying"
)
"""Verbs that need an object or more after them."""

GIVING_VERBS = word_set(
    "give gave giving offer offering send sending get getting let make making want need ask bring show hand grant "
    "credit refund wish tell telling have had see owe owes"
)
"""Verbs that with a person after them still want the thing: "let me", "offer you", "i need you"."""

PERSONS = word_set("you him her them us me")
RELATIVE_OPENERS = word_set(
    "what whatever anything everything all something nothing thing things whichever much one else"
)
DEGREE_WORDS = word_set(
    "very really quite extremely incredibly fully completely currently actually probably also even just only rather "
    "almost nearly such most personally definitely obviously immediately simply truly sincerely genuinely still "
    "always certainly exactly totally absolutely mister mrs ms doctor dr"
)
"""Words that lean on the next one (some also stand alone: see `STANDING_ALONE`)."""

LEANING_ADJECTIVES = word_set("whole own same last next new full half entire main upcoming authorised authorized")
WEAK_ENDINGS = word_set(
    "this these all one go going gone see call over thing nothing nobody more first do tell telling hear anything "
    "anyone something everything name open stay look read left leave come coming went straight good ring ever feel "
    "wait say says said told long sure ask asking else her him his use sorry hold"
)
"""Last words of many a clause that goes on: fewer than one in five of them end a sentence in labelled agents' lines."""

WHOLE_BEFORE_YOU = word_set("for thank with help on at to about bothering upset frustrated")
"""Before a last "you"; after other words ("i'll call you") something mostly follows."""

STANDING_ALONE = word_set(
    "no absolutely exactly definitely certainly totally actually personally really still immediately"
)
SUBORDINATORS = word_set("if when once because since although though while as whenever unless until after before")

DIGITS = word_set("zero oh nought one two three four five six seven eight nine double triple")
NUMBER_WORDS = DIGITS | word_set(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred thousand million point"
)
SINGLE_NUMBER_BEFORE = word_set(
    "this that the other another which no any every each last next first only new right wrong more all at by before "
    "until till past to around about number option line gate step platform terminal zone band tier page building flat "
    "apartment floor room for"
)
"""Before a single number word these make a whole of it: "the other one", "by five", "option two"."""

TIME_BEFORE = word_set("at by before after until till past around about")

WHOLE_DIGIT_RUNS = frozenset({8, 10, 11, 12, 16})
"""How long account, telephone and card numbers are; a shorter run is still being read out."""

ZERO = word_set("zero oh nought")
LEAST_TELEPHONE_DIGITS = 10
"""What begins with a zero and is longer than a code is mostly a telephone number, of ten or eleven digits."""

SHORT_WHOLE_DIGIT_RUNS = frozenset({3, 4, 6})
SHORT_RUN_HINTS = word_set("last final first ending ends code pin digits extension sort")

CLAUSE_BORDERS = CONJUNCTIONS | word_set("okay right well please now then sure sorry alright yes no")
"""After one of these a clause may begin."""

CLOSINGS = (
    "please", "thank you", "thanks", "anything else", "help you with", "help with", "for you today", "for you",
    "is that okay", "is that right", "is that correct", "is that all right", "if that's okay", "if that's all right",
    "of course", "not at all", "you're welcome",
    "no problem", "no worries", "take care", "goodbye", "bye", "bye bye", "go ahead", "go on",
    "take your time", "one moment", "one second", "my pleasure", "right away", "straight away",
    "as soon as possible", "as soon as i can", "tell me more", "i'm listening", "hang on", "bear with me",
)  # fmt: skip
"""Endings that close a turn however it began."""

TAGS = (
    "right", "correct", "okay", "ok", "isn't it", "is it", "doesn't it", "does it", "don't you", "do you",
    "haven't you", "didn't it", "won't it", "aren't you", "wasn't it", "yeah", "yes",
)  # fmt: skip
"""Endings that make a question of the clause before them."""

REQUESTED = word_set("confirm verify describe explain provide spell read specify state")
"""What an agent asks for with "could you": the thing itself has to follow."""
