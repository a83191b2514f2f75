"""`voicecoach persona schema` and `migrate`: files for an author's editor, and old files brought up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from voicecoach.errors import StorageError, UsageError
from voicecoach.persona.migration import migrated_text
from voicecoach.persona.schema import schema_text
from voicecoach.persona.shelf import read_file


def write_schema(out: Path | None) -> None:
    """The JSON Schema of a persona file, to a file or to standard output."""
    if out is None:
        sys.stdout.write(schema_text())
        return
    write_text(out, schema_text())
    sys.stderr.write(f"{out} written; your editor takes it for *.yaml files (see docs/personas.md)\n")


def migrate_file(file: Path, out: Path | None, *, force: bool) -> None:
    """An old file brought up to date in place (or into ``out``), comments and unknown fields kept."""
    if out is not None and out.exists() and not force:
        raise UsageError(f"{out} is there already", remedy="give another --out, or --force to write over it")
    migrated = migrated_text(read_file(file), str(file))
    if not migrated.done:
        sys.stderr.write(f"{file} is up to date (format {migrated.format}); nothing to do\n")
        return
    write_text(out or file, migrated.text)
    sys.stderr.write(f"{out or file}: format {migrated.format} brought up to date\n")
    for done in migrated.done:
        sys.stderr.write(f"  {done}\n")


def write_text(file: Path, text: str) -> None:
    """The text in a file, whole or not at all. Raises ``StorageError``."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StorageError(f"cannot be written ({error.strerror})", where=str(file), remedy="check the path") from error
