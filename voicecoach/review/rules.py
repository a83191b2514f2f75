"""Pass rules: what must hold of a call, as one exact expression that a coach can write, and why it holds or does not.

::

    ended(resolved, ended_by_protocol)          how the call ended, one of these
    done(empathize, own)                        every one of these was done
    some(offer, refer)                          one of these at least
    none(hostile, calm_down)                    not one of these
    before(step.hear, step.action)              the first came before the second, or the second never came
    count(interrupt) <= 1                       how often; several are added up
    happened(abused)                            an occasion (see occasions.py)
    end_anger < 4 and talk_share <= 0.5         figures of the call
    not, and, or, ( )

Ids are the catalogue's and a coach's own; ``step.NAME`` is every technique of a step. It is Python's syntax and read by
its parser, of which nothing but these forms is let through: nothing is ever run.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from voicecoach.review.occasions import OCCASIONS
from voicecoach.values import Outcome

LONGEST_RULE = 400
"""Characters. It also keeps a rule from being nested too deep to read."""

NUMBERS: dict[str, str] = {
    "start_anger": "the anger at the first word",
    "peak_anger": "the highest anger",
    "end_anger": "the anger at the end",
    "heard": "how heard the caller felt (0 to 1)",
    "resolution": "how far the matter was solved (0 to 1)",
    "turns": "your turns",
    "missed": "missed techniques",
    "talk_share": "your share of the talking (0 to 1)",
    "longest_seconds": "your longest turn in seconds",
    "response_seconds": "the usual time until you answered, in seconds",
}
_COMPARISONS: dict[type[ast.cmpop], tuple[str, Callable[[float, float], bool]]] = {
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
}
_ID_FUNCTIONS = ("done", "some", "none", "before", "count")


class RuleProblem(ValueError):
    """A rule that cannot be read: what is wrong, and after a semicolon what to do."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules are asked of. ``said`` are the counted ids in order, with their times in seconds of the call."""

    outcome: str
    said: tuple[tuple[str, float], ...]
    occasions: frozenset[str]
    numbers: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it holds, and the facts that decided it, in words for people."""

    passed: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What ``step.NAME`` stands for: a step's title, and its ids."""

    title: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was checked; ``groups`` are the steps it may name."""

    text: str
    groups: Mapping[str, Group]

    def judge(self, facts: Facts) -> Verdict:
        """Does it hold of this call?"""
        return _Judging(self.groups, facts).of(ast.parse(self.text, mode="eval").body)


def read_rule(text: str, known_ids: Collection[str], groups: Mapping[str, Group]) -> Rule:
    """The rule, when every name in it is known. Raises ``RuleProblem``."""
    if len(text) > LONGEST_RULE:
        raise RuleProblem(f"a rule has at most {LONGEST_RULE} characters; make two of it")
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise RuleProblem(f"`{text:.60}` is no rule; write such as `done(empathize) and end_anger < 4`") from error
    _Checking(frozenset(known_ids), groups).condition(body)
    return Rule(text.strip(), groups)


@dataclass(frozen=True, slots=True)
class _Checking:
    ids: frozenset[str]
    groups: Mapping[str, Group]

    def condition(self, node: ast.expr) -> None:
        match node:
            case ast.BoolOp(values=values):
                for value in values:
                    self.condition(value)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self.condition(operand)
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
                self._number(left)
                self._number(right)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name != "count":
                self._call(name, args)
            case _:
                raise RuleProblem(f"`{ast.unparse(node)}` is no condition; write such as `done(own)` or `turns >= 3`")

    def _number(self, node: ast.expr) -> None:
        match node:
            case ast.Constant(value=value) if isinstance(value, (int, float)) and not isinstance(value, bool):
                return
            case ast.Name(id=name) if name in NUMBERS:
                return
            case ast.Call(func=ast.Name(id="count"), args=args, keywords=[]):
                self._ids(args)
            case _:
                known = ", ".join((*NUMBERS, "count(...)"))
                raise RuleProblem(f"`{ast.unparse(node)}` is no number; there are: {known}")

    def _call(self, name: str, args: list[ast.expr]) -> None:
        if not args:
            raise RuleProblem(f"`{name}()` asks for nothing; name something in the brackets")
        if name in _ID_FUNCTIONS:
            if name == "before" and len(args) != 2:
                raise RuleProblem("`before` takes two; write `before(step.hear, step.action)`")
            self._ids(args)
        elif name == "ended":
            self._names(args, [outcome.value for outcome in Outcome], "outcome")
        elif name == "happened":
            self._names(args, list(OCCASIONS), "occasion")
        else:
            known = ", ".join((*_ID_FUNCTIONS, "ended", "happened"))
            raise RuleProblem(f"there is no `{name}(...)`; there are: {known}")

    def _ids(self, args: list[ast.expr]) -> None:
        for arg in args:
            match arg:
                case ast.Attribute(value=ast.Name(id="step"), attr=step):
                    if step not in self.groups:
                        raise RuleProblem(f"there is no step `{step}`; there are: {', '.join(self.groups)}")
                case _:
                    self._names([arg], sorted(self.ids), "id")

    def _names(self, args: list[ast.expr], known: list[str], what: str) -> None:
        for arg in args:
            if not (isinstance(arg, ast.Name) and arg.id in known):
                raise RuleProblem(f"`{ast.unparse(arg)}` is no {what}; there are: {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class _Judging:
    groups: Mapping[str, Group]
    facts: Facts

    def of(self, node: ast.expr) -> Verdict:
        match node:
            case ast.BoolOp(op=op, values=values):
                return self._joined([self.of(value) for value in values], every=isinstance(op, ast.And))
            case ast.UnaryOp(operand=operand):
                inner = self.of(operand)
                return Verdict(not inner.passed, inner.why)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compared(left, op, right)
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._called(name, args)
        raise AssertionError("checked when it was read")

    def _joined(self, verdicts: list[Verdict], *, every: bool) -> Verdict:
        passed = all(v.passed for v in verdicts) if every else any(v.passed for v in verdicts)
        deciding = [v for v in verdicts if v.passed == passed]
        return Verdict(passed, tuple(dict.fromkeys(why for verdict in deciding for why in verdict.why)))

    def _called(self, name: str, args: list[ast.expr]) -> Verdict:
        if name == "ended":
            outcome = self.facts.outcome
            how = f"the call ended: {_plain(outcome)}" if outcome else "the call has no end"
            return Verdict(outcome in {arg.id for arg in args if isinstance(arg, ast.Name)}, (how,))
        if name == "happened":
            names = [arg.id for arg in args if isinstance(arg, ast.Name)]
            there = [each for each in names if each in self.facts.occasions]
            return Verdict(bool(there), tuple(OCCASIONS[each] for each in there) or (f"never: {OCCASIONS[names[0]]}",))
        if name == "before":
            return self._before(args[0], args[1])
        return self._said(name, args)

    def _said(self, name: str, args: list[ast.expr]) -> Verdict:
        found = [(label, self._first(ids)) for label, ids in map(self._group, args)]
        there = tuple(_at(label, first[1]) for label, first in found if first is not None)
        absent = tuple(f"no {label}" for label, first in found if first is None)
        if name == "none":
            return Verdict(not there, there or absent)
        passed = not absent if name == "done" else bool(there)
        return Verdict(passed, there if passed else absent)

    def _before(self, first: ast.expr, second: ast.expr) -> Verdict:
        (label, ids), (other, others) = self._group(first), self._group(second)
        here, there = self._first(ids), self._first(others)
        if here is None:
            return Verdict(False, (f"no {label}",))
        if there is None:
            return Verdict(True, (_at(label, here[1]), f"no {other}"))
        return Verdict(here[0] < there[0], (_at(label, here[1]), _at(other, there[1])))

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Verdict:
        sign, holds = _COMPARISONS[type(op)]
        one, other = self._value(left), self._value(right)
        if one is None or other is None:
            name = ast.unparse(left if one is None else right)
            return Verdict(True, (f"not known in this call: {NUMBERS.get(name, name)}",))
        what = ast.unparse(left)
        told = f"{NUMBERS.get(what, _plain(what))}: {one:.4g}, and {sign} {other:.4g} was asked"
        return Verdict(holds(one, other), (told,))

    def _value(self, node: ast.expr) -> float | None:
        match node:
            case ast.Constant(value=value):
                return float(value)  # type: ignore[arg-type]
            case ast.Name(id=name):
                return self.facts.numbers.get(name)
            case ast.Call(args=args):
                wanted = {id_ for arg in args for id_ in self._group(arg)[1]}
                return float(sum(id_ in wanted for id_, _ in self.facts.said))
        raise AssertionError("checked when it was read")

    def _group(self, arg: ast.expr) -> tuple[str, tuple[str, ...]]:
        if isinstance(arg, ast.Attribute):
            group = self.groups[arg.attr]
            return f"“{group.title}”", group.ids
        name = arg.id if isinstance(arg, ast.Name) else ""
        return _plain(name), (name,)

    def _first(self, ids: Collection[str]) -> tuple[int, float] | None:
        """Its place in the order of what was said, and its time."""
        return next(((n, at) for n, (id_, at) in enumerate(self.facts.said) if id_ in ids), None)


def _at(label: str, at_seconds: float) -> str:
    return f"{label} at {int(at_seconds) // 60}:{int(at_seconds) % 60:02d}"


def _plain(name: str) -> str:
    return name.replace("_", " ")
