"""Bringing one file over HTTP into a ``.part`` file, from where it was cut off last time.

The server's strong ETag (else its Last-Modified) is kept beside the part and sent as If-Range, so that a file that
was changed in the meantime starts again instead of being glued to the old one.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from voicecoach.errors import DownloadError
from voicecoach.stt.unpack import need_space, storage_error

HARD_LIMIT_BYTES = 4_000_000_000
"""Where nobody gives a size: twice the largest official English archive."""

AT_ONCE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
"""What a machine that is off-line meets; asking again would only keep the person waiting."""

BytesProgress = Callable[[int, int | None], None]
"""Called with the bytes that are there and the bytes in all (None while nobody has said)."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for the network.

    ``connect_seconds`` for a connection, ``read_seconds`` for the next bytes; after ``tries`` cut connections in a row
    that brought nothing new, with ``pause_seconds`` between them, the download is given up (and can be resumed).
    """

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    tries: int = 5
    pause_seconds: float = 1.0


class _Cut(Exception):
    """The connection ended before the file did."""


class Download:
    """One file on its way.

    ``name`` is what messages call it, ``size_bytes`` its published size (None: what the server says is believed) and
    ``otherwise`` what a person can do when there is no network. ``transport`` takes the place of the network.
    """

    def __init__(
        self,
        url: str,
        part: Path,
        *,
        name: str,
        size_bytes: int | None,
        otherwise: str,
        progress: BytesProgress,
        patience: Patience,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._url = _address(url)
        self._part = part
        self._validator = part.with_name(f"{part.name}.etag")
        self._name = name
        self._size_bytes = size_bytes
        self._otherwise = otherwise
        self._progress = progress
        self._patience = patience
        self._transport = transport
        self._total_bytes = size_bytes
        self._answered = False

    def run(self) -> None:
        """Bring the whole file, going on after cuts as long as each brings something new.

        Raises ``DownloadError`` or ``StorageError``; then, and on Ctrl-C, what has come so far stays for the next run.
        """
        furthest_bytes = self._have_bytes()
        tries_left = self._patience.tries
        with self._client() as client:
            while self._size_bytes is None or self._have_bytes() != self._size_bytes:
                try:
                    self._receive(client)
                    return
                except _Cut as cut:
                    tries_left = self._patience.tries if self._have_bytes() > furthest_bytes else tries_left - 1
                    furthest_bytes = max(furthest_bytes, self._have_bytes())
                    if tries_left <= 0 or (not self._answered and isinstance(cut.__cause__, AT_ONCE)):
                        raise self._given_up(cut) from cut
                    time.sleep(self._patience.pause_seconds)

    def forget(self) -> None:
        """Remove the part: it has served, or it is of no use."""
        self._part.unlink(missing_ok=True)
        self._validator.unlink(missing_ok=True)

    def _client(self) -> httpx.Client:
        timeout = httpx.Timeout(self._patience.read_seconds, connect=self._patience.connect_seconds)
        try:
            return httpx.Client(
                timeout=timeout,
                follow_redirects=True,
                headers={"Accept-Encoding": "identity"},
                transport=self._transport,
            )
        except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
            raise DownloadError(
                f"the network settings cannot be used ({error})",
                where=self._name,
                remedy="check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE",
            ) from error

    def _have_bytes(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _receive(self, client: httpx.Client) -> None:
        """One request, from what is there to the end. Raises ``_Cut`` when it did not get so far."""
        try:
            with client.stream("GET", self._url, headers=self._wish()) as response:
                self._answered = True
                if self._accept(response):
                    self._keep(response)
        except (httpx.TransportError, httpx.TooManyRedirects) as error:
            raise _Cut(re.sub(r"^\[Errno -?\d+\] ", "", str(error)) or type(error).__name__) from error
        except OSError as error:
            raise storage_error(error, self._part.parent) from error

    def _wish(self) -> dict[str, str]:
        """Only what is not there yet, provided that the file is still the same."""
        have_bytes = self._have_bytes()
        if not have_bytes:
            return {}
        wish = {"Range": f"bytes={have_bytes}-"}
        if self._validator.exists():
            wish["If-Range"] = self._validator.read_text(encoding="utf-8")
        return wish

    def _accept(self, response: httpx.Response) -> bool:
        """Whether there is anything to keep in this answer; sets the total. Raises what the answer makes impossible."""
        if self._url.scheme == "https" and response.url.scheme != "https":
            raise self._wrong(f"the server sends us on to an address that is not secure ({response.url})")
        if response.status_code in (httpx.codes.PARTIAL_CONTENT, httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE):
            start, total = _content_range(response.headers.get("Content-Range", ""))
            have_bytes = self._have_bytes()
            if response.status_code != httpx.codes.PARTIAL_CONTENT and total == have_bytes:
                return False
            if start != have_bytes:
                self.forget()
                raise _Cut("the server cannot go on from there")
        elif response.status_code == httpx.codes.OK:
            length = response.headers.get("Content-Length", "")
            total = int(length) if length.isdigit() else None
        else:
            raise self._wrong(f"the server answers {response.status_code} {response.reason_phrase}".rstrip())
        if None not in (total, self._size_bytes) and total != self._size_bytes:
            self.forget()
            raise self._wrong(f"the server has {total} bytes and {self._size_bytes} are published")
        self._total_bytes = self._size_bytes or total
        return True

    def _keep(self, response: httpx.Response) -> None:
        again = response.status_code == httpx.codes.OK
        have_bytes = 0 if again else self._have_bytes()
        if self._total_bytes is not None:
            need_space(self._part.parent, self._total_bytes - have_bytes)
        limit_bytes = self._total_bytes or HARD_LIMIT_BYTES
        if again:
            self._remember(response)
        with self._part.open("wb" if again else "ab") as sink:
            # No chunk size: httpx would hold back what does not fill one, and drop it when the line is cut.
            for chunk in response.iter_raw():
                have_bytes += len(chunk)
                if have_bytes > limit_bytes:
                    raise self._wrong(f"the server sends more than the {limit_bytes} bytes there should be")
                sink.write(chunk)
                self._progress(have_bytes, self._total_bytes)
        if self._total_bytes is not None and have_bytes < self._total_bytes:
            raise _Cut("the server stopped early")

    def _remember(self, response: httpx.Response) -> None:
        etag = response.headers.get("ETag", "")
        strong = etag if etag.startswith('"') else response.headers.get("Last-Modified", "")
        if strong:
            self._validator.write_text(strong, encoding="utf-8")
        else:
            self._validator.unlink(missing_ok=True)

    def _wrong(self, what: str) -> DownloadError:
        return DownloadError(what, where=self._name, remedy=self._otherwise)

    def _given_up(self, cut: _Cut) -> DownloadError:
        have_bytes = self._have_bytes()
        if not self._answered:
            return self._wrong(f"cannot reach {self._url.netloc.decode() or self._url} ({cut})")
        total = f" of {self._total_bytes / 1e6:.1f}" if self._total_bytes else ""
        return DownloadError(
            f"the connection keeps being cut, at {have_bytes / 1e6:.1f}{total} MB ({cut})",
            where=self._name,
            remedy="run the command again to go on from there",
        )


def _address(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except httpx.InvalidURL as error:
        raise DownloadError(f"this is no address ({error})", where=url) from error


def _content_range(header: str) -> tuple[int | None, int | None]:
    """The start and the total of a Content-Range header, each None when it does not say."""
    found = re.fullmatch(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)", header.strip())
    if not found:
        return None, None
    start, total = found.groups()
    return (int(start) if start else None), (int(total) if total != "*" else None)
