"""Everything of the model folder that depends on the words: lexicon graph, language model, symbol tables."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from .grammar_fst import write_grammar
from .language_text import language_sentences, load_vocabulary
from .lexicon_fst import LexiconGraph, build_lexicon_graph
from .ngram import fitted_ngram
from .phones import PHONE_ID, boundary_kind
from .prerequisites import require_graph_tools
from .pronunciation import pronounce

_MOST_NGRAMS = 33_000  # about 0.33 MB


def build_graph(model_dir: Path, scratch_dir: Path, say: Callable[[str], None]) -> None:
    """Write `graph/` from the word lists and the sentences. The acoustic network is not touched."""
    require_graph_tools()
    graph_dir = scratch_dir / "graph"  # moved into place when it is whole
    shutil.rmtree(graph_dir, ignore_errors=True)
    (graph_dir / "phones").mkdir(parents=True)
    vocabulary = load_vocabulary()
    lexicon = build_lexicon_graph(pronounce(vocabulary), graph_dir, scratch_dir)
    sentences = language_sentences(vocabulary)
    model = fitted_ngram(sentences, vocabulary, _MOST_NGRAMS)
    write_grammar(model, lexicon.word_ids, graph_dir / "Gr.fst", scratch_dir)
    _write_symbols(lexicon, graph_dir)
    shutil.rmtree(model_dir / "graph", ignore_errors=True)
    shutil.copytree(graph_dir, model_dir / "graph")
    size_bytes = sum(file.stat().st_size for file in graph_dir.rglob("*") if file.is_file())
    say(
        f"graph: {len(vocabulary)} words, {len(sentences)} sentences, {model.size()} n-grams, {size_bytes / 1e6:.2f} MB"
    )


def _write_symbols(lexicon: LexiconGraph, graph_dir: Path) -> None:
    numbered = sorted(lexicon.word_ids.items(), key=lambda item: item[1])
    words = ["<eps> 0", *(f"{word} {number}" for word, number in numbered)]
    (graph_dir / "words.txt").write_text("\n".join(words) + "\n")
    (graph_dir / "disambig_tid.int").write_text("".join(f"{number}\n" for number in lexicon.disambiguation_ids))
    boundaries = (f"{number} {boundary_kind(phone)}\n" for phone, number in PHONE_ID.items())
    (graph_dir / "phones" / "word_boundary.int").write_text("".join(boundaries))
