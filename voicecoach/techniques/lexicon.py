"""Word classes the phrases and the learned detector share: what kind of word is it, whatever the trade.

Written by hand from how people talk on the telephone. A class holds words and runs of words; words are as
``normalise`` leaves them (contractions opened, American spelling of -ize and -or where it unifies).
"""

from __future__ import annotations

_CLASSES = {
    "feel": """frustrated upset angry mad furious livid fuming annoyed irritated cross disappointed stressed
        worried anxious scared frightened terrified afraid nervous tired exhausted drained worn shattered sick
        hurt heartbroken gutted devastated humiliated embarrassed mortified ashamed lonely alone lost
        overwhelmed helpless desperate distressed shaken rattled steaming steamed boiling raging seething irate
        peeved miffed ticked pissed cheesed brassed aggravated bitter betrayed insulted offended disgusted
        unhappy miserable panicked panicking frantic outraged incensed enraged exasperated vexed sad tearful
        broken wounded cheated robbed forgotten abandoned neglected disrespected unheard uneasy tense suspicious
        wary knackered bothered troubled alarmed cranky sore sour hopeless hurting struggling suffering stung
        crushed distraught spooked gobsmacked flustered confused fizzing rotten wrecked raw weary fuming grumpy
        jittery petrified stranded shocked appalled horrified sickened dejected burned resentful impatient
        concerned crestfallen stuck fraught muddled emotional aggrieved dismayed powerless (fed up) (let down)
        (put out) (worn out) (burnt out) (burned out) (worked up) (wound up) (beside yourself) (at your wits
        end) (at the end of your) (end of your tether) (end of your rope) (in bits) (in pieces) (in tears)
        (fobbed off) (strung along) (led on) (taken for a ride) (messed about) (messed around) (mucked about)
        (sick to the) (hot under the collar) (up in arms) (on edge) (had enough) (at a loss) (cut up) (at
        breaking point) (at boiling point) (out of patience) (run ragged) (kept in the dark) (in the dark) (left
        out) (passed around) (shut out) (out of your mind) (in shock) (in pain) (in agony) (torn up) (browned
        off) (hacked off) (up the wall)""",
    "feeling": """frustrating upsetting annoying irritating maddening infuriating disappointing stressful
        worrying scary frightening terrifying exhausting tiring draining humiliating embarrassing mortifying
        heartbreaking devastating distressing unsettling wracking aggravating disheartening painful hurtful
        awful horrible horrid terrible dreadful galling isolating unnerving overwhelming confusing demoralizing
        insulting hard tough rough difficult grim ghastly unpleasant exasperating traumatic wearing nasty
        enraging tiresome trying unbearable wretched alarming daunting crushing heavy nightmare agonizing
        nervewracking bewildering inconvenient unfair unkind belittling disturbing worrisome harrowing degrading
        horrific disgusting sickening shocking distasteful crummy lousy crappy (heart breaking) (nerve racking)
        (nerve wracking) (gut wrenching) (a nightmare) (a blow) (a shock) (a letdown)""",
    "feeln": """frustration anger annoyance disappointment stress worry worries anxiety distress pain fear
        fright panic grief hurt irritation rage fury shock shame humiliation exhaustion concern concerns
        feelings emotion sadness heartache helplessness disgust strain misery torment agony dread aggravation
        exasperation unease bitterness upset hurting embarrassment loneliness""",
    "sense": """understand see hear imagine tell get appreciate sense feel know realize follow recognize guess
        gather grasp""",
    "sorry": "sorry apologize apologies apology apologizing forgive regret regrets pardon regretful",
    "bethere": "is are was were be been being am s has have had will would must might can could should may",
    "my": "my our",
    "we": "i we",
    "pron": "i we you he she it they this that",
    "company": """company firm outfit business bank airline council organization place corporation service brand
        shop store branch team crowd department agency provider operator hospital clinic school shower bunch lot""",
    "thirdparty": """billing accounts courier couriers driver drivers warehouse dispatch marketing sales
        engineering maintenance contractor contractors subcontractor subcontractors supplier suppliers
        manufacturer vendor landlord surveyor insurer underwriter underwriters bank carrier airport airline
        depot factory system systems computer software website app server colleague colleagues coworker agent
        agents clerk shift management head office headquarters corporate legal finance it hr regulator
        government council county state police customs post royal mail post delivery partner vendors partners
        technicians technician engineer engineers crew crews franchise logistics operations ops procurement
        credit ombudsman network installers installer guys printers printer lads pharmacy hospital doctor
        embassy hq lot people""",
    "boss": """supervisor manager boss lead leader superior director head chief superiors supervisors managers
        management security police""",
    "dept": """team department desk colleague colleagues specialist specialists expert experts manager
        supervisor lead billing accounts claims fraud retention technician engineer engineers tech technical
        support escalations escalation complaints loyalty sales legal disputes office officer nurse doctor
        pharmacist coordinator baggage dispatcher dispatch adviser advisor analyst foreman section branch unit
        crew legal security warehouse depot boss director head chief person coworker buddy housekeeping purser
        archives finance payroll hr it underwriter""",
    "connectverb": """transfer connect put get pass hand switch patch bring loop walk take move conference join
        direct route forward send escalate introduce refer grab fetch escort link dial page add warm flag run
        pull raise""",
    "connecting": """transferring connecting putting getting passing handing switching patching bringing looping
        walking taking moving conferencing joining directing routing forwarding sending escalating introducing
        referring grabbing fetching linking dialing dialling paging adding pulling carrying sliding raising
        calling bumping""",
    "doing": """canceling cancelling refunding sending booking rebooking fixing removing crediting calling
        ringing moving changing reversing reissuing issuing resending replacing processing ordering arranging
        organizing scheduling activating reactivating unlocking unblocking blocking resetting resetting
        restarting switching upgrading adding taking putting getting pushing raising opening closing reopening
        checking submitting filing contacting chasing dispatching shipping printing restoring reinstating
        reconnecting correcting adjusting updating stopping pausing freezing unfreezing expediting prioritizing
        escalating swapping wiping deleting clearing releasing paying transferring setting turning rebuilding
        mailing driving bringing giving making lifting dropping approving flagging marking disputing voiding
        routing running rescheduling holding pulling starting overnighting requesting messaging texting emailing
        phoning sorting walking shifting rushing tracing reporting applying sealing delivering returning
        recalling repairing patching cutting cancelling amending retrying reprocessing reconfiguring assigning
        provisioning redelivering reordering waiving fetching placing posting locking cashing knocking leaving
        jumping building squeezing slotting bumping upping redoing adding""",
    "doverb": """cancel refund send book rebook fix remove credit call ring move change reverse reissue issue
        resend replace process order arrange organize schedule activate reactivate unlock unblock block reset
        restart switch upgrade add put get push raise open close reopen check submit file contact chase dispatch
        ship print restore reinstate reconnect correct adjust update stop pause freeze unfreeze expedite
        prioritize swap wipe delete clear release pay transfer set turn rebuild mail drive bring give make lift
        drop approve mark dispute void run reschedule pull start overnight request message phone sort shift rush
        trace report apply deliver return recall repair patch cut amend retry reprocess assign redeliver reorder
        fetch place post lock find speak talk ask track investigate follow escalate review look see collect pick
        squeeze slot bump take work redo cover reimburse exchange extend credit rectify resolve""",
    "done": """canceled cancelled refunded sent booked rebooked fixed removed credited called moved changed
        reversed reissued issued resent replaced processed ordered arranged organized scheduled activated
        reactivated unlocked unblocked blocked reset restarted switched upgraded added pushed raised opened
        closed reopened submitted filed contacted chased dispatched shipped printed restored reinstated
        reconnected corrected adjusted updated stopped paused frozen unfrozen expedited prioritized swapped
        wiped deleted cleared released paid transferred set rebuilt mailed lifted dropped approved marked
        disputed voided rescheduled pulled started requested messaged sorted shifted rushed traced reported
        applied delivered returned recalled repaired patched cut amended assigned put taken gone done locked
        expedited flagged""",
    "docverb": """note log record document write type jot email mail text send fax print file register enter
        minute put add issue confirm summarize copy attach log noting""",
    "docing": """noting logging recording documenting writing typing jotting emailing mailing texting sending
        faxing printing filing registering entering minuting confirming summarizing copying attaching issuing
        generating messaging posting whatsapping scribbling""",
    "docdone": """noted logged recorded documented written typed jotted emailed texted sent faxed filed
        registered entered minuted confirmed attached issued generated mailed""",
    "docn": """note notes confirmation reference receipt email mail letter copy record log file ticket
        transcript summary form forms paperwork document documents report pdf statement number case invoice
        writing text sms message certificate acknowledgment acknowledgement docket entry ref attachment whatsapp
        folder inbox""",
    "day": """monday tuesday wednesday thursday friday saturday sunday tomorrow tonight weekend today mondays
        fridays saturdays noon midnight lunchtime teatime morning afternoon evening dawn sunset midday breakfast
        supper""",
    "month": "january february march april may june july august september october november december",
    "unit": "minute minutes hour hours day days week weeks hr hrs mins min fortnight month months oclock am pm",
    "num": """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
        couple few several half quarter dozen lakh""",
    "ord": """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth 1st 2nd 3rd""",
    "money": """dollar dollars buck bucks pound pounds quid euro euros cents pence rupees rupee rs percent cent
        grand fiver tenner rand pesos peso dirhams naira shillings points miles credit credits""",
    "gift": """voucher vouchers coupon coupons giftcard upgrade champagne dessert chocolates flowers breakfast
        hamper points miles lounge discount cashback freebie bonus goodies treat gift gifts token perk rebate
        cake""",
    "fee": """fee fees charge charges fine penalty surcharge deposit bill interest premium postage shipping
        delivery callout installation rate cost costs""",
    "free": "free gratis complimentary complementary (on the house) (on us) (on me) (no charge) (free of charge) "
    "(at no cost) (without charge) (for nothing) (no extra cost) (at no extra) (our treat) (my treat) (compliments of)",
    "waive": "waive scrap drop wipe remove forget lose comp scratch cancel write knock",
    "waiving": "waiving scrapping dropping wiping removing forgetting comping canceling cancelling crediting knocking",
    "family": """mother father mum dad mama papa son daughter baby child kid kids children wife husband
        grandmother grandfather gran granny grandma grandpa nan sister brother boy girl twins parents partner
        fiance bride family dog cat puppy toddler newborn little aunt uncle""",
    "occasion": """wedding birthday anniversary christmas easter funeral holiday vacation honeymoon graduation
        exam exams interview thanksgiving diwali eid party reunion bride trip prom christening baptism shower
        retirement concert valentines hanukkah ramadan newyear puja onam pongal""",
    "gasp": """gosh goodness god heavens wow ouch oof yikes ugh blimey crikey jeez geez sheesh oops whoa aww aw
        eek yuck eww shoot dang heck lord mercy dear ohh ooh crumbs cripes golly mygosh aiyo ayyo arre tch alas
        ach och brr dammit damn hai naku aiyoh alamak ohno wah haw eish yoh shame struth strewth flip flipping
        sugar grr noo nooo noooo uff hell""",
    "loud": """shout shouting yell yelling scream screaming holler hollering bawl bawling roar roaring raise
        raising screech screeching bark barking bellow bellowing shriek shrieking volume racket""",
    "swear": """language swearing cursing profanity abuse cussing insults insult slurs slur names words word
        swear curse cuss effing obscenities obscenity comments remarks remark threats vulgarity foul abusive
        name calling talk obscene filth mouth disrespect""",
    "insult": """freeloader scrounger halfwit nitwit plonker pillock tosser wanker git ignoramus buffoon
        crackpot weirdo idiot stupid moron dumb clown muppet fool jerk loser pathetic imbecile cretin lazy brat
        crybaby psycho nutter lunatic liar charmer prat twit dimwit genius delight goat queen diva peach whiner
        toddler joke idiots morons fools tantrum ignorant thick dense clueless dope numpty""",
    "pet": """treacle angel lovely dearie sweetie sweetheart honey hon dear darling love pet petal sunshine
        poppet duck hen buddy pal missy sonny babe dearie princess champ bud lovey doll sugar pumpkin beta lah
        kiddo""",
    "crazy": """loony idiotic moronic ludicrously preposterously asinine daftest harebrained whacky wacky
        obscene scandalous ridiculous absurd outrageous insane crazy ludicrous preposterous unreasonable
        nonsense nonsensical laughable silly daft barmy bonkers bananas unrealistic madness mad mental excessive
        farcical loony nuts wild lunacy extreme fantasy joke stupid impossible unthinkable delusional cuckoo
        batty comical""",
    "bad": """useless hopeless rubbish terrible awful shambles mess joke disaster chaos circus chaotic broken
        incompetent shambolic garbage junk dire pathetic wreck shocking slow lousy crap trash disorganized
        disorganised clowns dismal atrocious shoddy cowboys amateurs dodgy sloppy clueless cheap crooks
        nightmare dinosaur ancient crashes stinks sucks""",
    "err": """mistake mistakes error errors fault failure failures blunder slip oversight screwup mess mixup bad
        negligence doing cockup howler responsibility blame guilt botch negligent goof failing failings slipup
        foul""",
    "remedy": """refund replacement exchange upgrade credit engineer technician visit swap courier slot
        appointment rebooking repair discount voucher plan instalments installments reimbursement loan loaner
        taxi hotel seat flight room card technician return collection delivery option options alternative
        alternatives choices""",
    "wh": "what when where who which why how whose whom whereabouts",
    "title": "sir maam madam mr mrs miss ms mister madame uncle aunty sirji ji auntie",
    "look": """looking pulling opening checking scrolling reading going seeing scanning bringing loading
        searching clicking flipping paging digging tracking tracing typing following comparing walking peeking
        hunting turning flicking hovering browsing sifting combing running bringing studying skimming""",
    "screen": """screen account file system page notes history log record records tab list ledger statement bill
        map tracker booking invoice order dashboard portal details app database register screens folder line
        entry database profile queue manifest timeline chart""",
    "rule": "policy policies rule rules procedure procedures terms contract regulations regulation guidelines protocol "
    "(terms and conditions) conditions warranty law",
    "light": """really so very just truly actually honestly absolutely completely totally quite simply
        definitely certainly genuinely sincerely deeply terribly awfully dreadfully extremely incredibly
        literally basically obviously clearly surely perfectly entirely fully especially particularly personally
        well please there now still also even right all too then like okay only sort kind sir maam madam real
        ever heartily frankly certainly most pretty somewhat rather bit""",
}


def _words(listed: str) -> tuple[str, ...]:
    found: list[str] = []
    run: list[str] = []
    inside = False
    for part in listed.split():
        inside = inside or part.startswith("(")
        if not inside:
            found.append(part)
            continue
        run.append(part.strip("()"))
        if part.endswith(")"):
            found.append(" ".join(run))
            run, inside = [], False
    return tuple(dict.fromkeys(found))


CLASSES: dict[str, tuple[str, ...]] = {name: _words(listed) for name, listed in _CLASSES.items()}
"""Word class by name: words and runs of words."""

LIGHT: frozenset[str] = frozenset(CLASSES.pop("light"))
"""Words that change no phrase's meaning by standing inside it."""
