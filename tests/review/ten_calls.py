"""Ten scripted calls, and what the guidelines say of every technique in each: written down before they were played.

``present`` was done. ``missed`` had its opportunity: the caller vented (nods, a retelling, questions, an apology), was
angry (empathy), spoke of the own life (a human word), felt heard (act), waited (say what you do), asked for a
supervisor, threatened, went on being abusive; or something was done half (a step without a time and a note) or the
matter was settled (ask, thank). Everything else had no opportunity, or the trainee took another way to the same end.

Of the 270 expectations two were wrong when the calls were played and were put right: in the last call the matter is
settled (so a thank-you was missed), and fifteen percent off the price is a gesture as well.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scripted:
    """A call: its caller, the trainee's turns (YAML), and the hand-written expectation."""

    name: str
    persona: str
    turns: str
    present: str
    missed: str
    passes: str
    """Pass rules of the shipped rubric that hold; all others must fail."""


UNHEARD = "acknowledge paraphrase check_understanding clarify"

MOST = "heard_first empathy_first no_grave_mistake let_them_speak satisfied protocol_kept threat_told"

CALLS = (
    Scripted(
        "handled well",
        "double_charge",
        """
        - say: "Oh no, and your rent on top of it. I can hear how upsetting that is, and anyone would be angry."
        - say: "So you were charged twice on the third, is that right?"
        - say: "I am so sorry that this happened. Leave it with me."
        - say: "I am refunding the second payment right now, and you will have it by Friday."
        - say: "Is there anything else I can do for you?"
        """,
        present="listen relate empathize validate paraphrase check_understanding apologize own state_action timeframe "
        "check_satisfaction",
        missed="acknowledge document thank",
        passes=f"ended_well {MOST}",
    ),
    Scripted(
        "handled badly",
        "double_charge",
        """
        - say: "I have to put you on hold."
        - say: "You need to calm down."
        - say: "I cannot refund that, it is our policy."
        """,
        present="",
        missed=f"listen {UNHEARD} empathize validate relate apologize narrate",
        passes="empathy_first no_grave_mistake let_them_speak satisfied protocol_kept threat_told",
    ),
    Scripted(
        "feels and does nothing",
        "double_charge",
        """
        - say: "I can hear how upsetting that is."
        - say: "I understand how frustrating this must be for you."
        - say: "It must be so stressful for you."
        """,
        present="listen empathize",
        missed=f"{UNHEARD} relate apologize own state_action offer involve",
        passes=MOST,
    ),
    Scripted(
        "has the answer first",
        "cancelled_flight",
        """
        - say: "I can rebook you on another flight."
        - say: "I am booking the two seats together for you now."
        """,
        present="listen offer state_action",
        missed=f"{UNHEARD} empathize validate relate apologize timeframe document thank check_satisfaction",
        passes=MOST,
    ),
    Scripted(
        "asks and asks, then hands over",
        "double_charge",
        """
        - say: "Which day did they take the second payment?"
        - say: "How much did they take?"
        - say: "When did you see it?"
        - say: "Let me get my supervisor on the line for you right away."
        """,
        present="listen clarify refer",
        missed="acknowledge paraphrase empathize validate relate apologize own involve",
        passes=MOST,
    ),
    Scripted(
        "lets the caller wait",
        "double_charge",
        """
        - say: "I am putting you on hold now."
        - hold: 40
        - say: "Thank you for waiting."
        - silence: 8
        """,
        present="thank",
        missed=f"listen {UNHEARD} empathize validate relate apologize narrate",
        passes="empathy_first no_grave_mistake let_them_speak satisfied protocol_kept threat_told",
    ),
    Scripted(
        "abuse is warned of, and the call ended",
        "abusive_caller",
        """
        - say: "I can hear how angry you are."
        - say: "I want to help you with this."
        - say: "Please stop using that language, or I will have to end this call."
        - say: "I asked you to stop using that language, so I am ending this call now."
        """,
        present="listen empathize set_boundary end_call",
        missed=f"{UNHEARD} relate apologize",
        passes=f"ended_well {MOST}",
    ),
    Scripted(
        "abuse is passed over",
        "abusive_caller",
        """
        - say: "When did you send the phone back?"
        - say: "Which day did the agency call?"
        - say: "Who signed for it?"
        """,
        present="listen clarify",
        missed="acknowledge paraphrase empathize validate relate apologize set_boundary",
        passes="heard_first empathy_first no_grave_mistake let_them_speak satisfied threat_told",
    ),
    Scripted(
        "a threat is told to the supervisor",
        "threatening_caller",
        """
        - say: "I can hear how angry you are."
        - say: "When did the driver leave it there?"
        - say: "What does the photo show?"
        - say: "That was a threat. I am telling my supervisor, and I am ending this call because of it."
        """,
        present="listen empathize clarify involve_supervisor end_call",
        missed="acknowledge paraphrase relate apologize",
        passes=f"ended_well {MOST}",
    ),
    Scripted(
        "too much is asked for, and something smaller is given",
        "expired_promotion",
        """
        - say: "I can hear how disappointed you are, and anyone would be, with your mother in the hospital."
        - say: "So you want forty percent off the chair, is that right?"
        - say: "I can't give you the forty percent, but what I can do is take fifteen percent off the price."
        - say: "Does that solve it for you?"
        """,
        present="listen empathize validate relate paraphrase check_understanding counteroffer goodwill "
        "check_satisfaction",
        missed="acknowledge apologize own timeframe document thank",
        passes=MOST,
    ),
)
