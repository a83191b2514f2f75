"""What the caller says: shaped by what the trainee did last, never the same line twice, the same for the same seed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.persona.dialogue import Dialogue, Memory, Reply, Situation
from voicecoach.persona.file import Persona, known_ids
from voicecoach.persona.listening import RemedyKind
from voicecoach.persona.loading import load, loads, source_text
from voicecoach.persona.remedy import NO_REMEDY, RemedyJudgement, judge_remedy
from voicecoach.values import Band, Detection, Mood

ANGER_OF = {Band.CALM: 1.5, Band.ANNOYED: 4.0, Band.ANGRY: 6.0, Band.FURIOUS: 8.5}
TEXTS = (
    "okay",
    "i'm so sorry that happened to you",
    "can i have your account number please",
    "so it was charged twice on the third is that right",
    "so the flight was on thursday",
    "i can refund you right now",
    "i'll rebook you on friday",
    "have a voucher",
    "how can i help you today",
    "may i ask you a few questions",
    "what colour is it",
    "",
)


def situation(
    persona: Persona,
    text: str,
    *causes: str,
    band: Band = Band.ANGRY,
    heard: float = 0.3,
    resolution: float = 0.0,
    turn: int = 1,
    warned: bool = False,
    interrupted: bool = False,
    unsaid: tuple[str, ...] = (),
    stuck: int = 0,
) -> Situation:
    found = tuple(Detection(cause, text, (0, len(text.split())), 1.0) for cause in causes)
    remedy = judge_remedy(persona, text, found)
    mood = Mood(ANGER_OF[band], heard, resolution)
    return Situation(mood, band, text, found, turn, remedy, warned, interrupted, unsaid, stuck)


def answered(persona: Persona, given_situation: Situation, memory: Memory | None = None, seed: int = 1) -> Reply:
    return Dialogue(persona, seed).answer(given_situation, memory or Memory())[0]


def lines_of(persona: Persona, pool: str, band: Band) -> frozenset[str]:
    """Every wording that this pool can say in this band."""
    numbers = [n for tier in persona.repertoire.pools[pool, band].tiers for n in tier]
    return frozenset(text for n in numbers for burst in persona.repertoire.wordings[n] for text in burst)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    text = draw(st.sampled_from(TEXTS))
    causes = draw(st.lists(st.sampled_from(sorted(known_ids())), max_size=4))
    found = tuple(Detection(c, text, (0, len(text.split())), draw(st.sampled_from([0.4, 0.7, 1.0]))) for c in causes)
    band = draw(st.sampled_from(Band))
    mood = Mood(ANGER_OF[band], draw(st.floats(0, 1)), draw(st.sampled_from([0, 0.3, 0.5, 0.8, 1.0])))
    kinds: list[RemedyKind | None] = [None, "wanted", "accepted", "refused", "unknown"]
    kind = draw(st.sampled_from(kinds))
    return Situation(
        mood,
        band,
        text,
        found,
        turn=1,
        remedy=RemedyJudgement(kind, draw(st.sampled_from(["", "refund", "voucher"])), draw(st.booleans())),
        warned=draw(st.booleans()),
        interrupted=draw(st.booleans()),
        unsaid=draw(st.sampled_from([(), ("As I was saying.",), ("One.", "Two.", "Three.")])),
        turns_without_progress=draw(st.integers(0, 5)),
    )


CALLS = st.lists(situations(), min_size=1, max_size=12)
CALLERS = {name: load(name) for name in ("double_charge", "cancelled_flight")}
callers = st.sampled_from(sorted(CALLERS)).map(CALLERS.__getitem__)


def whole_call(persona: Persona, seed: int, call: list[Situation]) -> Iterator[Reply]:
    dialogue, memory = Dialogue(persona, seed), Memory()
    reply, memory = dialogue.open(memory)
    yield reply
    for step in call:
        reply, memory = dialogue.answer(step, memory)
        yield reply


# ----------------------------------------------------------------------------------------------- whatever is said to it


@given(callers, st.integers(), CALLS)
def test_there_always_is_an_answer_and_no_slot_is_left_open(persona: Persona, seed: int, call: list[Situation]) -> None:
    for reply in whole_call(persona, seed, call):
        assert reply.move
        assert reply.bursts
        for burst in reply.bursts:
            assert burst.strip()
            assert not set(burst) & set("{}[]|")


@given(callers, st.integers(), CALLS)
def test_the_same_seed_makes_the_same_call(persona: Persona, seed: int, call: list[Situation]) -> None:
    assert list(whole_call(persona, seed, call)) == list(whole_call(persona, seed, call))


REBUILT = {name: loads(source_text(persona)) for name, persona in CALLERS.items()}


@given(callers, st.integers(), CALLS)
def test_a_caller_rebuilt_from_a_journal_makes_the_same_call(
    persona: Persona, seed: int, call: list[Situation]
) -> None:
    assert list(whole_call(REBUILT[persona.id], seed, call)) == list(whole_call(persona, seed, call))


@given(callers, st.integers(), st.sampled_from(Band), st.data())
def test_no_line_comes_twice_while_others_of_its_kind_are_unsaid(
    persona: Persona, seed: int, band: Band, data: st.DataObject
) -> None:
    moves = sorted({move for move, fits in persona.repertoire.pools if fits is band and move in PLAIN_MOVES})
    move = data.draw(st.sampled_from(moves))
    pool = persona.repertoire.pools[move, band]
    count = sum(len(tier) for tier in pool.tiers)
    dialogue, memory = Dialogue(persona, seed), Memory()
    said = []
    for _ in range(count):
        _, memory = dialogue.say_move(move, band, memory)
        said.append(memory.last)
    assert len(set(said)) == count
    if count > 1:
        dialogue.say_move(move, band, memory)
        _, after = dialogue.say_move(move, band, memory)
        assert after.last != memory.last, "not even then the same line twice in a row"


PLAIN_MOVES = frozenset("complaint demand repeat silence interrupted interjection supervisor hang_up not_known".split())


def test_own_lines_come_before_inherited_ones(shipped: Persona) -> None:
    own = set(shipped.lines.repeat["hot"])
    dialogue, memory = Dialogue(shipped, 3), Memory()
    for _ in own:
        reply, memory = dialogue.say_move("repeat", Band.ANGRY, memory)
        assert set(reply.bursts) <= own


def test_two_seeds_make_different_calls(shipped: Persona) -> None:
    call = [situation(shipped, text, "empathize") for text in TEXTS[:6]]
    calls = {tuple(reply.bursts for reply in whole_call(shipped, seed, call)) for seed in range(20)}
    assert len(calls) == 20


def test_a_long_call_repeats_no_line(shipped: Persona) -> None:
    """Five minutes: about 24 turns, a mixture of everything."""
    steps = ["empathize", "apologize", "own", "clarify", "cannot", "paraphrase", "narrate", "thank", "acknowledge"]
    said: list[str] = []
    dialogue, memory = Dialogue(shipped, 5), Memory()
    reply, memory = dialogue.open(memory)
    said += reply.bursts
    for turn in range(24):
        band = (Band.FURIOUS, Band.ANGRY, Band.ANNOYED)[turn // 8]
        step = situation(shipped, "and what about it", steps[turn % len(steps)], band=band, turn=turn)
        reply, memory = dialogue.answer(step, memory)
        said += reply.bursts
    assert len(said) == len(set(said))
    assert len(said) > 30


# ------------------------------------------------------------------------- what was said last shapes what is said next


def test_the_call_opens_with_the_story_in_bursts(shipped: Persona) -> None:
    reply, memory = Dialogue(shipped, 1).open(Memory())
    assert reply.move == "opening"
    assert len(reply.bursts) >= 4
    assert set(reply.bursts[1:]) <= lines_of(shipped, "story", shipped.start_band)
    assert memory.replies == 1


def test_a_question_about_a_fact_is_answered(small: Persona) -> None:
    for band in Band:
        reply = answered(small, situation(small, "can i have the order number", "clarify", band=band))
        assert reply.move == "answer"
        assert "two two nine" in reply.bursts[0].lower()


def test_two_questions_in_one_turn_are_both_answered(small: Persona) -> None:
    reply = answered(small, situation(small, "what's the order number and how many lamps was it", "clarify"))
    assert "two two nine" in reply.bursts[0].lower()
    assert "three lamps" in reply.bursts[0].lower()


def test_asked_again_the_caller_says_so(small: Persona) -> None:
    dialogue = Dialogue(small, 1)
    question = situation(small, "can i have the order number", "clarify")
    _, memory = dialogue.answer(question, Memory())
    reply, _ = dialogue.answer(question, memory)
    assert reply.move == "answer_again"
    assert "two two nine" in reply.bursts[0].lower()


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("what colour is the box", "not_known"),
        ("may i ask you a few questions", "go_ahead"),
        ("is that order two two nine", "confirm_fact"),
    ],
)
def test_other_questions_get_a_human_answer(small: Persona, text: str, move: str) -> None:
    text = text.replace("is that order", "is your order number")
    assert answered(small, situation(small, text, "clarify")).move == move


def test_asked_what_they_would_like_they_do_not_tell_the_story_again(shipped: Persona) -> None:
    reply = answered(shipped, situation(shipped, "what would you like to see happen", "involve"))
    assert reply.move == "react.involve"


def test_asked_to_say_it_again_the_caller_does(small: Persona) -> None:
    dialogue = Dialogue(small, 1)
    first, memory = dialogue.answer(situation(small, "can i have the order number", "clarify"), Memory())
    again, _ = dialogue.answer(situation(small, "sorry could you repeat that"), memory)
    assert again.move == "said_again"
    assert first.bursts[-1] in again.bursts[0]


def test_what_is_of_no_use_is_refused_even_after_all_is_settled(small: Persona) -> None:
    dialogue, memory = Dialogue(small, 1), Memory()
    _, memory = dialogue.answer(situation(small, "i'll send new lamps by friday", "offer", resolution=1.0), memory)
    reply, _ = dialogue.answer(situation(small, "have a voucher", "offer", resolution=1.0), memory)
    assert reply.move == "refuse_offer"


def test_a_detail_that_is_asked_for_again_is_told_and_other_agains_ask_for_nothing(small: Persona) -> None:
    dialogue = Dialogue(small, 1)
    _, memory = dialogue.answer(situation(small, "can i have the order number", "clarify"), Memory())
    order, _ = dialogue.answer(situation(small, "what was the order number again"), memory)
    promise, _ = dialogue.answer(situation(small, "i promise it will never happen again", "overpromise"), memory)
    assert order.move == "answer_again"
    assert promise.move == "react.overpromise"


def test_a_goodbye_before_anything_is_settled_is_not_taken(small: Persona) -> None:
    assert answered(small, situation(small, "have a nice day goodbye")).move == "react.end_call"


@pytest.mark.parametrize("text", ["good morning how can i help you", "brightly lamps how may i help you"])
def test_how_can_i_help_is_answered_with_what_is_wanted(small: Persona, text: str) -> None:
    reply = answered(small, situation(small, text))
    assert reply.move == "greeted"
    assert len(reply.bursts) > 1


def test_a_wrong_paraphrase_is_corrected_with_the_right_detail(small: Persona) -> None:
    for band in Band:
        reply = answered(small, situation(small, "so two lamps came broken", "paraphrase", band=band))
        assert reply.move == "correct"
        assert "three lamps" in reply.bursts[0].lower()


def test_a_right_paraphrase_is_confirmed(small: Persona) -> None:
    reply = answered(small, situation(small, "so three lamps came broken", "paraphrase", "check_understanding"))
    assert reply.move == "confirm"


def test_asked_whether_a_paraphrase_is_right_they_do_not_answer_with_the_details_in_it(small: Persona) -> None:
    text = "so three lamps came with no order number is that right"
    assert answered(small, situation(small, text, "paraphrase", "check_understanding")).move == "confirm"
    assert answered(small, situation(small, text, "clarify")).move == "answer"


def test_a_paraphrase_that_asks_for_a_yes_and_names_what_it_asks_gets_a_yes(small: Persona) -> None:
    text = "so your order number two two nine came with three lamps is that right"
    assert answered(small, situation(small, text, "paraphrase", "check_understanding")).move == "confirm"


def test_a_bare_nod_lets_an_unheard_caller_go_on(small: Persona) -> None:
    assert answered(small, situation(small, "mm hm go on", "acknowledge", heard=0.2)).move == "vent"
    assert answered(small, situation(small, "mm hm go on", "acknowledge", heard=0.8)).move == "react.acknowledge"


@pytest.mark.parametrize(
    ("text", "causes", "resolution", "move"),
    [
        ("i'll send new lamps", ("offer", "timeframe"), 1.0, "accept"),
        ("i'll refund you", ("offer",), 0.5, "ask_when"),
        ("i'll refund you by friday", ("offer", "timeframe"), 0.8, "accept"),
        ("have a voucher", ("offer",), 0.0, "refuse_offer"),
        ("i can offer my sympathy", ("offer",), 0.3, "weigh_offer"),
    ],
)
def test_an_offer_is_weighed(small: Persona, text: str, causes: tuple[str, ...], resolution: float, move: str) -> None:
    reply = answered(small, situation(small, text, *causes, resolution=resolution))
    assert reply.move == move


def test_an_offer_of_something_known_gets_its_own_answer(small: Persona) -> None:
    reply = answered(small, situation(small, "have a voucher", "offer"))
    assert reply.bursts[0] == "A voucher? For more broken lamps?"


def test_after_a_remedy_without_a_time_the_caller_asks_when(small: Persona) -> None:
    reply = answered(small, situation(small, "i'll send new lamps", "offer", resolution=1.0))
    assert reply.bursts[0] == "New ones? That would do it."
    assert reply.bursts[1] in lines_of(small, "ask_when", Band.ANGRY)


def test_more_on_top_of_a_settled_matter_is_a_bonus(small: Persona) -> None:
    dialogue = Dialogue(small, 1)
    settled = situation(small, "i'll send new lamps by friday", "offer", "timeframe", resolution=1.0)
    _, memory = dialogue.answer(settled, Memory())
    more = situation(small, "and i'll refund you too", "offer", band=Band.CALM, resolution=1.0)
    assert dialogue.answer(more, memory)[0].move == "bonus"


@pytest.mark.parametrize("cause", ["calm_down", "doubt", "blame_customer", "cannot", "hostile", "patronize", "dismiss"])
@pytest.mark.parametrize("band", list(Band))
def test_a_mistake_gets_its_reaction(shipped: Persona, cause: str, band: Band) -> None:
    reply = answered(shipped, situation(shipped, "well sir", "empathize", cause, band=band))
    assert reply.move == f"react.{cause}"
    assert reply.bursts[0] in lines_of(shipped, f"react.{cause}", band)


@pytest.mark.parametrize(
    "cause", ["empathize", "validate", "apologize", "own", "involve", "narrate", "thank", "refer", "acknowledge"]
)
@pytest.mark.parametrize("band", list(Band))
def test_a_technique_gets_its_reaction(shipped: Persona, cause: str, band: Band) -> None:
    reply = answered(shipped, situation(shipped, "well ma'am", cause, band=band))
    assert reply.move == f"react.{cause}"


def test_the_worst_of_two_mistakes_is_answered(small: Persona) -> None:
    reply = answered(small, situation(small, "whatever", "over_apologize", "hostile", "dismiss"))
    assert reply.move == "react.hostile"


def test_a_question_comes_before_a_lesser_mistake_and_after_a_worse_one(small: Persona) -> None:
    lesser = situation(small, "sorry sorry the order number please", "over_apologize", "clarify")
    worse = situation(small, "calm down the order number please", "calm_down", "clarify")
    assert answered(small, lesser).move == "answer"
    assert answered(small, worse).move == "react.calm_down"


def test_cut_off_the_caller_insists_and_goes_on(small: Persona) -> None:
    rest = ("The box was open.", "I waited three weeks for it.", "Three!")
    hot = situation(small, "but sir", "interrupt", interrupted=True, unsaid=rest, band=Band.FURIOUS)
    cool = situation(small, "but sir", "interrupt", interrupted=True, unsaid=rest, band=Band.ANNOYED)
    assert answered(small, hot).move == "interrupted"
    assert answered(small, hot).bursts[1:] == rest[:2]
    assert answered(small, cool).bursts[1:] == rest[:1]


def test_a_settled_and_calm_caller_thanks_and_says_sorry_once(shipped: Persona) -> None:
    dialogue, memory = Dialogue(shipped, 1), Memory()
    closing_up = situation(shipped, "anything else", "check_satisfaction", band=Band.CALM, heard=0.9, resolution=1.0)
    first, memory = dialogue.answer(closing_up, memory)
    second, memory = dialogue.answer(closing_up, memory)
    last, _ = dialogue.say_move("closing", Band.CALM, memory)
    sorry = lines_of(shipped, "sorry", Band.CALM)
    assert first.move == "thanks"
    assert set(first.bursts) & sorry
    assert not set(second.bursts) & sorry
    assert last.move == "closing"
    assert not set(last.bursts) & sorry


def test_a_caller_who_is_not_heard_goes_on_telling(shipped: Persona) -> None:
    more = lines_of(shipped, "vent", Band.FURIOUS) | lines_of(shipped, "complaint", Band.FURIOUS)
    told = 0
    for seed in range(20):
        reply = answered(shipped, situation(shipped, "i see", "empathize", band=Band.FURIOUS, heard=0.1), seed=seed)
        told += bool(set(reply.bursts) & more)
    assert told >= 12


def test_a_caller_who_is_heard_gets_to_the_point(shipped: Persona) -> None:
    demands = lines_of(shipped, "demand", Band.ANNOYED)
    for seed in range(20):
        heard = situation(shipped, "i see", "empathize", band=Band.ANNOYED, heard=0.9)
        assert answered(shipped, heard, seed=seed).bursts[-1] in demands


def test_turn_after_turn_without_progress_is_told(small: Persona) -> None:
    reply = answered(small, situation(small, "lovely weather", heard=0.8, stuck=3))
    assert reply.move == "stall"


def test_the_unreasonable_is_demanded_until_the_caller_feels_heard(small: Persona) -> None:
    def demand(heard: float) -> str:
        return answered(small, situation(small, "that's a lot", "validate", band=Band.ANNOYED, heard=heard)).bursts[-1]

    assert demand(0.2) == "I want ten lamps for this, free."
    assert demand(0.8) != "I want ten lamps for this, free."


# --------------------------------------------------------------------------------------------------- abuse, and its end


def abusive(text: str, level: int) -> Persona:
    return loads(
        text.replace("extends: _common", f"extends: _common\ntemper: {{abuse_level: {level}}}").replace(
            "lines:\n", 'lines:\n  threat: ["I know where your office is."]\n'
        )
    )


def test_a_civil_caller_never_swears(small: Persona) -> None:
    for seed in range(50):
        assert not answered(small, situation(small, "no", "hostile", band=Band.FURIOUS), seed=seed).abusive


def test_level_one_swears_when_provoked_and_only_then(small_text: str) -> None:
    caller = abusive(small_text, 1)
    provoked = [answered(caller, situation(caller, "no", "dismiss", band=Band.FURIOUS), seed=s) for s in range(50)]
    soothed = [answered(caller, situation(caller, "oh", "empathize", band=Band.FURIOUS), seed=s) for s in range(50)]
    assert 10 < sum(reply.abusive for reply in provoked) < 50
    assert not any(reply.abusive for reply in soothed)
    assert not Dialogue(caller, 1).open(Memory())[0].abusive


def test_level_two_insults_from_the_start_and_stops_when_warned(small_text: str) -> None:
    caller = abusive(small_text, 2)
    assert Dialogue(caller, 1).open(Memory())[0].abusive
    warned = situation(caller, "please stop swearing", "set_boundary", band=Band.FURIOUS, warned=True)
    assert answered(caller, warned).move == "warned"
    later = [
        answered(caller, situation(caller, "so", "own", band=Band.FURIOUS, warned=True), seed=s) for s in range(50)
    ]
    assert not any(reply.abusive for reply in later)


def test_level_three_goes_on_after_a_warning_and_ends_in_threats(small_text: str) -> None:
    caller = abusive(small_text, 3)
    warned = situation(caller, "please stop swearing", "set_boundary", band=Band.FURIOUS, warned=True)
    dialogue, memory, replies = Dialogue(caller, 1), Memory(), []
    for _ in range(4):
        reply, memory = dialogue.answer(warned, memory)
        replies.append(reply)
    assert all(reply.abusive for reply in replies)
    assert "I don't give a bleep about your warning." in replies[0].bursts
    assert [reply.threat for reply in replies] == [False, True, False, False]
    assert "I know where your office is." in replies[1].bursts


def test_words_about_a_warning_wait_for_one(small_text: str) -> None:
    caller = abusive(small_text, 3)
    furious = situation(caller, "no", "hostile", band=Band.FURIOUS)
    said = {text for seed in range(60) for text in answered(caller, furious, seed=seed).bursts}
    assert not any("warning" in text for text in said)


def test_a_caller_with_threats_makes_one_the_second_time(small_text: str) -> None:
    caller = abusive(small_text, 2)
    soothed = situation(caller, "oh", "empathize", band=Band.FURIOUS)
    threats = 0
    for seed in range(50):
        dialogue = Dialogue(caller, seed)
        opening, memory = dialogue.open(Memory())
        assert not opening.threat
        threats += dialogue.answer(soothed, memory)[0].threat
    assert 20 < threats < 45


def test_level_three_gives_in_once_it_is_calmer(small_text: str) -> None:
    caller = abusive(small_text, 3)
    warned = situation(caller, "please stop swearing", "set_boundary", band=Band.ANNOYED, warned=True)
    assert answered(caller, warned).move == "warned"


def test_all_of_it_is_bleeped(shipped: Persona) -> None:
    for level in ("1", "2", "3"):
        for text in lines_of(shipped, f"abuse.{level}", Band.FURIOUS):
            assert "bleep" in text.lower()


# ------------------------------------------------------------------------------------------- moves that the engine asks

ENGINE_MOVES = "supervisor silence hold_back hang_up closing goodbye handed_over interjection abuse vent story".split()


@pytest.mark.parametrize("move", ENGINE_MOVES)
@pytest.mark.parametrize("band", list(Band))
def test_every_move_of_the_engine_has_lines_in_every_band(shipped: Persona, move: str, band: Band) -> None:
    reply, _ = Dialogue(shipped, 1).say_move(move, band, Memory())
    assert reply.bursts
    assert all("{" not in burst for burst in reply.bursts)


def test_how_long_a_hold_was_is_said_when_it_is_known(shipped: Persona) -> None:
    dialogue = Dialogue(shipped, 1)
    known, _ = dialogue.say_move("hold_back", Band.FURIOUS, Memory(), waited="two minutes")
    unknown, _ = dialogue.say_move("hold_back", Band.FURIOUS, Memory())
    assert "two minutes" in known.bursts[0].lower()
    assert "waited" not in unknown.bursts[0]


def test_a_move_without_lines_is_a_repeat(small: Persona) -> None:
    reply, _ = Dialogue(small, 1).say_move("threat", Band.ANGRY, Memory())
    assert reply.move == "repeat"
    assert not reply.threat


def test_no_judgement_of_a_remedy_is_needed(small: Persona) -> None:
    plain = Situation(Mood(6.0, 0.2, 0.0), Band.ANGRY, "okay")
    assert Dialogue(small, 1).answer(plain, Memory())[0].bursts
    assert judge_remedy(small, "okay", ()) is NO_REMEDY


@settings(max_examples=25)
@given(st.integers())
def test_memory_is_all_that_a_call_keeps(seed: int) -> None:
    """Asking twice from the same memory gives the same answer: a reply can be worked out ahead and thrown away."""
    caller = CALLERS["double_charge"]
    dialogue = Dialogue(caller, seed)
    _, memory = dialogue.open(Memory())
    step = situation(caller, "that must be hard", "empathize", band=Band.FURIOUS)
    assert dialogue.answer(step, memory) == dialogue.answer(step, memory) == Dialogue(caller, seed).answer(step, memory)


def test_whoever_gives_up_on_the_trainee_answers_first_and_asks_for_somebody_above(small: Persona) -> None:
    sorry = dataclasses.replace(situation(small, "I'm sorry about that", "apologize"), gives_up=True)
    reply, _ = Dialogue(small, 1).answer(sorry, Memory())
    assert reply.move == "supervisor"
    assert reply.bursts[0] in lines_of(small, "react.apologize", Band.ANGRY)
    assert reply.bursts[-1] in lines_of(small, "supervisor", Band.ANGRY)


def test_getting_nowhere_follows_on_an_answer(small: Persona) -> None:
    asking = situation(small, "What's your order number?", "clarify", "stall", band=Band.ANGRY, heard=0.8)
    reply, _ = Dialogue(small, 1).answer(asking, Memory())
    assert reply.move == "answer"
    assert reply.bursts[-1] in lines_of(small, "react.stall", Band.ANGRY)


def test_no_that_is_all_is_said_only_to_whoever_asks(shipped: Persona) -> None:
    for seed in range(20):
        settled = situation(shipped, "There we are.", band=Band.CALM, heard=0.9, resolution=1.0)
        reply, _ = Dialogue(shipped, seed).answer(settled, Memory())
        assert not reply.bursts[0].startswith("No")


def test_words_in_which_nothing_was_heard_surely_still_shape_the_reply(small: Persona) -> None:
    reply, _ = Dialogue(small, 1).answer(situation(small, "Forty, sorry, my pen slipped."), Memory())
    assert reply.move == "react.apologize"
