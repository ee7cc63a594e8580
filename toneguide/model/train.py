"""Train the shipped models from the rated lexicons and ``corpora/`` (``poe train``).

Layer 1 is what is known: rated entries and signals with a direction and a size. Layer 2 is what the example corpora
teach, as a penalised move away from layer 1. The scale is settled last, so that the corpora spread over 0-100.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from toneguide.language.analysis import Analysed, load_pipeline
from toneguide.language.identify import SUPPORTED
from toneguide.language.tokens import tokenize
from toneguide.lexicons.lexicon import load_lexicon
from toneguide.model.features import FeatureRows, categories, feature_rows, strengths
from toneguide.model.fit import fit_around
from toneguide.model.storage import save_model
from toneguide.model.subwords import N_BUCKETS
from toneguide.model.tone_model import DIMENSIONS, WARMTH, ToneModel
from toneguide.signals import SIGNALS, signal_names

__all__ = ["Example", "layer_one", "layer_two", "read_corpus", "settle_scale", "train"]

Floats = npt.NDArray[np.float64]
CORPORA: Final = Path(__file__).parents[2] / "corpora"
DATA: Final = Path(__file__).parents[1] / "data"
K: Final = 20.0
# One step of a lexicon strength, before division by length; one step of a signal's strength, per spread.
ENTRY_STEP: Final = 15.0
SIGNAL_STEP: Final = 0.15
# How far layer 2 may move: list multipliers, signals, n-grams (prior standard deviations, the latter two for each dimension).
CATEGORY_SPREAD: Final = 0.1
SIGNAL_SPREAD: Final = (0.05, 0.03)
SUBWORD_SPREAD: Final = (40.0, 30.0)
# Sentiment is not warmth: a good or bad ring counts less than a list entry of our own, politeness more.
LIST_WARMTH: Final = {"valence": 0.4, "politeness": 1.5}
# Standard deviation of the margins over the corpora: most posts then lie between 10 and 90.
MARGIN_SPREAD: Final = 1.4


@dataclass(frozen=True, slots=True)
class Example:
    """One post of the corpora.

    Attributes
    ----------
    id, message, channel, writer, text, phenomenon : str
        As in the files; `phenomenon` only for harder posts.
    corporate, warmth : float
        Label, 0 or 1.
    """

    id: str
    message: str
    channel: str
    writer: str
    text: str
    corporate: float
    warmth: float
    phenomenon: str = ""


def read_corpus(language: str, folder: Path = CORPORA) -> list[Example]:
    """All example posts of a language, in file order."""
    examples = []
    for path in sorted((folder / language).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                examples.append(
                    Example(
                        id=row["id"], message=row["message"], channel=row["channel"], writer=row["writer"], text=row["text"],
                        corporate=float(row["corporate"]), warmth=float(row["warmth"]), phenomenon=row.get("phenomenon") or "",
                    )
                )  # fmt: skip
    return examples


def layer_one(language: str) -> ToneModel:
    """The model before any example: rated knowledge only."""
    lexicon = load_lexicon(language)
    towards = {signal.name: signal.towards for signal in SIGNALS}
    entry_weights = strengths(lexicon) * ENTRY_STEP
    entry_weights[:, WARMTH] *= [LIST_WARMTH.get(entry.category, 1.0) for entry in lexicon.entries]
    return ToneModel(
        language=language,
        lexicon=lexicon,
        bias=np.zeros(len(DIMENSIONS)),
        entry_weights=entry_weights,
        subword_weights=np.zeros((N_BUCKETS, len(DIMENSIONS))),
        signal_weights={name: SIGNAL_STEP * np.array([towards[name].get(d, 0.0) for d in DIMENSIONS]) for name in signal_names(language)},
        k=K,
    )


def layer_two(
    model: ToneModel, rows: FeatureRows, labels: Floats, *, subword_spread: tuple[float, float] = SUBWORD_SPREAD, weight: float = 1.0
) -> ToneModel:
    """The model moved by labelled examples.

    Parameters
    ----------
    model : ToneModel
        Layer 1.
    rows : FeatureRows
        Features of the examples.
    labels : numpy.ndarray of shape (n, 2)
        0 or 1 for (corporate, warmth).
    subword_spread : tuple of float
        How far n-gram weights may move, for each dimension; 0 leaves them out.
    weight : float
        How much each row counts; a half where every example is there twice.
    """
    names, signals = categories(model.lexicon), signal_names(model.language)
    of_entry = np.array([names.index(entry.category) for entry in model.lexicon.entries])
    towards = {signal.name: signal.towards for signal in SIGNALS}
    step = np.array([[1.0, LIST_WARMTH.get(name, 1.0)] for name in names]).T * ENTRY_STEP
    bias, entry_weights, subwords = model.bias.copy(), model.entry_weights.copy(), model.subword_weights.copy()
    signal_weights = {name: weights.copy() for name, weights in model.signal_weights.items()}
    for j, labelled in enumerate(labels.T):
        seen = np.unique(rows.subwords.indices) if subword_spread[j] else np.array([], dtype=int)
        dense = np.hstack([rows.categories[j] * step[j], rows.signals])
        features = hstack([csr_matrix(dense), rows.subwords[:, seen]]).tocsr()
        widths = [len(names), len(signals), len(seen)]
        prior = np.concatenate([np.ones(len(names)), [model.signal_weights[name][j] for name in signals], np.zeros(len(seen))])
        speaks = [SIGNAL_SPREAD[j] if DIMENSIONS[j] in towards[name] else 0.0 for name in signals]
        spread = np.concatenate([np.full(len(names), CATEGORY_SPREAD), speaks, np.full(len(seen), subword_spread[j])])
        fitted = fit_around(features, labelled, prior=prior, spread=spread, sample_weight=np.full(len(labelled), weight))
        by_category, by_signal, by_subword = np.split(fitted.weights, np.cumsum(widths)[:-1])
        bias[j] = fitted.bias
        entry_weights[:, j] *= by_category[of_entry]
        subwords[seen, j] = by_subword
        for name, moved in zip(signals, by_signal, strict=True):
            signal_weights[name][j] = moved
    return model.with_weights(bias=bias, entry_weights=entry_weights, subword_weights=subwords, signal_weights=signal_weights)


def settle_scale(model: ToneModel, texts: Sequence[Analysed]) -> ToneModel:
    """The model with margins of mean 0 and standard deviation `MARGIN_SPREAD` over these posts.

    The labels alone would push every example to 0 or 100; ordinary posts live in between.
    """
    margins = np.array([model.margins(text) for text in texts])
    grown = MARGIN_SPREAD / margins.std(axis=0)
    return model.with_weights(
        bias=(model.bias - margins.mean(axis=0)) * grown,
        entry_weights=model.entry_weights * grown,
        subword_weights=model.subword_weights * grown,
        signal_weights={name: weight * grown for name, weight in model.signal_weights.items()},
    )


def train(language: str) -> ToneModel:
    """The shipped model of a language; both pipelines' readings of every example count."""
    examples = read_corpus(language)
    tokens = [tokenize(example.text) for example in examples]
    texts = [text for name in ("fast", "accurate") for text in load_pipeline(name).analyse(tokens, language)]
    model = layer_one(language)
    labels = np.array([(example.corporate, example.warmth) for example in examples] * 2)
    return settle_scale(layer_two(model, feature_rows(texts, model), labels, weight=0.5), texts)


def main() -> None:
    """Write the models of both languages into `toneguide/data`."""
    for language in SUPPORTED:
        save_model(train(language), DATA, f"model_{language}")


if __name__ == "__main__":
    main()
