"""`voicecoach call`: at the headset, by keyboard, or from files."""

from __future__ import annotations

from voicecoach.commands.options import CallOptions
from voicecoach.errors import UsageError


def take_call(options: CallOptions) -> None:
    """Choose how the trainee is heard, and play the call. Raises the errors of the error tree."""
    _check(options)
    if options.script is not None and options.voiced:
        from voicecoach.commands.voiced_call import voiced_call

        voiced_call(options)
    elif options.script is not None or options.stt == "typed":
        from voicecoach.commands.text_call import text_call

        text_call(options)
    elif options.mic is not None:
        from voicecoach.commands.file_call import file_call

        file_call(options)
    else:
        from voicecoach.commands.headset_call import headset_call

        headset_call(options)


def _check(options: CallOptions) -> None:
    if options.mic is not None and options.script is not None:
        raise UsageError("--mic and --script are both the trainee", remedy="give one of them")
    if options.voiced and options.script is None:
        raise UsageError("--voiced speaks a script, and there is none", remedy="add --script TURNS.yaml")
    if options.stt == "typed" and (options.mic is not None or options.voiced):
        raise UsageError("--stt typed reads the keyboard, not a sound", remedy="leave out --mic and --voiced")
    if options.again is not None and options.from_turn is not None:
        raise UsageError("--again and --from both name a call", remedy="give one of them")
    if options.again is not None or options.from_turn is not None:
        _check_again(options)
    text_only = (options.script is not None and not options.voiced) or options.stt == "typed"
    if options.out is not None and text_only:
        raise UsageError("--out needs sound, and this call has none", remedy="add --voiced, or leave out --out")


def _check_again(options: CallOptions) -> None:
    """The caller, the seed and the techniques are the earlier call's."""
    given = {"a persona": options.chosen, "--seed": options.seed is not None, "--techniques": options.techniques}
    for name, there in given.items():
        if there:
            raise UsageError(
                f"{name} was chosen in the earlier call", remedy=f"leave out {name}, or --again and --from"
            )
