"""The frames between the program and the child."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.stt.sphinx_frames import AUDIO, FINISH, read_frame, write_frame


@given(st.lists(st.tuples(st.sampled_from([AUDIO, FINISH]), st.binary(max_size=300)), max_size=10))
def test_what_is_written_is_read(frames: list[tuple[bytes, bytes]]) -> None:
    stream = io.BytesIO()
    for kind, payload in frames:
        write_frame(stream, kind, payload)
    stream.seek(0)
    assert [read_frame(stream) for _ in frames] == frames
    assert read_frame(stream) is None


@given(st.integers(0, 9))
def test_a_frame_cut_short_is_the_end(kept_bytes: int) -> None:
    stream = io.BytesIO()
    write_frame(stream, AUDIO, b"12345")
    assert read_frame(io.BytesIO(stream.getvalue()[:kept_bytes])) is None


def test_what_is_no_frame_is_noticed() -> None:
    with pytest.raises(ValueError, match="not a frame"):
        read_frame(io.BytesIO(b"Traceback (most recent call last)"))
