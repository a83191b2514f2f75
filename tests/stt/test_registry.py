"""The list of models, and what counts as installed."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from voicecoach.errors import StorageError, UsageError
from voicecoach.stt.registry import (
    SpeechModel,
    default_model,
    find_model,
    installed_models,
    known_models,
    missing_parts,
)

CHECKOUT = Path(__file__).parents[2]
EVERY_MODEL = pytest.mark.parametrize("model", known_models(), ids=lambda model: model.name)


def test_the_small_us_model_is_the_default_and_the_first() -> None:
    assert default_model().name == "vosk-model-small-en-us-0.15"
    assert known_models()[0] is default_model()
    assert [model.default for model in known_models()].count(True) == 1


def test_there_are_us_and_indian_models_small_and_large() -> None:
    small_megabytes = 50
    kinds = {(model.language, model.megabytes < small_megabytes) for model in known_models()}
    assert kinds == {("en-US", True), ("en-US", False), ("en-IN", True), ("en-IN", False)}


@EVERY_MODEL
def test_every_model_comes_from_its_publisher_over_a_secure_line(model: SpeechModel) -> None:
    address = urlsplit(model.url)
    assert (address.scheme, address.netloc) == ("https", "alphacephei.com")
    assert address.path == f"/vosk/models/{model.name}.zip"
    assert model.licence == "Apache-2.0"
    assert model.purpose


@EVERY_MODEL
def test_the_size_for_people_is_the_size_that_is_checked(model: SpeechModel) -> None:
    assert model.megabytes > 0
    if model.bytes is not None:
        assert model.megabytes == round(model.bytes / 1e6)


@EVERY_MODEL
def test_a_digest_is_one_that_can_be_computed_and_has_its_length(model: SpeechModel) -> None:
    if model.digest is not None:
        assert model.bytes is not None
        digits = hashlib.new(model.digest.algorithm).digest_size * 2
        assert re.fullmatch(rf"[0-9a-f]{{{digits}}}", model.digest.hex)


def test_a_model_is_found_by_its_name() -> None:
    assert find_model("vosk-model-en-in-0.5").language == "en-IN"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vosk-model-small-en-us", "vosk-model-small-en-us-0.15"),
        ("small-en-in", "vosk-model-small-en-in-0.4"),
        ("vosk-model-en-us-0.22-Igraph", "vosk-model-en-us-0.22-lgraph"),
        ("nothing like it", "vosk-model-small-en-us-0.15"),
    ],
)
def test_an_unknown_name_gives_the_nearest(typed: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_model(typed)
    assert repr(typed) in str(caught.value)
    assert meant in str(caught.value)


# ------------------------------------------------------------------------------------------------------ installed


def make_model(folder: Path, *graph: str) -> Path:
    for part in ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/phones/word_boundary.int", *graph):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_bytes(b"x")
    return folder


@pytest.mark.parametrize("graph", [("graph/HCLG.fst",), ("graph/HCLr.fst", "graph/Gr.fst")])
def test_a_folder_with_all_its_parts_is_complete(graph: tuple[str, ...], tmp_path: Path) -> None:
    assert missing_parts(make_model(tmp_path, *graph)) == ()


def test_the_model_made_here_is_complete() -> None:
    folder = CHECKOUT / "models" / "synthetic-en"
    assert missing_parts(folder) == ()


def test_half_a_graph_is_none(tmp_path: Path) -> None:
    assert missing_parts(make_model(tmp_path, "graph/HCLr.fst")) == ("graph/HCLG.fst (or HCLr.fst and Gr.fst)",)


def test_an_empty_file_is_a_missing_one(tmp_path: Path) -> None:
    make_model(tmp_path, "graph/HCLG.fst")
    (tmp_path / "am" / "final.mdl").write_bytes(b"")
    assert missing_parts(tmp_path) == ("am/final.mdl",)


def test_an_empty_folder_lacks_everything(tmp_path: Path) -> None:
    assert len(missing_parts(tmp_path)) == 5


def test_installed_are_the_folders_and_neither_parts_nor_files(tmp_path: Path) -> None:
    make_model(tmp_path / "b-whole", "graph/HCLG.fst")
    (tmp_path / "a-half").mkdir()
    (tmp_path / ".b-whole.unpacking-x").mkdir()
    (tmp_path / "c.zip.part").write_bytes(b"x")
    found = installed_models(tmp_path)
    assert [(model.name, model.complete) for model in found] == [("a-half", False), ("b-whole", True)]


def test_nothing_is_installed_where_there_is_no_folder(tmp_path: Path) -> None:
    assert installed_models(tmp_path / "none") == ()


@pytest.mark.skipif(os.name != "posix", reason="a name too long is refused by POSIX")
def test_a_folder_that_cannot_be_looked_into_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        installed_models(tmp_path / ("x" * 300))
