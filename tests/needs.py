"""What a test needs of its machine: absent, it is skipped with the reason; where everything must be there, it fails."""

from __future__ import annotations

import os

import pytest


def need(condition: bool, reason: str) -> None:
    """Skip the test unless ``condition`` holds; with VOICECOACH_REQUIRE_ALL=1 fail it instead."""
    if condition:
        return
    if os.environ.get("VOICECOACH_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
