"""The call: a pure engine, its journal, and replay."""
