"""The history as text for a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from voicecoach.history.asking import MistakeCount, Wanted
from voicecoach.history.overview import Overview
from voicecoach.history.progress import Progress
from voicecoach.history.uncertainty import ENOUGH, Share, share_of

FOOT = (
    "Share: how often it was used of the times it was due, with the range in which the true share lies in 95 of 100 "
    f"cases. Before and since: the first and the second half of the opportunities. Below {ENOUGH} opportunities "
    "nothing is said. With some thirty techniques, about one change in twenty looks real by chance alone."
)
CHANGE_STYLES = {"better": "green", "worse": "red"}


def print_overview(console: Console, found: Overview, wanted: Wanted) -> None:
    """The calls, the personas, the techniques, the mistakes."""
    printer = _Printer(console)
    if not found.count:
        what = "No such calls." if wanted != Wanted() else "No calls yet. Take one: voicecoach call"
        printer.line(what)
        return
    printer.line(headline(found, wanted), "bold")
    for call in found.calls:
        anger = f"{call['start_anger']:4.1f} -> {call['end_anger']:.1f}"
        outcome = (call["outcome"] or "broken off").replace("_", " ")
        who = f"  {safe(call['trainee'])}" if call["trainee"] else ""
        corrected = "  corrected" if call["corrections"] else ""
        passed = "passed" if call["passed"] else ""
        line = f"{safe(call['name']):<40} {outcome:<18} {anger}  {passed:<6}{who}{corrected}"
        printer.line(line, "" if call["good"] else "dim")
    if not wanted.technique:
        printer.head("Callers", f"{'calls':>7} {'went well':>10} {'passed':>7} {'anger at the end':>17}")
        for persona in found.personas:
            good, passed = (f"{each / persona.calls:.0%}" for each in (persona.good, persona.passed))
            line = f"{safe(persona.id):<22} {persona.calls:>7} {good:>10} {passed:>7} {persona.end_anger:>17.1f}"
            printer.line(line)
    printer.head("Techniques", f"{'used/due':>11} {'share':>7}  {'95 %':<11} {'before':>6} {'since':>6}  change")
    for technique in sorted(found.techniques, key=by_share):
        printer.line(*_technique(technique))
    if wanted.technique:
        _months(printer, found)
    else:
        printer.head("Mistakes", f"{'calls':>11} {'share':>7}  {'95 %':<11}")
        for mistake in found.mistakes:
            printer.line(_mistake(mistake, found.count))
    printer.foot(FOOT)


def safe(text: str) -> str:
    """A text from a journal without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def headline(found: Overview, wanted: Wanted) -> str:
    """How many calls, whose and of when; there are some."""
    first, last = found.days
    when = first if first == last else f"{first} to {last}"
    what = "call" if found.count == 1 else "calls"
    with_whom = f" with {safe(wanted.persona)}" if wanted.persona else ""
    whose = f" of {safe(wanted.trainee)}" if wanted.trainee else ""
    due = f" in which {wanted.technique.replace('_', ' ')} was due" if wanted.technique else ""
    last_shown = f"; the last {len(found.calls)}" if len(found.calls) < found.count else ""
    return f"{found.count} {what}{whose}{with_whom}{due}, {when}{last_shown}"


def by_share(progress: Progress) -> tuple[bool, float, str]:
    """What needs practice most first, and what nothing can be said about last."""
    return not progress.whole.enough, progress.whole.value or 0.0, progress.id


def _technique(progress: Progress) -> tuple[str, str]:
    whole = progress.whole
    used = f"{whole.done}/{whole.due}"
    name = progress.id.replace("_", " ")
    if not whole.enough:
        return f"{name:<22} {used:>11} {'':>7}  {'':<11} {'':>6} {'':>6}  too few to tell", "dim"
    before, since = (f"{each.value:.0%}" if each.enough else "" for each in (progress.earlier, progress.later))
    text = f"{name:<22} {used:>11} {whole.value:>7.0%}  {interval(whole):<11} {before:>6} {since:>6}  {progress.change}"
    return text, CHANGE_STYLES.get(progress.change, "")


def _mistake(mistake: MistakeCount, all_calls: int) -> str:
    share = share_of(mistake.calls, all_calls)
    told = f"{share.value:>7.0%}  {interval(share)}" if share.enough else f"{'':>7}  too few to tell"
    return f"{mistake.id.replace('_', ' '):<22} {mistake.calls:>11} {told}"


def interval(share: Share) -> str:
    """The range, such as ``23..61 %``."""
    return f"{share.low * 100:.0f}..{share.high * 100:.0f} %"


def _months(printer: _Printer, found: Overview) -> None:
    printer.head("By month", f"{'used/due':>11} {'share':>7}  {'95 %':<11}")
    for progress in found.techniques:
        for period in progress.months:
            share = period.share
            told = f"{share.value:>7.0%}  {interval(share)}" if share.enough else f"{'':>7}  too few to tell"
            printer.line(f"{period.month:<22} {f'{share.done}/{share.due}':>11} {told}")


class _Printer:
    def __init__(self, console: Console) -> None:
        self._console = console

    def line(self, text: str, style: str = "") -> None:
        self._console.print(Text(text.rstrip(), style=style), soft_wrap=True)

    def head(self, title: str, columns: str) -> None:
        self._console.print()
        self.line(f"{title:<22} {columns}", "bold")

    def foot(self, text: str) -> None:
        self._console.print()
        self._console.print(Text(text, style="dim"), soft_wrap=not self._console.is_terminal)
