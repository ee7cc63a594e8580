"""What each ingredient brings (``poe ablate``): the model with one thing changed, cross-validated by message; writes corpora/ABLATIONS.md.

Also how often each word list fires in the four cells, so that a list that fires against its purpose is seen.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from toneguide.language.analysis import Analysed, load_pipeline
from toneguide.language.identify import SUPPORTED
from toneguide.language.tokens import tokenize
from toneguide.lexicons.lexicon import Lexicon
from toneguide.model import train
from toneguide.model.features import FeatureRows, categories, feature_rows
from toneguide.model.tone_model import DIMENSIONS, ToneModel, Units
from toneguide.model.train import CORPORA, Example, layer_one, layer_two, read_corpus

__all__ = ["main"]

Floats = npt.NDArray[np.float64]
FOLDS: Final = 5
Variant = Callable[[ToneModel], ToneModel]


class _NoNegation(ToneModel):
    """The model without turned words."""

    def units(self, text: Analysed) -> Units:
        return Units(super().units(text).phrases, [])


def _without_signals(*names: str) -> Variant:
    def change(model: ToneModel) -> ToneModel:
        kept = {name: weight * (name not in names) for name, weight in model.signal_weights.items()}
        return model.with_weights(signal_weights=kept)

    return change


def _without_lists(model: ToneModel) -> ToneModel:
    return model.with_weights(entry_weights=model.entry_weights * 0)


def _without_phrases(model: ToneModel) -> ToneModel:
    single = [entry for entry in model.lexicon.entries if len(entry.elements) == 1]
    kept = [len(entry.elements) == 1 for entry in model.lexicon.entries]
    return model.with_weights(lexicon=Lexicon(single, model.language), entry_weights=model.entry_weights[kept])


def _without_negation(model: ToneModel) -> ToneModel:
    return _NoNegation(
        model.language, model.lexicon, model.bias, model.entry_weights, model.subword_weights, model.signal_weights, model.k
    )  # fmt: skip


def _same(model: ToneModel) -> ToneModel:
    return model


def _damped(rows: FeatureRows) -> FeatureRows:
    """Repeated words count as log2(1 + count): damping, as a share of what they would have counted."""

    def damp(block: csr_matrix) -> csr_matrix:
        out = block.copy()
        least = out.data[out.data > 0].min() if out.nnz else 1.0
        counts = np.maximum(1.0, out.data / least)
        out.data *= np.log2(1 + counts) / counts
        return out

    return rows._replace(subwords=damp(rows.subwords), entries=rows.entries)


VARIANTS: Final[dict[str, Variant]] = {
    "as shipped": _same,
    "without word lists": _without_lists,
    "without phrases": _without_phrases,
    "without negation": _without_negation,
    "without I and we": _without_signals("first_singular", "first_plural"),
    "without spoken we": _without_signals("spoken_we"),
    "without politeness signals": _without_signals(
        "conditional", "hedging", "insisting", "blunt_questions", "direct_starts", "reader_starts"
    ),
    "without rhythm": _without_signals("sentence_length", "sentence_variation", "word_length", "long_words", "short_sentences"),
}  # fmt: skip


def _cross_validated(
    examples: Sequence[Example], texts: Sequence[Analysed], model: ToneModel, *, spread: tuple[float, float] = train.SUBWORD_SPREAD,
    labels: Floats | None = None, damp: bool = False,
) -> Floats:  # fmt: skip
    from sklearn.model_selection import GroupKFold

    targets = _labels(examples) if labels is None else labels
    rows = feature_rows(texts, model)
    rows = _damped(rows) if damp else rows
    margins = np.zeros((len(examples), len(DIMENSIONS)))
    for known, held in GroupKFold(FOLDS).split(targets, groups=[e.message for e in examples]):
        some = FeatureRows(rows.categories[:, known], rows.signals[known], rows.subwords[known], rows.entries[known])
        fitted = layer_two(model, some, targets[known], subword_spread=spread)
        margins[held] = [fitted.margins(texts[i]) for i in held]
    return margins


def _labels(examples: Sequence[Example]) -> Floats:
    return np.array([(e.corporate, e.warmth) for e in examples])


def _graded(examples: Sequence[Example]) -> Floats:
    """Labels, with the blind raters' mean in their place where there is one."""
    labels = _labels(examples)
    with (CORPORA / "ratings.csv").open(encoding="utf-8", newline="") as file:
        ratings = list(csv.DictReader(file))
    for i, example in enumerate(examples):
        mine = [(float(r["corporate"]), float(r["warmth"])) for r in ratings if r["id"] == example.id]
        if mine:
            labels[i] = (np.mean(mine, axis=0) - 1) / 4
    return labels


def _row(name: str, examples: Sequence[Example], margins: Floats) -> str:
    from sklearn.metrics import roc_auc_score

    y, hard = _labels(examples), np.array([bool(e.phenomenon) for e in examples])
    cells = [f"{roc_auc_score(y[which, j], margins[which, j]):.3f}" for j in range(len(DIMENSIONS)) for which in (~hard, hard)]
    return f"{name} | {' | '.join(cells)}"


def _language_lines(language: str) -> Iterator[str]:
    examples = read_corpus(language)
    texts = list(load_pipeline("fast").analyse([tokenize(e.text) for e in examples], language))
    yield f"\n## {language}: AUC by message, fast pipeline\n"
    yield "variant | corporate, four-way | corporate, harder | warmth, four-way | warmth, harder"
    yield "---|---|---|---|---"
    base = layer_one(language)
    yield _row("layer 1 only", examples, np.array([base.margins(text) for text in texts]))
    for name, change in VARIANTS.items():
        yield _row(name, examples, _cross_validated(examples, texts, change(base)))
    yield _row("without n-grams", examples, _cross_validated(examples, texts, base, spread=(0.0, 0.0)))
    yield _row("n-grams free to move (160)", examples, _cross_validated(examples, texts, base, spread=(160.0, 160.0)))
    yield _row("repeated n-grams damped in training", examples, _cross_validated(examples, texts, base, damp=True))
    yield _row("graded labels where rated", examples, _cross_validated(examples, texts, base, labels=_graded(examples)))
    yield from _list_lines(language, examples, texts, base)


def _list_lines(language: str, examples: Sequence[Example], texts: Sequence[Analysed], model: ToneModel) -> Iterator[str]:
    rows, names = feature_rows(texts, model), categories(model.lexicon)
    hits = (rows.entries > 0).astype(float)
    of_entry = np.array([names.index(e.category) for e in model.lexicon.entries])
    y = _labels(examples)
    cells = {"corporate+warm": (1, 1), "corporate+cold": (1, 0), "plain+warm": (0, 1), "plain+cold": (0, 0)}
    words = np.array([text.n_words for text in texts])
    yield f"\n{language}: entries found per 100 words, by list and cell\n"
    yield "list | entries | " + " | ".join(cells)
    yield "---|---|" + "|".join("---" for _ in cells)
    for number, name in enumerate(names):
        found = np.asarray(hits[:, of_entry == number].sum(axis=1)).ravel()
        rates = [100 * found[which].sum() / words[which].sum() for which in ((y == cell).all(axis=1) for cell in cells.values())]
        yield f"{name} | {(of_entry == number).sum()} | " + " | ".join(f"{rate:.2f}" for rate in rates)


def main() -> None:
    """Print the tables and write them to corpora/ABLATIONS.md."""
    lines = ["# What each ingredient brings", "", "Written by `poe ablate`; cross-validated by message on our own corpora."]
    for language in SUPPORTED:
        lines += list(_language_lines(language))
    print("\n".join(lines))
    (CORPORA / "ABLATIONS.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
