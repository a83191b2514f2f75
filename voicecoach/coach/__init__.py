"""The coach's live page."""
