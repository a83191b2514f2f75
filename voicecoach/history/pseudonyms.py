"""Names nobody can guess: the same trainee has the same one in every export of a data folder."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from voicecoach.errors import StorageError
from voicecoach.places import make_ready, owner_only

KEY_NAME = "pseudonyms.key"
KEY_BYTES = 32
LETTERS = 16


class Pseudonyms:
    """Made with a secret key of the data folder: without it, trying out names is no use. Raises ``StorageError``."""

    def __init__(self, home: Path) -> None:
        path = make_ready(home / "calls").parent / KEY_NAME
        try:
            try:
                with open(path, "xb", opener=owner_only) as file:
                    file.write(secrets.token_bytes(KEY_BYTES))
            except FileExistsError:
                pass
            self._key = path.read_bytes()
        except OSError as error:
            raise StorageError(f"cannot be written ({error.strerror})", where=str(path)) from error
        if len(self._key) != KEY_BYTES:
            raise StorageError("is no key for pseudonyms", where=str(path), remedy="remove it: pseudonyms begin anew")

    def of(self, name: str) -> str:
        """The pseudonym of a trainee; of nobody in particular for ""."""
        if not name:
            return "unnamed"
        return f"trainee-{hmac.new(self._key, name.encode(), hashlib.sha256).hexdigest()[:LETTERS]}"
