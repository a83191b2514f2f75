"""Taking a call, and watching one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.options import (
    DEFAULT_PERSONA,
    Echo,
    EchoOption,
    JsonFlag,
    MaybePersonaArgument,
    ModelOption,
    NoOpenOption,
    RubricOption,
    SeedOption,
    SttOption,
    TechniquesOption,
    TelephoneOption,
    VoiceOption,
)

app = typer.Typer()


@app.command()
def call(
    persona: MaybePersonaArgument = None,
    stt: SttOption = None,
    model: ModelOption = None,
    seed: SeedOption = None,
    no_record: Annotated[bool, typer.Option("--no-record", help="Keep the journal, not the sound.")] = False,
    mic: Annotated[Path | None, typer.Option(metavar="IN.wav", help="A sound file is the trainee.")] = None,
    script: Annotated[Path | None, typer.Option(metavar="TURNS.yaml", help="A file of turns is the trainee.")] = None,
    voiced: Annotated[bool, typer.Option("--voiced", help="Speak the script, and really recognise it.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="OUT.wav", help="Stereo: trainee left, caller right.")] = None,
    as_json: JsonFlag = False,
    input_device: Annotated[str | None, typer.Option("--input", help="Microphone, by name or number.")] = None,
    output_device: Annotated[str | None, typer.Option("--output", help="Loudspeaker, by name or number.")] = None,
    techniques: TechniquesOption = None,
    again: Annotated[
        str | None, typer.Option(metavar="CALL", help="Try an earlier call again: same caller, same seed.")
    ] = None,
    from_turn: Annotated[
        str | None,
        typer.Option("--from", metavar="CALL@TURN", help="Go back to one of its turns and take it from there."),
    ] = None,
    rubric: RubricOption = None,
    echo: EchoOption = Echo.AUTO,
    voice: VoiceOption = None,
    telephone: TelephoneOption = None,
    no_open: NoOpenOption = False,
    trainee: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose call this is, where several share.")
    ] = None,
) -> None:
    """Take a call: at the headset, by keyboard, or from files."""
    from voicecoach.commands.call import take_call
    from voicecoach.commands.options import CallOptions
    from voicecoach.settings import trainee_name

    take_call(
        CallOptions(
            persona=persona or DEFAULT_PERSONA,
            chosen=persona is not None,
            stt=stt.value if stt else None,
            model=model,
            seed=seed,
            record=not no_record,
            mic=mic,
            script=script,
            voiced=voiced,
            out=out,
            as_json=as_json,
            input_device=input_device,
            output_device=output_device,
            techniques=techniques,
            again=again,
            from_turn=from_turn,
            rubric=rubric,
            echo=echo.value,
            voice=voice,
            telephone=telephone,
            no_open=no_open,
            trainee=trainee_name(trainee) if trainee is not None else "",
        )
    )


@app.command()
def demo(
    badly: Annotated[bool, typer.Option("--badly", help="The same caller, handled badly.")] = False,
    silent: Annotated[bool, typer.Option("--silent", help="Play no sound, run as fast as it goes.")] = False,
    as_json: JsonFlag = False,
    no_open: NoOpenOption = False,
) -> None:
    """Watch (and hear) a whole call: a synthetic trainee takes it. No microphone and no download needed."""
    from voicecoach.commands.demo import play_demo

    play_demo(badly=badly, silent=silent, as_json=as_json, no_open=no_open)


@app.command()
def drill(
    technique: Annotated[
        str | None, typer.Argument(metavar="[TECHNIQUE]", help="What to practise; none: a list.")
    ] = None,
    stt: SttOption = None,
    model: ModelOption = None,
    input_device: Annotated[str | None, typer.Option("--input", help="Microphone, by name or number.")] = None,
    output_device: Annotated[str | None, typer.Option("--output", help="Loudspeaker, by name or number.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Practise one technique in three short scenes; the hints fade from scene to scene."""
    from voicecoach.commands.drill import drill as practise
    from voicecoach.commands.drill import list_drills
    from voicecoach.commands.options import CallOptions

    if technique is None:
        list_drills(as_json=as_json)
        return
    options = CallOptions(
        persona=DEFAULT_PERSONA,
        stt=stt.value if stt else None,
        model=model,
        as_json=as_json,
        input_device=input_device,
        output_device=output_device,
    )
    practise(technique.replace("-", "_"), options)
