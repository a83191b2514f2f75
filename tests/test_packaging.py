"""What leaves the house: a wheel that plays the demo anywhere, and an honest list of what it stands on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (built,) = folder.glob("voicecoach-*.whl")
    return built


def test_the_wheel_carries_callers_models_and_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "voicecoach/personas/double_charge.yaml",
        "voicecoach/personas/cancelled_flight.yaml",
        "voicecoach/personas/_common.yaml",
        "voicecoach/personas/persona.schema.json",
        "voicecoach/personas/golden/double_charge/well.yaml",
        "voicecoach/models/registry.yaml",
        "voicecoach/models/synthetic-en/am/final.mdl",
        "voicecoach/models/synthetic-en/voicecoach.json",
        "voicecoach/models/synthetic-en/graph/phones/word_boundary.int",
        "voicecoach/models/sphinx-domain/domain.lm.gz",
        "voicecoach/techniques/weights.npz",
        "voicecoach/techniques/hear.phrases",
        "voicecoach/commands/demo_well.yaml",
        "voicecoach/vendored/uPlot.iife.min.js",
        "voicecoach/review/rubric.yaml",
        "voicecoach/review/page/report.html.j2",
        "voicecoach/history/page.html.j2",
        "voicecoach/history/page.css",
        "voicecoach/history/migrations/versions/v0001_first.py",
        "voicecoach/py.typed",
    ):
        assert needed in names
    strangers = [name for name in names if name.startswith(("tests/", "bench/", "training/")) or "recipe" in name]
    assert not strangers


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_demo_plays_from_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, capture_output=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    install = [str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, cwd=tmp_path)
    variables = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    played = subprocess.run(
        [str(programs / "voicecoach"), "demo", "--silent", "--json"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**variables, "VOICECOACH_HOME": str(tmp_path / "home")},
        check=False,
    )
    assert played.returncode == 0, played.stderr
    assert json.loads(played.stdout)["outcome"] == "resolved"


def test_every_dependency_stands_on_the_third_party_page() -> None:
    page = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8").lower().replace("_", "-")
    missing = {name for name in _needed("voicecoach", set()) if name not in page}
    assert not missing


def _needed(name: str, seen: set[str]) -> set[str]:
    """Everything this distribution asks for on this machine without an extra, by its canonical name."""
    from packaging.requirements import Requirement

    for text in distribution(name).requires or []:
        requirement = Requirement(text)
        key = requirement.name.lower().replace("_", "-")
        if key in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(key)
        _needed(requirement.name, seen)
    return seen
