"""Evaluate the shipped models on the corpora (``poe evaluate``): cross-validated, beside baselines; writes corpora/EVALUATION.md.

Every number comes from posts the model was not trained on: folds hold out whole messages, or whole writers.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import PIPELINES, Analysed, load_pipeline
from toneguide.language.identify import SUPPORTED
from toneguide.language.tokens import tokenize
from toneguide.lexicons.lexicon import load_lexicon
from toneguide.model.features import FeatureRows, feature_rows
from toneguide.model.storage import load_model
from toneguide.model.swaps import swap_lines
from toneguide.model.tone_model import DIMENSIONS, ToneModel
from toneguide.model.train import CORPORA, DATA, Example, layer_one, layer_two, read_corpus, settle_scale

__all__ = ["cross_validate", "main"]

Floats = npt.NDArray[np.float64]
FOLDS: Final = 5
_FIRST_WORDS: Final = (3, 4, 5, 6, 7, 8, 10, 15, 20)


def fit(examples: Sequence[Example], texts: Sequence[Analysed], rows: FeatureRows, chosen: Sequence[int]) -> ToneModel:
    """The model as it is trained, on some of the examples."""
    model = layer_one(texts[0].language)
    labels = np.array([(examples[i].corporate, examples[i].warmth) for i in chosen])
    some = FeatureRows(rows.categories[:, chosen], rows.signals[chosen], rows.subwords[chosen], rows.entries[chosen])
    shown = [texts[i] for i in chosen]
    return settle_scale(layer_two(model, some, labels), shown)


def cross_validate(examples: Sequence[Example], texts: Sequence[Analysed], rows: FeatureRows, groups: Sequence[object]) -> Floats:
    """Margins of every example from a model that saw none of its group.

    Returns
    -------
    numpy.ndarray of shape (n, 2)
    """
    from sklearn.model_selection import GroupKFold, LeaveOneGroupOut

    few = len(set(groups)) <= 2 * FOLDS + 2
    split = LeaveOneGroupOut() if few else GroupKFold(FOLDS)
    margins = np.zeros((len(examples), len(DIMENSIONS)))
    for known, held in split.split(np.zeros(len(examples)), groups=list(groups)):
        model = fit(examples, texts, rows, known.tolist())
        margins[held] = [model.margins(texts[i]) for i in held]
    return margins


def shipped(language: str) -> ToneModel:
    """The model as it is installed."""
    return load_model(DATA, f"model_{language}", load_lexicon(language))


def _labels(examples: Sequence[Example]) -> Floats:
    return np.array([(e.corporate, e.warmth) for e in examples])


def _auc(labels: Floats, values: Floats) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(labels, values)) if 0 < labels.mean() < 1 else float("nan")


def _language_lines(language: str) -> Iterator[str]:
    examples = read_corpus(language)
    y = _labels(examples)
    hard = np.array([bool(e.phenomenon) for e in examples])
    n_words = np.array([len(e.text.split()) for e in examples], dtype=float)
    letters = np.array([np.mean([len(w) for w in e.text.split()]) for e in examples])
    known = np.array(
        [layer_one(language).margins(t) for t in load_pipeline("fast").analyse([tokenize(e.text) for e in examples], language)]
    )
    yield f"\n## {language}: {len(examples)} posts, {int(hard.sum())} of them harder\n"
    yield "AUC | corporate, four-way posts | corporate, harder | warmth, four-way posts | warmth, harder"
    yield "---|---|---|---|---"
    results = {
        "word count only": np.c_[n_words, n_words],
        "word length only": np.c_[letters, letters],
        "layer 1, no training (fast)": known,
    }
    for pipeline in PIPELINES:
        texts = list(load_pipeline(pipeline).analyse([tokenize(e.text) for e in examples], language))
        rows = feature_rows(texts, layer_one(language))
        results[f"{pipeline}, by message"] = cross_validate(examples, texts, rows, [e.message for e in examples])
        results[f"{pipeline}, leaving one writer out"] = cross_validate(examples, texts, rows, [e.writer for e in examples])
    for name, values in results.items():
        cells = [f"{_auc(y[which, j], values[which, j]):.3f}" for j in range(len(DIMENSIONS)) for which in (~hard, hard)]
        yield f"{name} | {' | '.join(cells)}"
    yield from _independence(y, results["fast, by message"])
    yield from _phenomena(examples, y, results["fast, by message"])
    yield from _short_posts(language, examples)
    yield from swap_lines(shipped(language))


def _independence(y: Floats, margins: Floats) -> Iterator[str]:
    yield f"\nCorrelation of corporate and warmth: labels {_correlation(y):.2f}, scores {_correlation(margins):.2f} (by message, fast)."
    for j, dimension in enumerate(DIMENSIONS):
        within = [_auc(y[y[:, 1 - j] == level, j], margins[y[:, 1 - j] == level, j]) for level in (0, 1)]
        yield f"AUC of {dimension} where {DIMENSIONS[1 - j]} is 0: {within[0]:.3f}, where it is 1: {within[1]:.3f}."


def _correlation(pairs: Floats) -> float:
    return float(np.asarray(np.corrcoef(pairs.T))[0, 1])


def _phenomena(examples: Sequence[Example], y: Floats, margins: Floats) -> Iterator[str]:
    yield "\nHarder posts by phenomenon: share on the right side of the middle (by message, fast)\n"
    yield "phenomenon | n | corporate | warmth"
    yield "---|---|---|---"
    for name in sorted({e.phenomenon for e in examples if e.phenomenon}):
        which = np.array([e.phenomenon == name for e in examples])
        right = ((margins[which] > 0) == (y[which] > 0)).mean(axis=0)
        yield f"{name} | {int(which.sum())} | {right[0]:.2f} | {right[1]:.2f}"


def _short_posts(language: str, examples: Sequence[Example]) -> Iterator[str]:
    """How far the score of a post's first k words is from that of the whole."""
    model = shipped(language)
    long = [e for e in examples if len(e.text.split()) >= 2 * _FIRST_WORDS[-1]]
    pipeline = load_pipeline("fast")
    whole = np.array([model.margins(t) for t in pipeline.analyse([tokenize(e.text) for e in long], language)])
    yield f"\nFirst k words against the whole post ({len(long)} posts of 40 words and more): correlation\n"
    yield "k | corporate | warmth"
    yield "---|---|---"
    for k in _FIRST_WORDS:
        part = pipeline.analyse([tokenize(" ".join(e.text.split()[:k])) for e in long], language)
        margins = np.array([model.margins(t) for t in part])
        yield f"{k} | " + " | ".join(f"{np.corrcoef(margins[:, j], whole[:, j])[0, 1]:.2f}" for j in range(len(DIMENSIONS)))


def _counts() -> Iterator[str]:
    """Posts by cell, language, channel, line of work and length, and the blind raters' agreement."""
    import statistics
    from collections import Counter

    from nltk.metrics import interval_distance
    from nltk.metrics.agreement import AnnotationTask

    with (CORPORA / "messages.csv").open(encoding="utf-8", newline="") as file:
        work = {row["message"]: row["work"] for row in csv.DictReader(file)}
    yield "\n## Counts\n"
    yield "language | posts | messages | words, median | corporate+warm | corporate+cold | plain+warm | plain+cold | harder"
    yield "---|---|---|---|---|---|---|---|---"
    for language in SUPPORTED:
        examples = read_corpus(language)
        four = [e for e in examples if not e.phenomenon]
        cells = Counter((e.corporate, e.warmth) for e in four)
        sizes = [cells[c, w] for c, w in ((1, 1), (1, 0), (0, 1), (0, 0))]
        words = statistics.median(len(e.text.split()) for e in examples)
        row = (len(examples), len({e.message for e in four}), f"{words:.0f}", *sizes, len(examples) - len(four))
        yield f"{language} | " + " | ".join(map(str, row))
    for language in SUPPORTED:
        examples = read_corpus(language)
        yield f"\n{language}, by channel: " + ", ".join(f"{n} {c}" for c, n in Counter(e.channel for e in examples).most_common()) + "."
        yield (
            f"{language}, lines of work: {len({work[e.message] for e in examples})}, most: "
            + ", ".join(f"{n} {c}" for c, n in Counter(work[e.message] for e in examples).most_common(8))
            + "."
        )
    with (CORPORA / "ratings.csv").open(encoding="utf-8", newline="") as file:
        ratings = list(csv.DictReader(file))
    yield "\nBlind second ratings (two raters a language, of the project's own side), Krippendorff's alpha, interval:\n"
    for language in SUPPORTED:
        for dimension in DIMENSIONS:
            triples = [(r["rater"], r["id"], int(r[dimension])) for r in ratings if r["language"] == language]
            alpha = AnnotationTask(data=triples, distance=interval_distance).alpha()
            yield f"- {language}, {dimension}: {alpha:.2f} on {len({t[1] for t in triples})} posts"


def _trap_lines(path: Path) -> Iterator[str]:
    """AUC on a tab-separated file of short posts with columns corporate, warmth, trap, text."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    y = np.array([(float(r["corporate"]), float(r["warmth"])) for r in rows])
    model = shipped("fi")
    yield f"\n## {path.name}: {len(rows)} posts\n"
    for pipeline in PIPELINES:
        margins = np.array([model.margins(t) for t in load_pipeline(pipeline).analyse([tokenize(r["text"]) for r in rows], "fi")])
        yield f"{pipeline}: " + ", ".join(f"{d} AUC {_auc(y[:, j], margins[:, j]):.3f}" for j, d in enumerate(DIMENSIONS))
        for j, dimension in enumerate(DIMENSIONS):
            wrong = [r["trap"] for r, m, label in zip(rows, margins[:, j], y[:, j], strict=True) if (m > 0) != (label > 0)]
            yield f"  {pipeline}, {dimension}, on the wrong side of the middle: " + "; ".join(wrong)


def main() -> None:
    """Print the evaluation and write it to corpora/EVALUATION.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--traps", type=Path, help="a file of short posts that fool simple signals; printed only, not written")
    args = parser.parse_args()
    lines = ["# Evaluation on our own corpora", "", "Written by `poe evaluate`; labels are the writers' own.", *_counts()]
    for language in SUPPORTED:
        lines += list(_language_lines(language))
    print("\n".join(lines))
    (CORPORA / "EVALUATION.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if args.traps:
        print("\n".join(_trap_lines(args.traps)))


if __name__ == "__main__":
    main()
