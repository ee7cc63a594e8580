"""Margins of many texts at once: the sums of `ToneModel.margins` taken over one long row of types.

Every addend is the same and is added in the same order, so a text's margins do not depend on the texts around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from toneguide.language.chunks import Ints, gather
from toneguide.language.flat import FlatTexts
from toneguide.signals import measures, placing, text_signals, token_signals
from toneguide.signals.signal import Lengths, TextSignal

if TYPE_CHECKING:
    from toneguide.model.tone_model import ToneModel
    from toneguide.model.type_weights import TypeWeights

__all__ = ["margins_of_many"]

Floats = npt.NDArray[np.float64]


def margins_of_many(model: ToneModel, texts: FlatTexts) -> Floats:
    """Margins for (corporate, warmth) of texts that have a word each.

    Returns
    -------
    numpy.ndarray of shape (n_texts, 2)
        Equal to `ToneModel.margins` of each text to the last few bits.
    """
    types = model.types_of(texts.whole.table)
    post = np.repeat(np.arange(len(texts)), np.diff(texts.bounds))
    values = _signal_values(model, types, texts, post)
    below = texts.n_words + model.k
    margins = np.empty((len(texts), len(model.bias)))
    for d, total in enumerate(_unit_totals(model, types, texts, post)):
        margins[:, d] = model.bias[d] + total / below
        # One signal after the other: a matrix product may add in another order for another number of texts.
        for s, weight in enumerate(model.signal_matrix[:, d].tolist()):
            if weight:
                margins[:, d] += weight * values[:, s]
    return margins


def _unit_totals(model: ToneModel, types: TypeWeights, texts: FlatTexts, post: Ints) -> list[Floats]:
    n, ids = len(texts), texts.whole.ids
    phrases, negated = model.units(texts.whole)
    places, at = phrases.places, phrases.places[phrases.bounds[:-1]]
    totals = []
    for d in range(len(model.bias)):
        weights = types.weights[ids, d]
        total: Floats = np.bincount(post, weights, minlength=n).astype(float)
        if len(phrases):
            total += np.bincount(post[at], model.entry_weights[phrases.entries, d], minlength=n)
            total -= np.bincount(post[places], weights[places], minlength=n)
        turned = model.turned[d]
        if negated and turned != 1:
            total += (turned - 1) * np.bincount(post[negated], weights[negated], minlength=n)
        totals.append(total)
    return totals


def _signal_values(model: ToneModel, types: TypeWeights, texts: FlatTexts, post: Ints) -> Floats:
    typical, spread = measures(model.language)
    n, asked = len(texts), len(typical)
    counts = _count(types, texts.whole.ids, post, n, asked)
    sentences = np.array(texts.whole.tokens.sentences, dtype=np.int64)
    firsts = _count(types, texts.whole.ids[sentences], post[sentences], n, asked)
    only_first, only_inside, per_sentence = placing(model.language)
    counts[:, only_first] = firsts[:, only_first]
    counts[:, only_inside] -= firsts[:, only_inside]
    lengths = Lengths(texts.n_words, texts.word_length, texts.sentence_words, np.repeat(np.arange(n), np.diff(texts.sentence_bounds)))
    measured: dict[int, Floats] = {}
    for i, signal in enumerate(text_signals(model.language), len(token_signals(model.language))):
        if signal.measure_many is not None:
            found = signal.measure_many(lengths)
            measured[i] = np.where(np.isnan(found), typical[i], found)
        else:
            counts[:, i] = _places(signal, types, texts, post)
    raw = counts / np.where(per_sentence, np.diff(texts.sentence_bounds)[:, None], texts.n_words[:, None])
    for i, found in measured.items():
        raw[:, i] = found
    return (raw - typical) / spread


def _count(types: TypeWeights, ids: Ints, post: Ints, n: int, asked: int) -> Floats:
    """How many tokens of each text each signal holds for."""
    places, sizes = gather(np.frombuffer(types.fired_starts, np.int64), ids)
    fired = np.frombuffer(types.fired, np.int16)[places]
    return np.bincount(np.repeat(post * asked, sizes) + fired, minlength=n * asked).reshape(n, asked).astype(float)


def _places(signal: TextSignal, types: TypeWeights, texts: FlatTexts, post: Ints) -> Ints:
    """In how many places of each text a signal fires."""
    marked = types.answers("when", signal.name)[texts.whole.ids]
    if signal.run:
        return _runs(marked, signal.run, texts, post)
    at = np.flatnonzero(marked)
    if signal.where == "first":
        at = at[np.isin(at, texts.whole.tokens.sentences)]
    if signal.then is None:
        return _asked(signal, marked, post[at], texts)
    start, end = texts.bounds[post[at]], texts.bounds[post[at] + 1]
    follows = types.answers("then", signal.name)[texts.whole.ids]
    passes = types.answers("through", signal.name)[texts.whole.ids] if signal.through is not None else np.ones_like(follows)
    near, goes_on = np.zeros(len(at), dtype=bool), np.ones(len(at), dtype=bool)
    for step in range(1, signal.within + 1):
        there = np.minimum(at + step, end - 1)
        near |= follows[there] & goes_on & (at + step < end)
        goes_on &= passes[there]
    at, start, end = at[near], start[near], end[near]
    if signal.through is not None:
        return np.bincount(post[at], minlength=len(texts))
    # Most marked tokens need no closer look: what must follow does not follow.
    # Well inside its text a place is the same whatever comes before and after the text.
    edge = np.unique(post[at[(at == start) | (at + signal.within + 1 >= end)]])
    inside = np.zeros_like(marked)
    inside[at[~np.isin(post[at], edge)]] = True
    found = [first for first, _ in signal.find(texts.whole, inside)] if signal.find is not None else []
    return np.bincount(post[np.array(found, dtype=np.int64)], minlength=len(texts)) + _asked(signal, marked, edge, texts)


def _asked(signal: TextSignal, marked: npt.NDArray[np.bool_], which: Ints, texts: FlatTexts) -> Ints:
    """Places in some of the texts, one text after the other."""
    counts = np.zeros(len(texts), dtype=np.int64)
    for i in np.unique(which).tolist() if signal.find is not None else ():
        counts[i] = sum(1 for _ in signal.find(texts.text(i), marked[texts.bounds[i] : texts.bounds[i + 1]]))  # type: ignore[misc]
    return counts


def _runs(marked: npt.NDArray[np.bool_], least: int, texts: FlatTexts, post: Ints) -> Ints:
    """Runs of marked tokens, `least` long or longer, none across two texts."""
    begins = marked.copy()
    begins[1:] &= ~marked[:-1] | (post[1:] != post[:-1])
    sizes = np.bincount(np.cumsum(begins)[marked] - 1, minlength=int(begins.sum()))
    return np.bincount(post[begins][sizes >= least], minlength=len(texts))
