"""Fetching a model from a real HTTP server on this machine, over good lines and bad ones."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import random
import socket
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from voicecoach.errors import DownloadError, StorageError, UsageError
from voicecoach.stt.download import Download, Patience
from voicecoach.stt.fetch import Stage, fetch, fetch_model, install_archive
from voicecoach.stt.registry import Digest, SpeechModel, installed_models, missing_parts

FILES = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/HCLG.fst", "graph/phones/word_boundary.int")
QUICK = Patience(connect_seconds=2, read_seconds=2, tries=3, pause_seconds=0)


def noise(seed: int, length: int) -> bytes:
    return random.Random(seed).randbytes(length)


CONTENT = {name: noise(number, 60_000) for number, name in enumerate(FILES)}


def zipped(content: dict[str, bytes], top: str = "some-model/") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(f"{top}{name}", data)
    return buffer.getvalue()


ARCHIVE = zipped(CONTENT)


class Shop:
    """A web server with one file on the shelf, whose line can be cut after so many bytes (a cut a request)."""

    def __init__(self) -> None:
        self.file = ARCHIVE
        self.etag = '"first"'
        self.knows_ranges = True
        self.says_length = True
        self.status = 200
        self.cuts: list[int] = []
        self.requests: list[str] = []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                shop.serve(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it has above us
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/m.zip"

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers.get("Range", "")
        self.requests.append(wanted)
        if self.status != 200:
            handler.send_error(self.status)
            return
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        same = handler.headers.get("If-Range", self.etag) == self.etag
        partial = bool(wanted) and self.knows_ranges and same
        if partial and start >= len(self.file):
            handler.send_response(416)
            handler.send_header("Content-Range", f"bytes */{len(self.file)}")
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        body = self.file[start:] if partial else self.file
        handler.send_response(206 if partial else 200)
        if partial:
            handler.send_header("Content-Range", f"bytes {start}-{len(self.file) - 1}/{len(self.file)}")
        if self.says_length:
            handler.send_header("Content-Length", str(len(body)))
        if self.etag:
            handler.send_header("ETag", self.etag)
        handler.end_headers()
        handler.wfile.write(body[: self.cuts.pop(0)] if self.cuts else body)
        handler.close_connection = True


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    thread = threading.Thread(target=shop.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield shop
    shop.server.shutdown()
    thread.join()
    shop.server.server_close()


@pytest.fixture
def model(shop: Shop) -> SpeechModel:
    return SpeechModel(
        name="some-model",
        language="en-US",
        megabytes=1,
        url=shop.url,
        licence="none",
        purpose="tests",
        bytes=len(ARCHIVE),
        digest=Digest("sha256", hashlib.sha256(ARCHIVE).hexdigest()),
    )


def bare(model: SpeechModel) -> SpeechModel:
    """The same model with nothing published to check it against."""
    return dataclasses.replace(model, bytes=None, digest=None)


def assert_whole(folder: Path) -> None:
    assert {name: (folder / name).read_bytes() for name in FILES} == CONTENT
    assert not missing_parts(folder)
    assert [path.name for path in folder.parent.iterdir()] == [folder.name], "nothing else may be left behind"


def refused(model: SpeechModel, home: Path) -> str:
    with pytest.raises(DownloadError) as caught:
        fetch_model(model, home, patience=QUICK)
    assert not (home / "models" / model.name).exists()
    line = str(caught.value)
    assert "\n" not in line
    return line


# ------------------------------------------------------------------------------------------------------- what works


def test_a_model_is_fetched_unpacked_and_nothing_else_is_left(model: SpeechModel, tmp_path: Path) -> None:
    seen: list[tuple[Stage, int, int | None]] = []
    folder = fetch_model(model, tmp_path, progress=lambda *step: seen.append(step), patience=QUICK)
    assert folder == tmp_path / "models" / "some-model"
    assert_whole(folder)
    assert list(dict.fromkeys(stage for stage, _, _ in seen)) == [Stage.DOWNLOAD, Stage.CHECK, Stage.UNPACK]
    for stage in (Stage.DOWNLOAD, Stage.CHECK, Stage.UNPACK):
        done = [(done, total) for at, done, total in seen if at is stage]
        assert done == sorted(done)
        assert done[-1][0] == done[-1][1]


def test_a_model_that_is_there_is_not_fetched_again(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    first = fetch_model(model, tmp_path, patience=QUICK)
    asked = len(shop.requests)
    seen: list[Stage] = []
    assert fetch_model(model, tmp_path, progress=lambda stage, *_: seen.append(stage), patience=QUICK) == first
    assert seen == [Stage.ALREADY_THERE]
    assert len(shop.requests) == asked


def test_a_half_unpacked_folder_is_replaced(model: SpeechModel, tmp_path: Path) -> None:
    half = tmp_path / "models" / "some-model"
    (half / "am").mkdir(parents=True)
    (half / "am" / "final.mdl").write_bytes(b"half")
    assert_whole(fetch_model(model, tmp_path, patience=QUICK))


def test_an_unpublished_size_and_digest_are_taken_from_the_server_and_the_zip(
    model: SpeechModel, tmp_path: Path
) -> None:
    assert_whole(fetch_model(bare(model), tmp_path, patience=QUICK))


def test_a_server_that_gives_no_length_is_read_to_its_end(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    shop.says_length = False
    assert_whole(fetch_model(bare(model), tmp_path, patience=QUICK))


def test_base_url_takes_the_place_of_the_publisher(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    elsewhere = dataclasses.replace(model, url="http://127.0.0.1:9/nothing.zip")
    mirror = shop.url.removesuffix("m.zip")
    assert_whole(fetch_model(elsewhere, tmp_path, base_url=mirror, patience=QUICK))


def test_an_archive_on_a_stick_passes_the_same_checks(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    stick = tmp_path / "m.zip"
    stick.write_bytes(ARCHIVE)
    assert_whole(install_archive(model, stick, tmp_path / "home"))
    stick.write_bytes(ARCHIVE[:-1] + b"x")
    with pytest.raises(DownloadError, match="sha256"):
        install_archive(model, stick, tmp_path / "other")
    with pytest.raises(UsageError, match="no such file"):
        install_archive(model, tmp_path / "none.zip", tmp_path / "other")
    assert not shop.requests


# ------------------------------------------------------------------------------------------------- cut connections


def test_a_connection_cut_at_half_is_taken_up_where_it_was(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    half = len(ARCHIVE) // 2
    shop.cuts = [half]
    assert_whole(fetch_model(model, tmp_path, patience=QUICK))
    assert shop.requests == ["", f"bytes={half}-"]


def test_a_line_that_is_cut_again_and_again_gets_there(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    shop.cuts = [20_000] * (len(ARCHIVE) // 20_000)
    assert len(shop.cuts) > QUICK.tries
    assert_whole(fetch_model(model, tmp_path, patience=QUICK))
    assert shop.requests[-1] == f"bytes={(len(ARCHIVE) // 20_000) * 20_000}-"


def test_a_line_that_brings_nothing_new_is_given_up_and_the_part_stays(
    model: SpeechModel, shop: Shop, tmp_path: Path
) -> None:
    shop.cuts = [50_000, 0, 0, 0]
    line = refused(model, tmp_path)
    assert "cut" in line
    assert "run the command again to go on from there" in line
    assert_whole(fetch_model(model, tmp_path, patience=QUICK))
    assert shop.requests[-1] == "bytes=50000-"


def test_ctrl_c_keeps_the_part_for_the_next_time(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    def hit_ctrl_c(stage: Stage, done_bytes: int, total_bytes: int | None) -> None:
        if done_bytes > 100_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_model(model, tmp_path, progress=hit_ctrl_c, patience=QUICK)
    kept = (tmp_path / "models" / "some-model.zip.part").stat().st_size
    assert 0 < kept < len(ARCHIVE)
    assert installed_models(tmp_path / "models") == ()
    assert_whole(fetch_model(model, tmp_path, patience=QUICK))
    assert shop.requests == ["", f"bytes={kept}-"]


def test_a_part_that_is_whole_needs_no_network(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "some-model.zip.part").write_bytes(ARCHIVE)
    assert_whole(fetch_model(model, tmp_path, patience=QUICK))
    assert shop.requests == []


def test_a_whole_part_of_unknown_size_is_confirmed_by_the_server(
    model: SpeechModel, shop: Shop, tmp_path: Path
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "some-model.zip.part").write_bytes(ARCHIVE)
    assert_whole(fetch_model(bare(model), tmp_path, patience=QUICK))
    assert shop.requests == [f"bytes={len(ARCHIVE)}-"]


def test_a_part_longer_than_the_file_is_dropped(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "some-model.zip.part").write_bytes(ARCHIVE + b"more")
    assert_whole(fetch_model(bare(model), tmp_path, patience=QUICK))
    assert shop.requests == [f"bytes={len(ARCHIVE) + 4}-", ""]


def test_a_server_without_range_sends_it_all_again(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    shop.knows_ranges = False
    shop.cuts = [len(ARCHIVE) // 2]
    assert_whole(fetch_model(model, tmp_path, patience=QUICK))
    assert len(shop.requests) == 2


def test_a_file_that_changed_in_the_meantime_starts_again(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    shop.file = zipped(dict.fromkeys(FILES, b"old" * 20_000))
    shop.cuts = [1_000, 0, 0, 0]
    refused(bare(model), tmp_path)
    shop.file, shop.etag = ARCHIVE, '"second"'
    assert_whole(fetch_model(bare(model), tmp_path, patience=QUICK))


# ---------------------------------------------------------------------------------------------- what is not accepted


def test_another_size_than_published_is_refused_before_it_is_downloaded(
    model: SpeechModel, shop: Shop, tmp_path: Path
) -> None:
    line = refused(dataclasses.replace(model, bytes=len(ARCHIVE) + 1), tmp_path)
    assert f"the server has {len(ARCHIVE)} bytes and {len(ARCHIVE) + 1} are published" in line
    assert not (tmp_path / "models" / "some-model.zip.part").exists()


def test_another_size_is_noticed_where_the_server_gives_no_length(
    model: SpeechModel, shop: Shop, tmp_path: Path
) -> None:
    shop.says_length = False
    longer = refused(dataclasses.replace(model, bytes=len(ARCHIVE) + 1), tmp_path)
    assert f"the archive has {len(ARCHIVE)} bytes and {len(ARCHIVE) + 1} are published" in longer
    assert "sends more than" in refused(dataclasses.replace(model, bytes=1_000, name="other"), tmp_path)


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_another_digest_than_published_is_refused_and_not_kept(
    algorithm: str, model: SpeechModel, tmp_path: Path
) -> None:
    wrong = dataclasses.replace(model, digest=Digest(algorithm, hashlib.new(algorithm, b"other").hexdigest()))
    line = refused(wrong, tmp_path)
    assert "not the one published" in line
    assert algorithm in line
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("status", [404, 403, 503])
def test_a_server_that_refuses_is_quoted(status: int, model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    shop.status = status
    line = refused(model, tmp_path)
    assert f"the server answers {status}" in line
    assert len(shop.requests) == 1


def test_what_is_no_zip_is_refused_and_not_kept(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    shop.file = b"<html>Please log in to the hotel's network</html>"
    assert "not a usable zip archive" in refused(bare(model), tmp_path)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_zip_without_a_model_in_it_is_refused(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    shop.file = zipped({"README": noise(9, 500), "am/final.mdl": noise(8, 500)})
    line = refused(bare(model), tmp_path)
    assert "holds no Vosk model" in line
    assert "conf/model.conf" in line
    assert list((tmp_path / "models").iterdir()) == []


def test_a_redirect_from_a_secure_to_an_insecure_address_is_refused(tmp_path: Path) -> None:
    def send_elsewhere(request: httpx.Request) -> httpx.Response:
        if request.url.scheme == "https":
            return httpx.Response(302, headers={"Location": "http://elsewhere.example/m.zip"})
        return httpx.Response(200, content=ARCHIVE)

    download = Download(
        "https://publisher.example/m.zip",
        tmp_path / "m.zip.part",
        name="some-model",
        size_bytes=None,
        otherwise="",
        progress=lambda *_: None,
        patience=QUICK,
        transport=httpx.MockTransport(send_elsewhere),
    )
    with pytest.raises(DownloadError, match=r"not secure \(http://elsewhere.example/m.zip\)"):
        download.run()
    assert not (tmp_path / "m.zip.part").exists()


# --------------------------------------------------------------------------------------------------------- off-line


def assert_says_what_to_do_instead(line: str, model: SpeechModel, home: Path) -> None:
    assert model.url in line
    assert f"unpack it into {home / 'models'}" in line
    assert "--stt sphinx" in line


def test_a_refused_connection_says_at_once_what_to_do_instead(model: SpeechModel, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed_port = taken.getsockname()[1]
    away = dataclasses.replace(model, url=f"http://127.0.0.1:{closed_port}/m.zip")
    line = refused(away, tmp_path)
    assert f"cannot reach 127.0.0.1:{closed_port}" in line
    assert_says_what_to_do_instead(line, away, tmp_path)


def test_a_name_that_nobody_knows_is_the_same_as_off_line(model: SpeechModel, tmp_path: Path) -> None:
    away = dataclasses.replace(model, url="http://models.invalid/m.zip")
    line = refused(away, tmp_path)
    assert "cannot reach models.invalid" in line
    assert_says_what_to_do_instead(line, away, tmp_path)


def test_a_server_that_never_answers_is_given_up(model: SpeechModel, tmp_path: Path) -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        away = dataclasses.replace(model, url=f"http://127.0.0.1:{mute.getsockname()[1]}/m.zip")
        with pytest.raises(DownloadError, match="cannot reach"):
            fetch_model(away, tmp_path, patience=dataclasses.replace(QUICK, read_seconds=0.1, tries=2))


@pytest.mark.parametrize(("variable", "value"), [("ALL_PROXY", "socks5://127.0.0.1:1"), ("HTTP_PROXY", "nonsense://x")])
def test_a_proxy_that_cannot_be_used_is_one_line(
    variable: str, value: str, model: SpeechModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert "the network settings cannot be used" in refused(model, tmp_path)


@pytest.mark.parametrize("address", ["nonsense", "ftp://x/", "http://[oops/"])
def test_an_address_that_is_none_is_one_line(address: str, model: SpeechModel, tmp_path: Path) -> None:
    with pytest.raises(DownloadError) as caught:
        fetch_model(model, tmp_path, base_url=address, patience=QUICK)
    assert address in str(caught.value)


def test_an_unknown_name_gives_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"did you mean vosk-model-small-en-us-0\.15"):
        fetch("vosk-model-small-en-us", tmp_path)
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------------------------------------------------- storage


def test_a_full_disk_is_said(model: SpeechModel, tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full to write to")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "some-model.zip.part").symlink_to(full)
    with pytest.raises(StorageError, match="the disk is full"):
        fetch_model(bare(model), tmp_path, patience=QUICK)


def test_a_disk_too_small_for_it_is_said_before_anything_is_downloaded(
    model: SpeechModel, shop: Shop, tmp_path: Path
) -> None:
    class Endless(bytes):
        def __len__(self) -> int:
            return 10**18

    shop.file = Endless(b"x")
    with pytest.raises(StorageError, match="MB left and 1000000000000 MB are needed"):
        fetch_model(bare(model), tmp_path, patience=QUICK)
    assert list((tmp_path / "models").glob("*.part")) == []


def test_a_home_that_cannot_be_made_is_one_line(model: SpeechModel, shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be made"):
        fetch_model(model, tmp_path / "file" / "home", patience=QUICK)
    assert shop.requests == []


def test_no_half_folder_is_ever_seen(model: SpeechModel, tmp_path: Path) -> None:
    seen_while_unpacking: list[object] = []

    def look(stage: Stage, done_bytes: int, total_bytes: int | None) -> None:
        if stage is Stage.UNPACK:
            seen_while_unpacking.extend(installed_models(tmp_path / "models"))
            assert not (tmp_path / "models" / "some-model").exists()
            assert 0 < done_bytes <= (total_bytes or 0)
            watched.append(done_bytes)

    watched: list[int] = []
    fetch_model(model, tmp_path, progress=look, patience=QUICK)
    assert len(watched) >= len(FILES)
    assert seen_while_unpacking == []
    assert [found.complete for found in installed_models(tmp_path / "models")] == [True]
