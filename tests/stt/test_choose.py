"""Which recogniser listens."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from voicecoach.errors import ModelError, UsageError
from voicecoach.stt.choose import choose
from voicecoach.stt.model_folder import synthetic_model_folder
from voicecoach.stt.sphinx_recognizer import SphinxRecognizer
from voicecoach.stt.vosk_recognizer import VoskRecognizer

NEEDED = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/phones/word_boundary.int", "graph/HCLG.fst")


def install(home: Path, name: str, understands: str | None = None, lacking: str = "", age_seconds: int = 0) -> Path:
    folder = home / name
    for part in NEEDED:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        if part != lacking:
            (folder / part).write_bytes(b"x")
    if understands:
        (folder / "voicecoach.json").write_text(json.dumps({"understands": understands}), encoding="utf-8")
    os.utime(folder, (2e9 - age_seconds, 2e9 - age_seconds))
    return folder


def test_with_nothing_installed_pocketsphinx_listens_and_says_what_does_better(tmp_path: Path) -> None:
    choice = choose(None, None, tmp_path)
    assert (choice.name, choice.model_dir) == ("sphinx", None)
    assert choice.notice is not None
    assert "voicecoach models fetch" in choice.notice
    assert "MB" in choice.notice
    assert "\n" not in choice.notice


def test_a_fetched_model_listens(tmp_path: Path) -> None:
    folder = install(tmp_path, "vosk-model-small-en-us-0.15")
    choice = choose(None, None, tmp_path)
    assert (choice.name, choice.model_dir, choice.notice) == ("vosk", folder, None)


def test_of_several_the_one_fetched_last_listens(tmp_path: Path) -> None:
    install(tmp_path, "vosk-model-small-en-us-0.15", age_seconds=1000)
    newest = install(tmp_path, "vosk-model-en-in-0.5")
    install(tmp_path, "vosk-model-en-us-0.22", age_seconds=500)
    assert choose(None, None, tmp_path).model_dir == newest


def test_a_model_that_understands_no_people_is_never_taken_from_the_folder(tmp_path: Path) -> None:
    install(tmp_path, "synthetic-en", understands="synthetic voices")
    assert choose(None, None, tmp_path).name == "sphinx"


def test_a_half_unpacked_model_is_passed_over_and_named(tmp_path: Path) -> None:
    install(tmp_path, "vosk-model-en-us-0.22", lacking="graph/HCLG.fst")
    choice = choose(None, None, tmp_path)
    assert choice.name == "sphinx"
    assert choice.notice is not None
    assert "vosk-model-en-us-0.22 lacks graph/HCLG.fst" in choice.notice


def test_naming_vosk_without_a_model_is_an_error_with_the_command_that_helps(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no Vosk model for human speech") as caught:
        choose("vosk", None, tmp_path)
    assert "voicecoach models fetch" in str(caught.value)


def test_naming_sphinx_takes_it_whatever_is_installed_without_a_word(tmp_path: Path) -> None:
    install(tmp_path, "vosk-model-small-en-us-0.15")
    choice = choose("sphinx", None, tmp_path)
    assert (choice.name, choice.notice) == ("sphinx", None)


def test_a_model_folder_given_is_taken(tmp_path: Path) -> None:
    folder = install(tmp_path / "elsewhere", "mine")
    assert choose(None, folder, tmp_path / "home").model_dir == folder
    assert choose("vosk", folder, tmp_path / "home").model_dir == folder


def test_a_model_folder_given_is_looked_at_first(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="half unpacked"):
        choose(None, install(tmp_path, "mine", lacking="conf/mfcc.conf"), tmp_path)


def test_a_person_is_never_heard_by_the_model_made_here(tmp_path: Path) -> None:
    folder = install(tmp_path, "synthetic-en", understands="synthetic voices")
    with pytest.raises(ModelError, match="understands synthetic voices only, and no human") as caught:
        choose(None, folder, tmp_path)
    assert caught.value.remedy
    assert choose(None, folder, tmp_path, synthetic_source=True).model_dir == folder


def test_a_synthetic_trainee_is_heard_by_the_model_made_here(tmp_path: Path) -> None:
    install(tmp_path, "vosk-model-small-en-us-0.15")
    choice = choose(None, None, tmp_path, synthetic_source=True)
    assert (choice.model_dir, choice.notice) == (synthetic_model_folder(), None)


def test_a_synthetic_trainee_can_be_heard_by_pocketsphinx(tmp_path: Path) -> None:
    assert choose("sphinx", None, tmp_path, synthetic_source=True).name == "sphinx"


@pytest.mark.parametrize("named", ["whisper", "typed", ""])
def test_an_unknown_name_is_a_usage_error_that_names_those_there_are(tmp_path: Path, named: str) -> None:
    with pytest.raises(UsageError, match="vosk, sphinx, typed"):
        choose(named, None, tmp_path)


def test_a_model_with_sphinx_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--model is for Vosk"):
        choose("sphinx", install(tmp_path, "mine"), tmp_path)


def test_the_choice_makes_the_recogniser(tmp_path: Path, model_dir: Path) -> None:
    vosk = choose(None, model_dir, tmp_path, synthetic_source=True).recognizer_factory()
    sphinx = choose("sphinx", None, tmp_path, live=True).recognizer_factory()
    try:
        assert isinstance(vosk, VoskRecognizer)
        assert isinstance(sphinx, SphinxRecognizer)
    finally:
        vosk.close()
        sphinx.close()
