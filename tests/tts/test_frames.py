"""Frames on a pipe."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.tts.frames import read_frame, write_frame

heads = st.dictionaries(st.text(), st.text() | st.integers() | st.booleans())


@settings(deadline=None)
@given(st.lists(st.tuples(heads, st.binary()), max_size=4))
def test_what_was_written_is_read_in_order_and_then_nothing(frames: list[tuple[dict[str, object], bytes]]) -> None:
    pipe = io.BytesIO()
    for head, body in frames:
        write_frame(pipe, head, body)
    pipe.seek(0)
    assert [read_frame(pipe) for _ in frames] == frames
    assert read_frame(pipe) is None


def test_a_frame_that_was_cut_off_is_the_end() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, {"id": 1}, b"sound")
    for length in range(len(pipe.getvalue())):
        assert read_frame(io.BytesIO(pipe.getvalue()[:length])) is None


@pytest.mark.parametrize("noise", [b"Audio saved to a file", b"\0\0\0\2\0\0\0\0[]", b"\0\0\0\1\0\0\0\0{"])
def test_anything_else_is_no_frame(noise: bytes) -> None:
    with pytest.raises(ValueError):
        read_frame(io.BytesIO(noise))
