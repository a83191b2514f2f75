"""Tools for persona authors."""
