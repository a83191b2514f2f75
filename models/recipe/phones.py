"""The phone set, and how phones, pdfs and transition ids are numbered in the model.

Each phone is one emitting state with two pdfs: the pdf of the frame that enters the phone and the pdf of the frames
that stay in it. Word positions (_B begin, _E end, _I internal, _S single) exist only so that Vosk can find word
boundaries: all positions of a phone share their pdfs.
"""

from __future__ import annotations

SILENCE = "SIL"
UNKNOWN_SPEECH = "SPN"
CMU_PHONES = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
).split()
BASE_PHONES = [SILENCE, UNKNOWN_SPEECH, *CMU_PHONES]
BASE_INDEX = {phone: index for index, phone in enumerate(BASE_PHONES)}

POSITION_PHONES = [SILENCE, UNKNOWN_SPEECH] + [phone + "_" + place for phone in CMU_PHONES for place in "BEIS"]
PHONE_ID = {phone: index + 1 for index, phone in enumerate(POSITION_PHONES)}

PDF_COUNT = 2 * len(BASE_PHONES)
TRANSITION_COUNT = 2 * len(POSITION_PHONES)


def enter_pdf(base_phone: str) -> int:
    """Pdf of the first frame of a phone."""
    return 2 * BASE_INDEX[base_phone]


def stay_pdf(base_phone: str) -> int:
    """Pdf of every later frame of a phone."""
    return 2 * BASE_INDEX[base_phone] + 1


def base_phone_of(position_phone: str) -> str:
    """`AH_B` -> `AH`; silence and unknown speech have no position."""
    return position_phone.split("_")[0]


def stay_transition(position_phone: str) -> int:
    """Transition id of a phone's self-loop."""
    return 2 * PHONE_ID[position_phone] - 1


def enter_transition(position_phone: str) -> int:
    """Transition id that consumes the first frame of a phone."""
    return 2 * PHONE_ID[position_phone]


def with_positions(phones: list[str]) -> list[str]:
    """Mark the word position on each phone of one word."""
    if phones == [UNKNOWN_SPEECH]:
        return phones
    if len(phones) == 1:
        return [phones[0] + "_S"]
    return [phones[0] + "_B", *[phone + "_I" for phone in phones[1:-1]], phones[-1] + "_E"]


def boundary_kind(position_phone: str) -> str:
    """The word `word_boundary.int` uses for a phone's place in a word."""
    if position_phone == SILENCE:
        return "nonword"
    if position_phone == UNKNOWN_SPEECH:
        return "singleton"
    return {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}[position_phone[-1]]
