"""Readers of journals: the live view, the score card, the report."""
