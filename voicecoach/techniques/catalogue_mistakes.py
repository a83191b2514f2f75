"""The mistakes: what each does to a caller, and what to say instead."""

from __future__ import annotations

from voicecoach.techniques.catalogue_entry import Entry

MISTAKE_ENTRIES: tuple[Entry, ...] = (
    Entry(
        id="interrupt",
        step="mistake",
        title="Interrupting",
        evidence=("time",),
        sources=("S0", "S1", "S2"),
        meaning="talks over the caller's vent",
        tip=(
            "Every interruption starts the story anew and louder, and wipes out much of what "
            "listening had gained. Wait two beats after you think they are done."
        ),
        say=(
            "(wait until the caller has stopped)",
            "Go on, I'm listening.",
        ),
    ),
    Entry(
        id="calm_down",
        step="mistake",
        title="Telling them to calm down",
        evidence=("text",),
        sources=("S1", "S2"),
        meaning="tells the caller to calm down or lower the voice",
        tip=(
            "Nobody has ever calmed down by being told to: it says that the feeling is the problem. "
            "Name the feeling instead, and lower your own voice."
        ),
        say=(
            "I can hear how upset you are, and I want to help.",
            "You have every reason to be angry. Tell me what happened.",
        ),
    ),
    Entry(
        id="doubt",
        step="mistake",
        title="Doubting the caller",
        evidence=("text",),
        sources=("S2",),
        meaning="questions the caller's account, memory, honesty or wits",
        tip=(
            "A doubt turns you from helper to examiner, and now the caller must win. If something "
            "does not fit, ask for what they saw, not whether it is true."
        ),
        say=(
            "Let's look at it together: what does the message say?",
            "There is a lot in that letter. Which part was unclear?",
        ),
    ),
    Entry(
        id="blame_customer",
        step="mistake",
        title="Blaming the caller",
        evidence=("text",),
        sources=("S2", "S3"),
        meaning="says or hints that it is the caller's own fault",
        tip=(
            "Even where it is true it helps nobody: a blamed caller defends instead of listening. "
            "Leave the past and go to what can be done now."
        ),
        say=(
            "Let's see what we can do from here.",
            "That page is easy to miss. I'll fix the date for you.",
        ),
    ),
    Entry(
        id="pass_the_buck",
        step="mistake",
        title="Passing the buck",
        evidence=("text",),
        sources=("S0",),
        meaning="points at somebody else",
        tip=(
            "To the caller you are the company. Whoever caused it, sending the anger on tells them "
            "that nobody will act. Take it, then take it to the right place."
        ),
        say=(
            "I'll find out what happened there, and I'll call you with the answer.",
            "Let me bring in the delivery team and stay on with you.",
        ),
    ),
    Entry(
        id="cannot",
        step="mistake",
        title="Hiding behind can't and rules",
        evidence=("text",),
        sources=("S2",),
        meaning="speaks of what cannot be done, with no alternative",
        tip=(
            "A bare no is a wall, and people hit walls. Start from what you can do, however small, "
            "and the no becomes a choice."
        ),
        say=(
            "What I can do is move it to tomorrow's first delivery.",
            "I can't change the fare, but I can waive the fee for the new one.",
        ),
    ),
    Entry(
        id="rush",
        step="mistake",
        title="Solving too soon",
        evidence=("order", "time"),
        sources=("S2", "S3"),
        meaning="brings a solution before the caller has been heard",
        tip=(
            "A solution that comes before the listening is taken for a brush-off, and even a good one "
            "is refused. First the story, then the feeling, then the fix."
        ),
        say=(
            "Before I do anything, let me make sure that I understand.",
            "That sounds exhausting. Tell me the rest, then we'll fix it.",
        ),
    ),
    Entry(
        id="apologize_too_soon",
        step="mistake",
        title="Apologising too soon",
        evidence=("order",),
        sources=("S2",),
        meaning="apologises before any empathy was shown",
        tip=(
            "An apology as the first thing sounds like a reflex. Show that you know what you are "
            "sorry for, and the same words weigh twice as much."
        ),
        say=(
            "You waited in all day for nothing; that is really frustrating. I'm sorry.",
            "I can hear what this has cost you. I apologize for it.",
        ),
    ),
    Entry(
        id="over_apologize",
        step="mistake",
        title="Apologising again and again",
        evidence=("text", "order"),
        sources=("S2",),
        meaning="apologises for the third time and more",
        tip=(
            "Sorry wears out fast. After the second time it sounds helpless, and the caller wonders "
            "who can act. Replace the next one with a step."
        ),
        say=(
            "Here is what I'm doing about it right now.",
            "I've booked the engineer for eight tomorrow.",
        ),
    ),
    Entry(
        id="admit_fault",
        step="mistake",
        title="Taking the blame for the company",
        evidence=("text",),
        sources=("S0", "S2"),
        meaning="accepts blame for the company",
        tip=(
            "You can be sorry without a verdict. Blame taken in advance may be wrong, may be quoted, "
            "and solves nothing."
        ),
        say=(
            "I'm sorry that this happened to you.",
            "That is not what you should have got. Let me put it right.",
        ),
    ),
    Entry(
        id="disparage_company",
        step="mistake",
        title="Running the company down",
        evidence=("text",),
        sources=("S2",),
        meaning="runs the company down",
        tip=(
            "It sounds like solidarity, and it tells the caller that there is no hope of help here. "
            "Stay on the caller's side without leaving yours."
        ),
        say=(
            "This is not how it should be, and I'll change it for you.",
            "Thank you for telling me. I'll make sure it is looked at.",
        ),
    ),
    Entry(
        id="hold",
        step="mistake",
        title="Putting on hold",
        evidence=("text",),
        sources=("S4",),
        meaning="leaves the caller waiting",
        tip=(
            "Music is where callers were lost before. Look while you talk; if there is no way round "
            "it, ask, say why and how long, and come back on time."
        ),
        say=(
            "Stay with me while I look, I'll tell you what I see.",
            "I need two minutes with the engineer. May I, or shall I call you back?",
        ),
    ),
    Entry(
        id="overpromise",
        step="mistake",
        title="Promising too much",
        evidence=("text",),
        sources=("S4",),
        meaning="promises what may not be kept",
        tip=(
            "A guarantee buys a minute and costs the next call: a broken promise angers more than "
            "none. Promise your own part."
        ),
        say=(
            "I'll do everything I can, and I'll call you on Friday either way.",
            "I'll book it today, and check tomorrow that it went through.",
        ),
    ),
    Entry(
        id="patronize",
        step="mistake",
        title="Talking down",
        evidence=("text",),
        sources=("S1", "S2"),
        meaning="talks down, lectures, uses pet names",
        tip=(
            'A lecture or a "dear" makes the caller small, and small people shout. Explain as you '
            "would to a colleague, and once is enough."
        ),
        say=(
            "I'll put it another way.",
            "That form is confusing. Shall we fill it in together?",
        ),
    ),
    Entry(
        id="dismiss",
        step="mistake",
        title="Playing it down",
        evidence=("text",),
        sources=("S1", "S3"),
        meaning="plays the problem down",
        tip=(
            "It may be small for you; the call shows that it is not for them. What is played down "
            "must be made bigger to be seen."
        ),
        say=(
            "I see that this matters to you, and I'll treat it so.",
            "A lost evening is a lost evening. Let's put it right.",
        ),
    ),
    Entry(
        id="defensive",
        step="mistake",
        title="Getting defensive",
        evidence=("text",),
        sources=("S2", "S4"),
        meaning="takes it personally",
        tip=("The anger is meant for the situation; you only picked up. Defend yourself and you become its target."),
        say=(
            "You have reason to be angry. Let me see what I can do.",
            "I hear you. Let's find out what went wrong.",
        ),
    ),
    Entry(
        id="hostile",
        step="mistake",
        title="Hitting back",
        evidence=("text", "voice"),
        sources=("S2", "S3"),
        meaning="answers anger with anger: insult, sarcasm, threat",
        tip=(
            "Fire on fire. It ends the chance of this call, and it is what the caller will quote. If "
            "it is abuse, there is a calm protocol for it."
        ),
        say=(
            "I want to help you. Please leave out the insults, and we go on.",
            "Let me take a breath and start again.",
        ),
    ),
    Entry(
        id="raised_voice",
        step="mistake",
        title="Raising your voice",
        evidence=("voice",),
        sources=("S2", "S3"),
        meaning="clearly louder, higher or faster than the own calm voice",
        tip=("Voices follow each other. Go lower and slower than you feel, and the caller will come down to meet you."),
        say=(
            "(breathe out, drop your shoulders, speak slowly)",
            "I'm here, and I have time for this.",
        ),
    ),
    Entry(
        id="call_it_outrageous",
        step="mistake",
        title="Calling the demand absurd",
        evidence=("text",),
        sources=("S1",),
        meaning="tells the caller outright that the demand is ridiculous",
        tip=(
            "The caller may even know it. Say it and it must be defended; repeat it calmly, and it can be taken back."
        ),
        say=(
            "You'd like the whole year back. Let me tell you what I can do.",
            "I hear what you're asking for. Here is what is possible.",
        ),
    ),
    Entry(
        id="authorized_wording",
        step="mistake",
        title='"I\'m authorised to"',
        evidence=("text",),
        sources=("S1",),
        meaning="gives it as a rule, not as a favour",
        tip=("It makes a gift sound like a form. Give it as your own decision for this caller."),
        say=(
            "I'd like to take that fee off for you.",
            "For you I'll make that happen.",
        ),
    ),
    Entry(
        id="dead_air",
        step="mistake",
        title="Dead air",
        evidence=("time",),
        sources=("S2", "S4"),
        meaning="a long silence after the caller has finished",
        tip=(
            "Silence after an outburst is heard as indifference or as a lost line. If you need to "
            "think or look, say so."
        ),
        say=(
            "I'm still here, just reading your notes.",
            "Give me a second to think about how to do this best.",
        ),
    ),
    Entry(
        id="hang_up",
        step="mistake",
        title="Hanging up",
        evidence=("order",),
        sources=("S3",),
        meaning="ends the call without a warning or without a reason",
        tip=("Whatever was said before, this is what will be remembered. Warn first, give the reason, then end it."),
        say=(
            "If the insults go on, I will have to end the call.",
            "I've asked you twice, so I am ending this call now.",
        ),
    ),
)
