"""Mouth: voices, and how anger sounds on them."""
