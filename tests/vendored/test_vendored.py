"""Scripts of others are what the registry published, unchanged, with their licence beside them and in the list."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from voicecoach.vendored import UPLOT, UPLOT_STYLE, WAVESURFER, vendored

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "voicecoach" / "vendored", ROOT / "tests" / "vendored")
OURS = {"__init__.py", "__pycache__", "manifest.json", "test_vendored.py"}


@pytest.mark.parametrize("folder", FOLDERS, ids=["shipped", "for tests"])
def test_every_file_is_what_the_manifest_says_and_no_other_is_there(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {path.name for path in folder.iterdir()} - OURS == set(manifest)
    for name, said in manifest.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == said["sha256"], name
        assert said["integrity"].startswith("sha512-")


def test_every_package_stands_on_the_third_party_page_with_version_and_licence() -> None:
    page = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    for folder in FOLDERS:
        for said in json.loads((folder / "manifest.json").read_text(encoding="utf-8")).values():
            row = next((line for line in rows if f"| {said['package']} " in line), "")
            assert said["version"] in row, said["package"]
            assert said["licence"] in row, said["package"]


@pytest.mark.parametrize("name", [UPLOT, UPLOT_STYLE, WAVESURFER])
def test_a_page_can_carry_the_text_in_it(name: str) -> None:
    element = "style" if name.endswith(".css") else "script"
    assert f"</{element}" not in vendored(name).lower()
    assert "<!--" not in vendored(name)
