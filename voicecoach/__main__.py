"""``python -m voicecoach`` and the ``voicecoach`` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from voicecoach.cli import run

    run()


if __name__ == "__main__":
    main()
