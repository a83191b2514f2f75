"""Which recogniser listens (DESIGN section 4): what was named; else a Vosk model; else PocketSphinx, saying so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import ModelError, UsageError
from voicecoach.stt.base import Recognizer
from voicecoach.stt.model_folder import FETCH, check_model_folder, synthetic_model_folder, understands_people
from voicecoach.stt.registry import InstalledModel, default_model, installed_models

NAMES = ("vosk", "sphinx", "typed")


@dataclass(frozen=True, slots=True)
class Choice:
    """The recogniser chosen: its ``name``, how to make it (slow for big models; raises ``ModelError`` or
    ``RecognizerError``), the Vosk ``model_dir`` if it has one, and a ``notice`` for people when it is a makeshift.
    """

    name: str
    recognizer_factory: Callable[[], Recognizer]
    model_dir: Path | None = None
    notice: str | None = None


def choose(
    named: str | None, model_dir: Path | None, models_home: Path, synthetic_source: bool = False, live: bool = False
) -> Choice:
    """Choose by what the user named (``--stt``, ``--model``) and what lies in the folder of fetched models.

    ``synthetic_source``: the trainee is a synthetic voice, or the user gave a model for a recording that may be one;
    only then may the model made here listen, which understands no human. ``live``: the sound comes at the pace of
    time, from a device. Raises ``UsageError`` for words that do not fit together, and ``ModelError`` for a model that
    is not whole, is not there, or cannot understand the source.
    """
    if named not in (None, "vosk", "sphinx"):
        raise UsageError(f"there is no recogniser {named!r} for sound", remedy=f"choose one of {', '.join(NAMES)}")
    if model_dir is not None:
        if named == "sphinx":
            raise UsageError("--model is for Vosk, not for sphinx", remedy="leave out one of --stt and --model")
        return _with_given_model(model_dir, synthetic_source)
    if named == "sphinx":
        return _sphinx(live)
    if synthetic_source:
        return _vosk(synthetic_model_folder())
    installed = installed_models(models_home)
    usable = [model for model in installed if model.complete and understands_people(model.folder)]
    if usable:
        return _newest(usable)
    if named == "vosk":
        raise ModelError(_nothing_usable(installed), where=str(models_home), remedy=FETCH)
    return _sphinx(live, _fallback_notice(installed))


def _with_given_model(model_dir: Path, synthetic_source: bool) -> Choice:
    check_model_folder(model_dir)
    if not synthetic_source and not understands_people(model_dir):
        raise ModelError(
            "this model understands synthetic voices only, and no human",
            where=str(model_dir),
            remedy=f"leave out --model, or {FETCH}",
        )
    return _vosk(model_dir)


def _newest(usable: list[InstalledModel]) -> Choice:
    """The model fetched last: whoever has several fetched it because the others did not do."""
    return _vosk(max(usable, key=lambda model: (model.folder.stat().st_mtime, model.name)).folder)


def _vosk(model_dir: Path) -> Choice:
    def make() -> Recognizer:
        from voicecoach.stt.vosk_recognizer import VoskRecognizer

        return VoskRecognizer(model_dir)

    return Choice("vosk", make, model_dir)


def _sphinx(live: bool, notice: str | None = None) -> Choice:
    def make() -> Recognizer:
        from voicecoach.stt.sphinx_recognizer import SphinxRecognizer

        return SphinxRecognizer(live=live)

    return Choice("sphinx", make, None, notice)


def _nothing_usable(installed: tuple[InstalledModel, ...]) -> str:
    broken = [model for model in installed if not model.complete]
    if broken:
        return f"no whole Vosk model is here: {broken[0].name} lacks {', '.join(broken[0].missing)}"
    return "no Vosk model for human speech is here"


def _fallback_notice(installed: tuple[InstalledModel, ...]) -> str:
    model = default_model()
    return (
        f"{_nothing_usable(installed)}: listening with PocketSphinx, which hears far less well; "
        f"`voicecoach models fetch` gets {model.name} ({model.megabytes} MB)"
    )
