"""What came of earlier drills: one JSON object a line in the folder of the drills, the newest last."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from voicecoach.errors import StorageError
from voicecoach.places import make_ready, owner_only

RESULTS_NAME = "results.jsonl"


@dataclass(frozen=True, slots=True)
class DrillResult:
    """``tries`` has for each scene played how many tries it took; 0 when the technique was not heard at all."""

    technique: Annotated[str, Field(max_length=64)]
    tries: Annotated[tuple[int, ...], Field(max_length=16)]
    at: Annotated[str, Field(max_length=40)]

    @property
    def at_once(self) -> int:
        """In how many scenes it was heard at the first try."""
        return sum(tries == 1 for tries in self.tries)


_ADAPTER: TypeAdapter[DrillResult] = TypeAdapter(DrillResult)


def keep_result(folder: Path, result: DrillResult) -> None:
    """Append it; the owner's only. Raises ``StorageError``."""
    path = make_ready(folder) / RESULTS_NAME
    try:
        with open(path, "a", encoding="utf-8", opener=owner_only) as file:  # Path.open has no opener
            file.write(json.dumps(asdict(result)) + "\n")
    except OSError as error:
        raise StorageError(f"cannot be written ({error.strerror})", where=str(path)) from error


def last_results(folder: Path) -> dict[str, DrillResult]:
    """The newest result of each technique; a line that is none of ours is passed over (a hint is no record)."""
    try:
        lines = (folder / RESULTS_NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    found: dict[str, DrillResult] = {}
    for line in lines:
        try:
            result = _ADAPTER.validate_json(line)
        except ValidationError:
            continue
        found[result.technique] = result
    return found
