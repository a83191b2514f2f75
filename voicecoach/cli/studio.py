"""The author's tools that play many calls, or one again and again: part of `voicecoach persona`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.options import HtmlOption, JsonFlag, PersonaArgument, PngOption, SvgOption

PolicyOption = Annotated[
    list[str] | None,
    typer.Option(help="Who takes the calls (expert, average, novice, hostile ...); again for more; all if not given."),
]
FirstSeedOption = Annotated[int, typer.Option("--seed", metavar="N", help="The first seed.")]
WorkersOption = Annotated[
    int | None, typer.Option(min=1, max=1024, metavar="N", help="Processes; as many as pay if not given.")
]
DaskOption = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="Play on a Dask cluster: tcp://HOST:8786.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the group `persona`."""
    app.command("curve")(curve)
    app.command("simulate")(simulate)
    app.command("compare")(compare)
    app.command("sensitivity")(sensitivity)
    app.command("try")(try_it)
    app.command("ladder")(ladder)


def curve(
    persona: PersonaArgument,
    policy: PolicyOption = None,
    script: Annotated[
        Path | None, typer.Option(metavar="TURNS.yaml", help="A file of trainee turns instead of policies.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=10_000, help="How many calls of each.")] = 100,
    seed: FirstSeedOption = 0,
    explain: Annotated[
        bool, typer.Option("--explain", help="The ledger of one call: every step with every factor.")
    ] = False,
    png: PngOption = None,
    svg: SvgOption = None,
    html: HtmlOption = None,
    workers: WorkersOption = None,
    dask: DaskOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Draw the anger over time, for each way of handling the call: the median, and where 80 % of the calls go."""
    from voicecoach.commands.drawing import Drawings
    from voicecoach.commands.persona_curve import CurveOptions, draw_curves
    from voicecoach.commands.playing import Where

    draw_curves(
        persona,
        CurveOptions(
            policies=tuple(policy or ()),
            script=script,
            seeds=seeds,
            seed=seed,
            explain=explain,
            drawings=Drawings(png, svg, html),
            as_json=as_json,
            where=Where(workers, dask),
        ),
    )


def simulate(
    persona: PersonaArgument,
    policy: PolicyOption = None,
    calls: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many calls of each.")] = 200,
    seed: FirstSeedOption = 0,
    errors: Annotated[
        bool, typer.Option("--errors", help="Also with what the detector misses and hears wrongly, as measured.")
    ] = False,
    workers: WorkersOption = None,
    dask: DaskOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Play many calls without sound: how they end, when the caller is calm, which lines are never said."""
    from voicecoach.commands.persona_simulate import SimulateOptions, simulate_calls
    from voicecoach.commands.playing import Where

    options = SimulateOptions(tuple(policy or ()), calls, seed, errors, as_json, Where(workers, dask))
    simulate_calls(persona, options)


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A caller's id or file.")],
    second: Annotated[
        str | None, typer.Argument(metavar="[B]", help="Another one; A itself if not given, with --set.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Change a value of B: temper.half_life_seconds=120."),
    ] = None,
    policy: PolicyOption = None,
    seeds: Annotated[int, typer.Option(min=2, max=10_000, help="How many calls of each.")] = 200,
    seed: FirstSeedOption = 0,
    png: PngOption = None,
    svg: SvgOption = None,
    html: HtmlOption = None,
    workers: WorkersOption = None,
    dask: DaskOption = None,
    as_json: JsonFlag = False,
) -> None:
    """The same calls against two callers, or one with other values: what changes in outcomes and curves."""
    from voicecoach.commands.drawing import Drawings
    from voicecoach.commands.persona_compare import CompareOptions, compare_personas
    from voicecoach.commands.playing import Where

    options = CompareOptions(
        policies=tuple(policy or ()),
        changes=tuple(changes or ()),
        seeds=seeds,
        seed=seed,
        drawings=Drawings(png, svg, html),
        as_json=as_json,
        where=Where(workers, dask),
    )
    compare_personas(first, second, options)


def sensitivity(
    persona: PersonaArgument,
    policy: PolicyOption = None,
    by: Annotated[float, typer.Option(min=0.01, max=1.0, help="How far a value is moved, as a share of it.")] = 0.2,
    seeds: Annotated[int, typer.Option(min=2, max=10_000, help="How many calls of each.")] = 100,
    seed: FirstSeedOption = 0,
    workers: WorkersOption = None,
    dask: DaskOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Which value of the temper moves the outcome most, one at a time; what may be chance is not told as an effect."""
    from voicecoach.commands.persona_compare import CompareOptions, rank_parameters
    from voicecoach.commands.playing import Where

    options = CompareOptions(
        policies=tuple(policy or ()), by=by, seeds=seeds, seed=seed, as_json=as_json, where=Where(workers, dask)
    )
    rank_parameters(persona, options)


def ladder(
    persona: PersonaArgument,
    line: Annotated[str, typer.Argument(metavar="LINE", help="What the caller says.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="F.wav", help="Write a file instead of playing.")] = None,
) -> None:
    """Say one line at anger 0, 2, ... 10, one after another."""
    from voicecoach.commands.persona_ladder import say_ladder

    say_ladder(persona, line, out=out)


def try_it(
    persona: PersonaArgument,
    anger: Annotated[float | None, typer.Option(min=0.0, max=10.0, help="Begin in mid-call, as angry.")] = None,
    heard: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="... feeling heard so much, 0 to 1.")] = None,
    resolution: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="... with so much of the problem solved, 0 to 1.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed, another choice of words.")] = 1,
) -> None:
    """Talk to a caller in text; every save of its file replays what was said and shows what is different."""
    from voicecoach.commands.persona_try import TryOptions, try_persona

    try_persona(persona, TryOptions(anger, heard, resolution, seed))
