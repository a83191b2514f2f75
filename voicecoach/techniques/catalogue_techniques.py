"""The techniques: what each does to a caller, and what to say."""

from __future__ import annotations

from voicecoach.techniques.catalogue_entry import Entry

TECHNIQUE_ENTRIES: tuple[Entry, ...] = (
    Entry(
        id="listen",
        step="hear",
        title="Let them finish",
        evidence=("time",),
        sources=("S0", "S2", "S3", "S4"),
        meaning="lets the caller finish the vent before speaking",
        tip=(
            "A caller who is allowed to run dry does half of your work: anger that is heard out burns "
            "down by itself. Stay silent through the pauses; a breath is not the end."
        ),
        say=(
            "(say nothing until the story is told)",
            "Go on, I want to hear all of it.",
        ),
    ),
    Entry(
        id="acknowledge",
        step="hear",
        title="Nod with your voice",
        evidence=("text", "time"),
        sources=("S2", "S4"),
        meaning="a short verbal nod: mm-hm, I see, go on",
        tip=(
            "On the telephone nobody sees you nod. A small sound now and then tells the caller that "
            "you are still there and still listening, without taking the floor."
        ),
        say=(
            "Mm-hm.",
            "I see. Go on.",
        ),
    ),
    Entry(
        id="paraphrase",
        step="hear",
        title="Say it back",
        evidence=("text", "facts"),
        sources=("S0", "S1", "S2", "S3", "S4"),
        meaning="restates the problem in own words, with the caller's own details",
        tip=(
            "Hearing the own story from your mouth, with the right details, is the proof that it "
            "arrived; it also gives the caller time to breathe. Use the dates, names and sums you "
            "were given."
        ),
        say=(
            "So you paid on the third, and on the ninth it was taken again.",
            "You waited in all day, and nobody came or called.",
        ),
    ),
    Entry(
        id="check_understanding",
        step="hear",
        title="Check that you have it",
        evidence=("text",),
        sources=("S1", "S2", "S4"),
        meaning="asks whether the understanding is right or complete",
        tip=(
            "One question hands the caller control of the story: now a yes comes back instead of "
            "another round. Ask it after you have said the problem back."
        ),
        say=(
            "Have I got that right?",
            "Did I leave anything out?",
        ),
    ),
    Entry(
        id="clarify",
        step="hear",
        title="Ask for what is missing",
        evidence=("text",),
        sources=("S0", "S1", "S2"),
        meaning="asks for details, or leave to ask",
        tip=(
            "A precise question shows a mind at work on the case. Ask for leave first while the "
            "caller is hot, and ask one thing at a time."
        ),
        say=(
            "May I ask two quick questions, so that I look in the right place?",
            "Which day did the letter come?",
        ),
    ),
    Entry(
        id="empathize",
        step="empathize",
        title="Name the feeling",
        evidence=("text",),
        sources=("S0", "S1", "S2", "S3", "S4"),
        meaning="names or accepts the caller's feeling as understandable",
        tip=(
            "Anger wants a witness. When you name the feeling and accept it, there is nothing left to "
            "prove by shouting. Mean the feeling, not the complaint procedure."
        ),
        say=(
            "I can hear how exhausting this has been.",
            "It must be worrying not to know where your money is.",
        ),
    ),
    Entry(
        id="validate",
        step="empathize",
        title="Tell them they are right to feel so",
        evidence=("text",),
        sources=("S0", "S1", "S3"),
        meaning="says that the caller is right to feel, call or ask so",
        tip=(
            "It takes the fight away: you stand beside the caller and look at the problem together. "
            "You can agree with the feeling without agreeing with every claim."
        ),
        say=(
            "Anyone would be upset after three visits that never happened.",
            "You were right to call about this.",
        ),
    ),
    Entry(
        id="relate",
        step="empathize",
        title="React like a person",
        evidence=("text",),
        sources=("S1",),
        meaning="a spontaneous human reaction, or a tie to the caller's life",
        tip=(
            "A short honest reaction, or a word about the birthday or the sick child behind the "
            "complaint, turns a case number back into a person."
        ),
        say=(
            "Oh no, and on the day of the party.",
            "With a newborn in the house, that is the last thing you need.",
        ),
    ),
    Entry(
        id="apologize",
        step="apologize",
        title="Say sorry for the problem",
        evidence=("text",),
        sources=("S0", "S1", "S2", "S3", "S4"),
        meaning="says sorry for the problem",
        tip=(
            "An apology works after the feeling was heard, once, with what happened in it, and it "
            "needs no guilty party. Said first, or as a reflex, it sounds like a script."
        ),
        say=(
            "I'm sorry that you had to call three times for this.",
            "I apologize for the wait and for the missed visit.",
        ),
    ),
    Entry(
        id="own",
        step="action",
        title="Take charge",
        evidence=("text",),
        sources=("S0", "S2", "S4"),
        meaning="takes personal charge of putting it right",
        tip=(
            "The caller has told the story to many people and belongs to none of them. One name that "
            "answers for the outcome ends that. Promise your effort, not the result."
        ),
        say=(
            "Leave this with me; I will see it through to the end.",
            "I'll do everything in my power to put this right.",
        ),
    ),
    Entry(
        id="state_action",
        step="action",
        title="Say what you are doing",
        evidence=("text",),
        sources=("S0", "S2"),
        meaning="says concretely what is being or will be done",
        tip=(
            "Verbs calm. Say the step you take, now, in terms of what you can do; each step that the "
            "caller hears is a reason not to push."
        ),
        say=(
            "I'm reversing the second payment now.",
            "I've moved your case to the front of today's list.",
        ),
    ),
    Entry(
        id="offer",
        step="action",
        title="Offer a solution",
        evidence=("text", "facts"),
        sources=("S0", "S1", "S2", "S3", "S4"),
        meaning="offers a concrete solution, or options",
        tip=(
            "Once the caller feels heard, put something on the table that can be taken or refused. "
            "Two options beat one: choosing is the opposite of being helpless."
        ),
        say=(
            "I could book you on the evening flight, or refund the ticket today.",
            "Shall I send a replacement by courier?",
        ),
    ),
    Entry(
        id="involve",
        step="action",
        title="Ask what they want",
        evidence=("text",),
        sources=("S1", "S2"),
        meaning="asks what the caller would want or prefer",
        tip=(
            "Asking shows that you can do something about it, and often what is wanted is smaller than what you feared."
        ),
        say=(
            "What would make this right for you?",
            "Which of the two would suit you better?",
        ),
    ),
    Entry(
        id="goodwill",
        step="action",
        title="Give something extra",
        evidence=("text",),
        sources=("S1",),
        meaning="offers something free or extra as a gesture",
        tip=("A small gift at the right moment says that the trouble was seen. Its size matters less than its speed."),
        say=(
            "I'm taking the delivery fee off as a small thank-you for your patience.",
            "This month is on us.",
        ),
    ),
    Entry(
        id="exception",
        step="action",
        title="Make it a favour",
        evidence=("text",),
        sources=("S1",),
        meaning="presents what is given as an exception for this caller",
        tip=(
            "The same gift is worth more when it is for this caller and not for everybody. Use it "
            "rarely: today's exception is tomorrow's expectation."
        ),
        say=(
            "You've been with us for years, so I'll make an exception this once.",
            "We don't usually do this, but in your case I will.",
        ),
    ),
    Entry(
        id="counteroffer",
        step="action",
        title="Meet them with less",
        evidence=("order", "facts"),
        sources=("S1",),
        meaning="restates an unreasonable demand and offers something smaller",
        tip=(
            "Repeat the demand calmly, so that the caller hears it too, and go straight on to what "
            "you can do. Nobody had to say that it was too much."
        ),
        say=(
            "You'd like the whole year refunded. What I can do is the two months it was down.",
            "A new car is what you're after; I can lend you one until yours is repaired.",
        ),
    ),
    Entry(
        id="refer",
        step="action",
        title="Hand over warmly",
        evidence=("text",),
        sources=("S0", "S2"),
        meaning="connects the caller with the right person, without delay",
        tip=(
            "If somebody else can act, take the caller there yourself and tell the story for them. "
            "Being sent away and being taken along are two different things."
        ),
        say=(
            "I'm bringing Dana from claims onto the line and I'll tell her what happened.",
            "I'll take this to my manager for you right now.",
        ),
    ),
    Entry(
        id="timeframe",
        step="action",
        title="Say by when",
        evidence=("text",),
        sources=("S2",),
        meaning="says by when something happens",
        tip=(
            '"Soon" is what the caller has heard before. A day and an hour can be held against you, '
            "which is why they calm. Give one that you can keep."
        ),
        say=(
            "You'll have it by five o'clock today.",
            "I'll call you tomorrow morning at nine, whatever I find out.",
        ),
    ),
    Entry(
        id="narrate",
        step="action",
        title="Talk while you look",
        evidence=("text", "time"),
        sources=("S4",),
        meaning="talks the caller through the look-up instead of putting them on hold",
        tip=(
            "Silence and music feel like being dropped. Say what you open and what you see, and the "
            "wait becomes work that is done for the caller."
        ),
        say=(
            "I'm opening your account now... I can see both payments here.",
            "Just reading the notes from Tuesday's visit as we speak.",
        ),
    ),
    Entry(
        id="authority",
        step="action",
        title="Show that you can decide",
        evidence=("text",),
        sources=("S1",),
        meaning="explains own role and power to handle it",
        tip=(
            "A caller who asks for the manager wants somebody who can decide. Say plainly that this "
            "is you, and use it at once."
        ),
        say=(
            "I can approve this myself, so there's no need to wait for anyone.",
            "Let me do that for you; refunds like this are mine to sign.",
        ),
    ),
    Entry(
        id="team_up",
        step="action",
        title="Share the work",
        evidence=("text",),
        sources=("S2",),
        meaning="makes it a shared effort with a part for both",
        tip=("A part for each side turns an opponent into a colleague, and a busy caller is a calmer one."),
        say=(
            "If you read me the number on the box, I'll match it to the order.",
            "Let's go through it together: you press, I watch the line from here.",
        ),
    ),
    Entry(
        id="document",
        step="action",
        title="Put it in writing",
        evidence=("text",),
        sources=("S0", "S2"),
        meaning="notes it down, sends a confirmation or a reference",
        tip=(
            "Anything written outlives the call. It tells the caller that nobody will have to hear "
            "the story a fifth time."
        ),
        say=(
            "I've noted every word, so you won't have to explain it again.",
            "A confirmation with your reference number is on its way to you.",
        ),
    ),
    Entry(
        id="thank",
        step="action",
        title="Say thank you",
        evidence=("text",),
        sources=("S0",),
        meaning="thanks the caller",
        tip=(
            "Thanks give the caller a better part to play than the nuisance. Thank for something "
            "real: the patience, the hint, the honesty."
        ),
        say=(
            "Thank you for staying on the line while I looked.",
            "Thanks for telling us; we would not have noticed.",
        ),
    ),
    Entry(
        id="check_satisfaction",
        step="action",
        title="Check before you close",
        evidence=("text",),
        sources=("S2",),
        meaning="asks before closing whether this solves it",
        tip=(
            "A quiet caller may agree to anything and leave for good. One honest question at the end "
            "finds out while you can still act."
        ),
        say=(
            "Does that settle it for you?",
            "Is there anything else that is still bothering you?",
        ),
    ),
)
