"""`python -m models.recipe`: rebuild the model `models/synthetic-en`, or only its words (`--graph-only`)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .prerequisites import MissingPrerequisite
from .settings import MODEL_DIR, REPOSITORY_DIR, Workspace


def main(arguments: list[str] | None = None) -> int:
    """Run the recipe; 0 when the model folder is written, 2 when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m models.recipe", description=__doc__)
    parser.add_argument("--graph-only", action="store_true", help="new words and sentences, same acoustic network")
    parser.add_argument("--utterances", type=int, default=9000, help="how many recordings to train on")
    parser.add_argument("--epochs", type=float, default=5.0, help="passes over the training speech in the last round")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--build-dir", type=Path, default=REPOSITORY_DIR / "build" / "recipe")
    parser.add_argument("--model-dir", type=Path, default=MODEL_DIR, help="the model folder to write")
    options = parser.parse_args(arguments)
    workspace = Workspace(options.build_dir, options.model_dir)
    try:
        if options.graph_only:
            from .graph import build_graph

            build_graph(workspace.model_dir, workspace.build_dir, _say)
        else:
            from .build import build_model

            build_model(workspace, options.utterances, options.epochs, options.processes, _say)
    except MissingPrerequisite as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    except ModuleNotFoundError as missing:
        sys.stderr.write(f"missing: {missing.name}. pip install -r models/recipe/requirements.txt\n")
        return 2
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
