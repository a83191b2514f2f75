"""Archives that mean harm, or are merely broken, leave nothing behind."""

from __future__ import annotations

import random
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.errors import DownloadError, StorageError
from voicecoach.stt import unpack
from voicecoach.stt.unpack import unpack_model

FILES = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLG.fst", "graph/phones/word_boundary.int")


def random_bytes(length: int) -> bytes:
    return random.Random(length).randbytes(length)


class Packer:
    """Writes a zip with a good model in it, and whatever else is put in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.mkdir("model")
            for name in FILES:
                archive.writestr(f"model/{name}", random_bytes(3_000))

    def add(self, name: str, data: bytes = b"mine", mode: int = 0) -> Packer:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name  # as it stands: the constructor would tidy it up
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = mode << 16
        with zipfile.ZipFile(self.path, "a") as archive:
            archive.writestr(info, data)
        return self


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The models folder, three levels below the test's own, so that what leads out of it can be seen."""
    place = tmp_path / "one" / "two" / "models"
    place.mkdir(parents=True)
    return place


@pytest.fixture
def packer(tmp_path: Path) -> Packer:
    return Packer(tmp_path / "m.zip")


def everything_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def assert_refused(archive: Path, place: Path, why: str) -> None:
    before = everything_below(place.parents[2])
    with pytest.raises(DownloadError, match=why):
        unpack_model(archive, place / "model")
    assert everything_below(place.parents[2]) == before


def test_a_good_archive_is_unpacked_without_its_top_folder(packer: Packer, place: Path) -> None:
    packer.add("model/README", b"hello")
    unpack_model(packer.path, place / "another-name")
    assert everything_below(place) >= {f"another-name/{name}" for name in FILES}
    assert (place / "another-name" / "README").read_bytes() == b"hello"
    assert [path.name for path in place.iterdir()] == ["another-name"]


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "model/../../outside",
        "model/am/../../../outside",
        "/outside",
        "//outside",
        "model//outside",
        "./outside",
        "C:/outside",
        "model/C:outside",
        "C:\\outside",
        "model\\..\\..\\outside",
        "model/name:stream",
        "model/na\nme",
        "..",
    ],
)
def test_a_name_that_leads_out_is_refused(name: str, packer: Packer, place: Path) -> None:
    assert_refused(packer.add(name).path, place, "not safe to unpack: .* leads out of its folder")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_a_link_or_a_device_is_refused(kind: int, packer: Packer, place: Path) -> None:
    assert_refused(packer.add("model/link", b"/etc/passwd", kind | 0o777).path, place, "is a link or a device")


def test_a_link_and_then_a_file_through_it_is_refused(packer: Packer, place: Path) -> None:
    packer.add("model/way", b"/tmp", stat.S_IFLNK | 0o777).add("model/way/outside")
    assert_refused(packer.path, place, "is a link or a device")


def test_a_bomb_is_refused_by_its_ratio(packer: Packer, place: Path) -> None:
    assert_refused(packer.add("model/zeros", bytes(20_000_000)).path, place, r"its \d+ bytes would become 200\d+")


def test_a_bomb_is_refused_by_its_size(packer: Packer, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MOST_BYTES", 14_999)
    assert_refused(packer.path, place, "would become 15000")


def test_a_bomb_that_lies_about_its_size_is_stopped_at_what_it_said(packer: Packer, place: Path) -> None:
    packer.add("model/zeros", bytes(5_000_000))
    truth, lie = (5_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    packed = packer.path.read_bytes()
    assert packed.count(truth) == 2, "in front of the file, and in the list at the end"
    packer.path.write_bytes(packed.replace(truth, lie))
    assert_refused(packer.path, place, "not a usable zip archive")


def test_too_many_files_are_refused(packer: Packer, place: Path) -> None:
    with zipfile.ZipFile(packer.path, "a") as archive:
        for number in range(2_000):
            archive.writestr(f"model/{number}", b"")
    assert_refused(packer.path, place, "2006 entries")


def test_two_files_of_one_name_are_refused(packer: Packer, place: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        packer.add("model/am/final.mdl")
    assert_refused(packer.path, place, "comes twice")


def test_a_file_that_is_also_a_folder_leaves_nothing(packer: Packer, place: Path) -> None:
    before = everything_below(place)
    with pytest.raises(StorageError):
        unpack_model(packer.add("model/am").path, place / "model")
    assert everything_below(place) == before


@pytest.mark.parametrize("name", ["loose", "other/file"])
def test_more_than_the_one_folder_is_refused(name: str, packer: Packer, place: Path) -> None:
    assert_refused(packer.add(name).path, place, "lies outside the model's folder|holds 2 folders")


def test_an_encrypted_entry_is_refused(packer: Packer, place: Path) -> None:
    data = bytearray(packer.path.read_bytes())
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    packer.path.write_bytes(data)
    assert_refused(packer.path, place, "is encrypted")


def test_an_unusual_packing_is_refused(packer: Packer, place: Path) -> None:
    with zipfile.ZipFile(packer.path, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("model/more", b"x")
    assert_refused(packer.path, place, "packed in an unusual way")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06", b"<html></html>" * 100])
def test_what_is_no_zip_is_refused(content: bytes, packer: Packer, place: Path) -> None:
    packer.path.write_bytes(content)
    assert_refused(packer.path, place, "not a usable zip archive")


def test_a_zip_cut_short_is_refused(packer: Packer, place: Path) -> None:
    packer.path.write_bytes(packer.path.read_bytes()[:-100])
    assert_refused(packer.path, place, "not a usable zip archive")


def test_an_empty_zip_is_refused(tmp_path: Path, place: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.zip", "w"):
        pass
    assert_refused(tmp_path / "m.zip", place, "holds 0 folders|would become")


def test_damage_in_the_last_file_leaves_nothing(packer: Packer, place: Path) -> None:
    data = bytearray(packer.path.read_bytes())
    last = data.rindex(b"word_boundary.int", 0, data.index(b"PK\x01\x02"))
    data[last + 100] ^= 0xFF
    packer.path.write_bytes(data)
    assert_refused(packer.path, place, "not a usable zip archive")


def test_a_folder_in_the_way_survives_a_bad_archive(packer: Packer, place: Path) -> None:
    (place / "model").mkdir()
    (place / "model" / "mine").write_text("kept")
    assert_refused(packer.add("../outside").path, place, "leads out")
    assert (place / "model" / "mine").read_text() == "kept"


def test_what_a_killed_process_left_is_cleared_away(packer: Packer, place: Path) -> None:
    (place / ".model.unpacking-abc" / "model").mkdir(parents=True)
    (place / ".other.unpacking-abc").mkdir()
    unpack_model(packer.path, place / "model")
    assert sorted(path.name for path in place.iterdir()) == [".other.unpacking-abc", "model"]


def test_an_archive_that_is_not_there_is_one_line(place: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read or written"):
        unpack_model(place / "none.zip", place / "model")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6))
def test_whatever_is_broken_in_it_nothing_escapes_and_nothing_half_is_left(
    changes: list[tuple[int, int]], packer: Packer, place: Path
) -> None:
    Packer(packer.path)
    data = bytearray(packer.path.read_bytes())
    names_begin = data.index(b"PK\x01\x02")
    for where, value in changes:  # in the list of entries, where the harm is
        data[names_begin + where % (len(data) - names_begin)] = value
    packer.path.write_bytes(data)
    whole = False
    try:
        unpack_model(packer.path, place / "model")
        whole = True
    except (DownloadError, StorageError) as error:
        assert "\n" not in str(error)
    top = place.parents[2]
    assert {path for path in everything_below(top) if not path.startswith("one/two/models")} == {
        "m.zip",
        "one",
        "one/two",
    }
    assert [path.name for path in place.iterdir()] in ([["model"]] if whole else [[], ["model"]])
