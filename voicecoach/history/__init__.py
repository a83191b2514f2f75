"""The history of a person's calls: an index of the journals, progress over time, exports, and forgetting."""
