"""How the shipped callers end for every kind of trainee: the table of docs/callers.md, and its extremes as figures."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor

from bench.report import Figures, keep
from voicecoach.persona.loading import list_personas, load
from voicecoach.studio.expected import BOUNDS, right_share
from voicecoach.studio.policies import POLICIES
from voicecoach.studio.simulate import simulate

CALLS = 1000


def measure() -> Figures:
    """Shares of calls with the right end over 1,000 seeds: of each policy the least and the most of all callers.

    The shares of every outcome go to ``callers_by_outcome.json``; the table is printed as Markdown.
    """
    pairs = [(persona.id, policy) for persona in list_personas() for policy in POLICIES]
    with ProcessPoolExecutor() as pool:
        found = dict(zip(pairs, pool.map(_shares, *zip(*pairs, strict=True)), strict=True))
    keep("callers_by_outcome", {f"{name}.{policy}": outcomes for (name, policy), (_, outcomes) in found.items()})
    shares = {pair: share for pair, (share, _) in found.items()}
    sys.stdout.write("\n".join(_markdown(shares)) + "\n")
    figures: Figures = {}
    for policy in POLICIES:
        of_all = [share for (_, other), share in shares.items() if other == policy]
        figures |= {f"{policy}_least": min(of_all), f"{policy}_most": max(of_all)}
    figures["out_of_bounds"] = sum(
        not BOUNDS[policy].hold(share) for (_, policy), share in shares.items() if policy in BOUNDS
    )
    return figures


def _shares(name: str, policy: str) -> tuple[float, dict[str, float]]:
    persona = load(name)
    outcomes = simulate(persona, policy, CALLS).outcomes
    return right_share(persona, outcomes), outcomes


def _markdown(shares: dict[tuple[str, str], float]) -> list[str]:
    names = dict.fromkeys(name for name, _ in shares)
    rows = [f"| `{name}` | " + " | ".join(f"{100 * shares[name, p]:.1f}" for p in POLICIES) + " |" for name in names]
    heads = [f"`{policy}`" for policy in POLICIES]
    return ["| caller | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|", *rows]
