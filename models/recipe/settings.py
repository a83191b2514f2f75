"""Where the recipe reads and writes, and the numbers that more than one module must agree on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SAMPLE_RATE_HZ = 16_000
FRAME_SHIFT_SAMPLES = 160  # 10 ms; Vosk's word times assume 3 x 10 ms per output frame
SUBSAMPLING_FACTOR = 3

RECIPE_DIR = Path(__file__).resolve().parent
REPOSITORY_DIR = RECIPE_DIR.parent.parent
MODEL_DIR = RECIPE_DIR.parent / "synthetic-en"
TEXT_DIR = RECIPE_DIR / "text"
VOCABULARY_FILE = RECIPE_DIR / "vocabulary.txt"
EXTRA_WORDS_FILE = RECIPE_DIR / "extra_words.txt"
HELD_OUT_FILE = RECIPE_DIR / "held_out.txt"
AGENT_LINES_DIR = REPOSITORY_DIR / "training" / "lines"


@dataclass(frozen=True)
class Workspace:
    """The files one build makes on its way to the model folder. `build_dir` is outside version control."""

    build_dir: Path
    model_dir: Path = MODEL_DIR

    @property
    def audio_dir(self) -> Path:
        """Synthesised utterances, one raw 16 kHz int16 file per utterance."""
        return self.build_dir / "audio"

    @property
    def utterances_file(self) -> Path:
        """One JSON object per synthesised utterance."""
        return self.build_dir / "utterances.jsonl"

    def alignment_file(self, stage: str) -> Path:
        """Frame labels of every utterance after one stage of the build."""
        return self.build_dir / f"alignment-{stage}.npz"

    def network_file(self, stage: str) -> Path:
        """The network trained in one stage of the build, with its priors."""
        return self.build_dir / f"network-{stage}.npz"

    def features_file(self, take: int) -> Path:
        """Features of the whole corpus as heard in one augmentation take."""
        return self.build_dir / f"features-{take}.npz"
