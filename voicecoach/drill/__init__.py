"""Drills: one technique, three short scenes, hints that fade."""
