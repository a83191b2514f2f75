"""Words that mean the same to a caller: an agent may say any of them where the file has another.

Only what is heard is widened, never what a file's phrases ask for; so a phrase is still the author's own choice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

_SAME = """
take took taken deduct withdraw withdrew withdrawn drawn debit
send sent ship mail mailed dispatch
tell told
come came arrive
go went gone
speak spoke spoken talk
buy bought purchase
pay paid
give gave given
get got gotten
break broke broken
lose lost missing
leave left
bring brought deliver
write wrote written
steal stole stolen
ring rang rung call phone telephone
mother mom mum
father dad
dollars bucks
pounds quid
technician engineer repairman repairmen
cancel cancelled canceled scrap
zip postcode
code pin passcode
refund reimburse repay reverse
fetch collect grab
supervisor manager boss
taxi cab
book rebook
coupon voucher
photo photograph picture
people persons folks
fridge refrigerator
anybody anyone somebody someone
fresh new
login signin
broken faulty
replacement replace
depth deep
trouble problem issue
"""

_ONE_WAY = """
charge: payment
payment: charge
extra: second duplicate
duplicate: second
swap: replace exchange
reading: figures
figures: reading number
waive: drop
drop: waive
scrap: waive
grab: pick
fetch: pick
collect: pick
switch: move change
shift: move change
instalments: plan
mobile: phone
cell: phone
reach: phone call
sms: text
message: text
doorstep: home house
approve: pay
tell: speak
travelling: flying
"""


def widened(stem: Callable[[str], str]) -> dict[str, frozenset[str]]:
    """For each stem that has any, the stems that it may stand for."""
    found: dict[str, set[str]] = {}
    for group in _SAME.strip().splitlines():
        stems = {stem(word) for word in group.split()}
        for each in stems:
            found.setdefault(each, set()).update(stems)
    for line in _ONE_WAY.strip().splitlines():
        word, _, others = line.partition(":")
        found.setdefault(stem(word), set()).update(map(stem, others.split()))
    return {each: frozenset(others) for each, others in found.items()}


_GIVING = frozenset("send sending sent pay paying paid give giving credit crediting transfer transferring".split())
_PUTTING = frozenset("put putting move moving get getting have".split())
_MONEY = frozenset(
    "money amount payment charge dollars pounds rupees euro euros bucks quid cash sum hundred thousand".split()
)


def gives_back(words: Sequence[str]) -> bool:
    """`I'm sending that payment back`: money is returned, whatever the verb."""
    if "back" not in words:
        return False
    said = set(words)
    return not _GIVING.isdisjoint(said) or not (_PUTTING.isdisjoint(said) or _MONEY.isdisjoint(said))
