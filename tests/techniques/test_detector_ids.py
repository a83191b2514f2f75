"""Every text id: lines that say it are heard, lines that only look like it are not. Context and line, written here."""

from __future__ import annotations

import pytest

from voicecoach.techniques.detector import TextDetector
from voicecoach.techniques.ids import TEXT_IDS

RIGHT = {
    "acknowledge": [
        ("They just left it in the rain.", "Mm-hm, go on."),
        ("And then nobody called.", "I see."),
        ("It has been like this for weeks.", "Right, I hear you."),
    ],
    "paraphrase": [
        ("You charged me twice for the June bill!", "So the June bill was taken from your account twice."),
        (
            "I waited from eight until four and the fitter never came.",
            "You stayed home from eight until four, and the fitter never showed up.",
        ),
    ],
    "check_understanding": [
        ("That's the whole story.", "Let me make sure I've got this right, is that what happened?"),
        ("So now you know.", "Have I understood you correctly?"),
        ("That's it.", "Did I miss anything?"),
    ],
    "clarify": [
        ("My internet is down.", "When did it stop working?"),
        ("It makes a noise.", "Could you tell me what kind of noise it makes?"),
        ("I got a letter from you.", "What exactly does the letter say?"),
    ],
    "empathize": [
        ("I've been on hold for an hour!", "I can imagine how frustrating that must be."),
        ("They lost my suitcase.", "You must be really upset about that."),
        ("It's the third time.", "I understand why you're angry."),
    ],
    "validate": [
        ("I want to know why!", "You have every right to ask that."),
        ("I just had to call.", "Anyone would be upset in your situation."),
        ("I'm furious.", "You're absolutely right to be upset."),
    ],
    "relate": [
        ("My son's birthday is tomorrow.", "Oh no, on his birthday of all days."),
        ("It leaked all over the baby's bed.", "Oh my goodness, that's terrible."),
        ("My mother died last week.", "I'm so sorry for your loss."),
    ],
    "apologize": [
        ("You sent the wrong one.", "I'm so sorry about the mix-up."),
        ("Nobody came.", "I apologize for the missed appointment."),
        ("It broke again.", "We're very sorry that happened to you."),
    ],
    "own": [
        ("Nobody helps me.", "Leave it with me, I'll see this through personally."),
        ("I keep getting passed around.", "I'm going to take care of this for you myself."),
        ("So what now?", "I'll do everything in my power to get this fixed."),
    ],
    "state_action": [
        ("I want my money.", "I'm processing your refund right now."),
        ("The order is wrong.", "I've cancelled the wrong order and I'm sending the right one."),
        ("It's blocked.", "I'll unlock your account for you."),
    ],
    "offer": [
        ("I can't fly on Monday.", "Would you like me to book you on the Tuesday flight?"),
        ("It's broken.", "I could send a technician or give you a refund."),
        ("And now?", "Shall I order a replacement for you?"),
    ],
    "involve": [
        ("This is not good enough.", "What would you like me to do?"),
        ("I'm not happy with that.", "Which of those would you prefer?"),
        ("And how will you fix this?", "How would you like us to handle this?"),
    ],
    "goodwill": [
        ("That cost me a day.", "I'd like to give you a twenty dollar credit for the trouble."),
        ("I paid a late fee because of you!", "I'm waiving that late fee for you."),
        ("It ruined our evening.", "Your next month is free of charge."),
    ],
    "exception": [
        ("I missed the deadline by a day.", "We don't normally do this, but I'll make an exception for you."),
        ("Please, just this once.", "Since you've been with us so long, I can bend the rules this one time."),
    ],
    "counteroffer": [
        (
            "I want a free phone for life!",
            "You'd like a free phone for life. What I can do is replace this one at half price.",
        ),
        ("Give me ten thousand dollars.", "I hear that you're asking for ten thousand; I could offer you fifty."),
    ],
    "refer": [
        ("I want somebody technical.", "I'm connecting you with our technical team right now."),
        ("Who decides that?", "Let me transfer you to the claims specialist."),
        ("I want your manager.", "I'll get my manager on the line for you."),
    ],
    "timeframe": [
        ("When will it come?", "You'll have it by five o'clock tomorrow."),
        ("When do I hear from you?", "I'll call you back within two hours."),
        ("When?", "It will arrive on Thursday morning."),
    ],
    "narrate": [
        ("Can you look?", "I'm pulling up your account now, and I can see the payment here."),
        ("Hello?", "Just scrolling through your order history, okay, there's the order from March."),
    ],
    "authority": [
        ("Give me your manager.", "I have the authority to handle this myself, there's no need for a manager."),
        ("You can't decide that anyway.", "I can approve that refund right here without asking anyone."),
    ],
    "team_up": [
        ("How do we find it?", "Let's work on this together, you read me the code and I'll check it here."),
        ("What now?", "If you send me the photos, I'll fill in the form, and together we'll get it done."),
    ],
    "document": [
        ("Will anybody know about this?", "I've noted everything in your file."),
        ("I want proof.", "I'm sending you a confirmation email with the reference number."),
        ("I don't want to explain it again.", "I'm writing all of this down so you won't have to repeat it."),
    ],
    "thank": [
        ("I've waited very long.", "Thank you for your patience."),
        ("I noticed the error.", "I really appreciate you pointing that out."),
        ("Here I am again.", "Thanks for calling us back."),
    ],
    "check_satisfaction": [
        ("All right then.", "Is there anything else I can help you with today?"),
        ("Okay.", "Does that solve the problem for you?"),
        ("Fine.", "Are you happy with how we've sorted this out?"),
    ],
    "set_boundary": [
        ("You (swearing)!", "I want to help you, but I can't continue if you keep using that language."),
        ("You stupid b****.", "Please stop the insults and I'll be glad to help you with the bill."),
    ],
    "involve_supervisor": [
        ("I'll find out where you live.", "That is a threat, and I'm reporting it to my supervisor."),
        ("I'll come and burn it down.", "I have to inform my manager about what you just said."),
    ],
    "end_call": [
        ("(goes on swearing)", "I've asked you to stop swearing, so I'm ending this call now."),
        ("(slur again)", "As you've been warned about that language, I am going to hang up."),
    ],
    "calm_down": [
        ("THIS IS A DISGRACE!", "Sir, you need to calm down."),
        ("WHERE IS MY MONEY!", "Please lower your voice."),
        ("I AM SO ANGRY!", "Can you just relax for a second?"),
    ],
    "doubt": [
        ("I paid it on Friday.", "Are you sure you paid it?"),
        ("I followed the steps.", "Did you even read the instructions?"),
        ("It never came.", "Are you certain you're not mixing something up?"),
    ],
    "blame_customer": [
        ("It stopped working.", "Well, you should have read the manual."),
        ("I was charged a fee.", "That's your own fault for paying late."),
        ("My account is locked.", "You entered the wrong password, so that's on you."),
    ],
    "pass_the_buck": [
        ("The parcel is smashed.", "That's not my department."),
        ("My bill is wrong.", "You'll have to call billing about that, we don't handle it."),
        ("It arrived late.", "That's the courier's fault, not ours."),
    ],
    "cannot": [
        ("I want a refund.", "There's nothing I can do, that's our policy."),
        ("Change my seat.", "I'm afraid we can't do that."),
        ("Give it to me.", "Sorry, that's not possible."),
    ],
    "over_apologize": [
        ("It's still broken.", "I'm sorry, I'm so sorry, I really am sorry."),
        ("Stop saying sorry!", "I know, I'm sorry again."),
    ],
    "admit_fault": [
        ("Who did this?", "It's all our fault, we messed up badly."),
        ("How could that happen?", "That was entirely our mistake."),
    ],
    "disparage_company": [
        ("They never answer.", "Honestly, this company is a mess, it happens all the time."),
        ("Again!", "That doesn't surprise me, our system is terrible."),
    ],
    "hold": [
        ("And?", "Can I put you on a brief hold?"),
        ("So?", "Please hold the line for a moment."),
        ("Well?", "Hang on, I'll be right back."),
    ],
    "overpromise": [
        ("And next time?", "I promise this will never happen again."),
        ("Will they pay?", "I guarantee you'll get all your money back."),
    ],
    "patronize": [
        ("I don't understand.", "As I already told you, it takes five days."),
        ("But it says so!", "Listen sweetheart, you need to understand how this works."),
    ],
    "dismiss": [
        ("It's a day late.", "It's only one day, that's no big deal."),
        ("There's a scratch.", "It's just a tiny scratch, everyone gets those."),
    ],
    "defensive": [
        ("You people!", "Don't yell at me, I didn't do it."),
        ("It's your fault!", "I'm only doing my job here."),
    ],
    "hostile": [
        ("I hate this.", "Oh shut up, you idiot."),
        ("I want help.", "What is wrong with you, are you stupid?"),
    ],
    "call_it_outrageous": [
        ("I want a year for free.", "That's a ridiculous demand."),
        ("Five thousand dollars!", "You can't be serious, that makes no sense."),
    ],
    "authorized_wording": [
        ("What can you give me?", "I'm authorized to offer you ten percent."),
        ("And?", "I am authorised to refund that."),
    ],
}

NEAR_MISSES = {
    "acknowledge": ("Hello?", "Okay, so can I have your order number please?"),
    "check_understanding": ("So I press two?", "Does that make sense to you?"),
    "clarify": ("Hello.", "How can I help you today?"),
    "empathize": ("I'm on a train.", "I can hear you, but the line is bad."),
    "apologize": ("It's 4, 7, 2.", "Sorry, could you repeat the last digit?"),
    "thank": ("It's Miller.", "Okay. And your first name?"),
    "timeframe": ("When are you open?", "We open at eight."),
    "hold": ("Who is speaking?", "Are you the account holder?"),
    "cannot": ("It was awful.", "I can't imagine what that was like."),
    "overpromise": ("Will you call?", "I promise I'll ring you at two."),
    "authorized_wording": ("What is this?", "That looks like an unauthorized charge."),
    "calm_down": ("How is the sea?", "It is calm today, hardly any wind."),
    "patronize": ("Thanks, dear.", "You're welcome. Have a good evening."),
    "admit_fault": ("That's not my name.", "My mistake, I had the wrong page open."),
}

CASES = [(id_, *pair) for id_, pairs in RIGHT.items() for pair in pairs]


@pytest.fixture(scope="module")
def detector() -> TextDetector:
    return TextDetector()


def plain(text: str) -> str:
    """As a recogniser writes it."""
    return " ".join("".join(c for c in text.lower() if c.isalnum() or c in "' ").split())


def test_every_text_id_has_lines() -> None:
    assert set(RIGHT) == set(TEXT_IDS)


@pytest.mark.parametrize(("id_", "context", "text"), CASES)
def test_what_says_it_is_heard(detector: TextDetector, id_: str, context: str, text: str) -> None:
    assert id_ in {d.id for d in detector.detect(text, context)}


@pytest.mark.parametrize(("id_", "context", "text"), CASES)
def test_it_is_heard_in_recognised_words_too(detector: TextDetector, id_: str, context: str, text: str) -> None:
    assert id_ in {d.id for d in detector.detect(plain(text), context)}


@pytest.mark.parametrize("id_", NEAR_MISSES)
def test_what_only_looks_like_it_is_not(detector: TextDetector, id_: str) -> None:
    context, text = NEAR_MISSES[id_]
    assert id_ not in {d.id for d in detector.detect(text, context)}
