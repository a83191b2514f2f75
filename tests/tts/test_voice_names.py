"""From the names that people write to the ids of an engine."""

from __future__ import annotations

import pytest

from voicecoach.tts.voice_names import KnownVoice, espeak_id, nearest_names, platform_id

ESPEAK = (
    KnownVoice("gmw/en", "English (Great Britain)", ("en-gb",), "male"),
    KnownVoice("gmw/en-GB-scotland", "English (Scotland)", ("en-gb-scotland",), "male"),
    KnownVoice("gmw/en-US", "English (America)", ("en-us",), "male"),
    KnownVoice("gmw/de", "German", ("de",), "male"),
)
VARIANTS = ("f1", "f2", "f3", "m3", "Mr serious")

WINDOWS = (
    KnownVoice("HKEY\\DAVID", "Microsoft David Desktop", ("en-US",), "male"),
    KnownVoice("HKEY\\ZIRA", "Microsoft Zira Desktop", ("en-US",), "female"),
    KnownVoice("HKEY\\HAZEL", "Microsoft Hazel Desktop", ("en-GB",), "female"),
    KnownVoice("HKEY\\HEDDA", "Microsoft Hedda Desktop", ("de-DE",), "female"),
)
MAC = (
    KnownVoice("com.apple.Alex", "Alex", ("en_US",), "male"),
    KnownVoice("com.apple.Kate", "Kate", ("en_GB",), "female"),
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("en-us", "gmw/en-US"),
        ("EN_US", "gmw/en-US"),
        ("en-gb", "gmw/en"),
        ("en-gb-scotland", "gmw/en-GB-scotland"),
        ("English (America)", "gmw/en-US"),
        ("gmw/en-us", "gmw/en-US"),
        ("en-us+m3", "gmw/en-US+m3"),
        ("en-gb+F2", "gmw/en+f2"),
        ("en-gb+mr serious", "gmw/en+Mr serious"),
        ("en-us+", None),
        ("en-us+zzz", None),
        ("xx", None),
        ("", None),
    ],
)
def test_espeak_names(name: str, expected: str | None) -> None:
    assert espeak_id(name, ESPEAK, VARIANTS) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("en-us", "HKEY\\DAVID"),
        ("en-us+m3", "HKEY\\DAVID"),
        ("en-us+f2", "HKEY\\ZIRA"),
        ("en-gb+m1", "HKEY\\HAZEL"),
        ("en-gb-scotland", "HKEY\\HAZEL"),
        ("en+f2", "HKEY\\HAZEL"),
        ("Microsoft Zira Desktop", "HKEY\\ZIRA"),
        ("hkey\\hedda", "HKEY\\HEDDA"),
        ("fr", None),
        ("", None),
    ],
)
def test_the_same_names_pick_a_platform_voice_by_language_and_gender(name: str, expected: str | None) -> None:
    assert platform_id(name, WINDOWS) == expected


def test_language_tags_with_an_underscore_fit_too() -> None:
    assert platform_id("en-gb", MAC) == "com.apple.Kate"
    assert platform_id("en-us+f1", MAC) == "com.apple.Alex", "the language matters more than the gender"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("en-uss", "en-us"), ("scotland", "en-gb-scotland"), ("en-us+f33", "en-us+f3"), ("?", "en-us")],
)
def test_what_is_suggested_exists_and_is_near(name: str, expected: str) -> None:
    near = nearest_names(name, ESPEAK, VARIANTS)
    assert expected in near
    assert all(espeak_id(suggestion, ESPEAK, VARIANTS) for suggestion in near)


def test_on_a_platform_without_english_its_own_languages_are_suggested() -> None:
    assert nearest_names("??", (KnownVoice("x", "Hedda", ("de-DE",), "female"),), ()) == ["de-de"]
