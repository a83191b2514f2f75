"""The callers, as data files, and what they share."""
