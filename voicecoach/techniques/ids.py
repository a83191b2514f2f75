"""The ids of the technique catalogue, as plain names: cheap to import where only a name has to be checked."""

from __future__ import annotations

TECHNIQUES: tuple[str, ...] = (
    "listen",
    "acknowledge",
    "paraphrase",
    "check_understanding",
    "clarify",
    "empathize",
    "validate",
    "relate",
    "apologize",
    "own",
    "state_action",
    "offer",
    "involve",
    "goodwill",
    "exception",
    "counteroffer",
    "refer",
    "timeframe",
    "narrate",
    "authority",
    "team_up",
    "document",
    "thank",
    "check_satisfaction",
    "set_boundary",
    "involve_supervisor",
    "end_call",
)
"""What calms a caller, in the order of the HEAT steps, and the three ids of the abuse protocol."""

MISTAKES: tuple[str, ...] = (
    "interrupt",
    "calm_down",
    "doubt",
    "blame_customer",
    "pass_the_buck",
    "cannot",
    "rush",
    "apologize_too_soon",
    "over_apologize",
    "admit_fault",
    "disparage_company",
    "hold",
    "overpromise",
    "patronize",
    "dismiss",
    "defensive",
    "hostile",
    "raised_voice",
    "call_it_outrageous",
    "authorized_wording",
    "dead_air",
    "hang_up",
)
"""What angers a caller."""

IDS: tuple[str, ...] = TECHNIQUES + MISTAKES

UNSPOKEN: frozenset[str] = frozenset(
    {"listen", "interrupt", "rush", "apologize_too_soon", "raised_voice", "dead_air", "hang_up"}
)
"""Found by timing, order or sound, never by the words of one turn alone."""

TEXT_IDS: tuple[str, ...] = tuple(id_ for id_ in IDS if id_ not in UNSPOKEN)
"""Found in the words of one turn."""
