"""What a synthetic trainee says to a caller over virtual devices."""

from __future__ import annotations

LINES = (
    "I can hear how upsetting that is.",
    "So you were charged twice, is that correct?",
    "I am so sorry that this happened.",
    "Leave it with me, I will take care of this for you.",
    "Can you tell me the date on your bill?",
    "That sounds very frustrating.",
)
