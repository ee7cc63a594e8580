"""Phrases of a lexicon, looked for at all places of a row of tokens at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["GAP", "Match", "PhraseFinder", "Phrases"]

GAP: Final = "..."
LONGEST_GAP: Final = 3

Ints = npt.NDArray[np.int64]
Elements = npt.NDArray[np.int32]
Bits = npt.NDArray[np.uint64]


class Match(NamedTuple):
    """Entry number `entry` stands at tokens ``places``."""

    entry: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Phrases found, left to right; as an iterable the same as `Match`.

    Attributes
    ----------
    entries : numpy.ndarray of shape (n_phrases,)
        Which entry each is.
    places : numpy.ndarray
        Tokens of all of them.
    bounds : numpy.ndarray of shape (n_phrases + 1,)
        Where each one's tokens begin among `places`.
    """

    entries: Ints
    places: Ints
    bounds: Ints

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Match]:
        places, bounds = self.places.tolist(), self.bounds.tolist()
        for i, entry in enumerate(self.entries.tolist()):
            yield Match(entry, tuple(places[bounds[i] : bounds[i + 1]]))


class PhraseFinder:
    """The phrases of a lexicon as a tree of elements, held in arrays.

    Parameters
    ----------
    phrases : iterable of (int, tuple of str)
        Number of each entry, and its elements: ``"=form"``, ``"lemma"``, ``"..."``.
    """

    def __init__(self, phrases: Iterable[tuple[int, tuple[str, ...]]]) -> None:
        self._elements: dict[str, int] = {}
        nodes: dict[tuple[int, int], int] = {}
        entries = {0: -1}
        for entry, elements in phrases:
            node = 0
            for element in elements:
                step = -1 if element == GAP else self._elements.setdefault(element, len(self._elements))
                node = nodes.setdefault((node, step), len(nodes) + 1)
                entries.setdefault(node, -1)
            entries[node] = entry
        self._n = max(1, len(self._elements))
        self._entry = np.array([entries[node] for node in range(len(entries))])
        self._gap = np.full(len(entries), -1)
        for (node, step), after in nodes.items():
            if step < 0:
                self._gap[node] = after
        steps = sorted((node * self._n + step, after) for (node, step), after in nodes.items() if step >= 0)
        self._codes = np.array([code for code, _ in steps] or [-1], dtype=np.int64)
        self._after = np.array([after for _, after in steps] or [0], dtype=np.int64)
        self._leads_on = self._gap >= 0
        self._leads_on[self._codes // self._n] |= self._codes >= 0
        self._bits = self._element_bits(nodes)

    def _element_bits(self, nodes: dict[tuple[int, int], int]) -> Bits:
        """For each element its own bit of 64, those of the elements that may follow it at once, and those after a gap; nothing at the end."""
        bits = [[1 << (element & 63), 0, 0] for element in range(len(self._elements))] + [[0, 0, 0]]
        firsts = {after: step for (node, step), after in nodes.items() if node == 0 and step >= 0}
        gaps = {after: firsts[node] for (node, step), after in nodes.items() if step < 0 and node in firsts}
        for node, step in nodes:
            for column, owners in ((1, firsts), (2, gaps)):
                if node in owners and step >= 0:
                    bits[owners[node]][column] |= bits[step][0]
        return np.array(bits, dtype=np.uint64)

    def elements_of(self, form: str, lemma: str) -> tuple[int, int, int]:
        """Numbers of the elements that a word can stand for; -1 for none, as for most words."""
        get = self._elements.get
        exact, plain, base = get("=" + form, -1), get(form, -1), get(lemma, -1)
        return exact, plain, -1 if base == plain else base

    def bits_of(self, elements: Elements) -> Bits:
        """Of words, as from `elements_of`: what they stand for, what may follow them at once, and after a gap.

        Returns
        -------
        numpy.ndarray of shape (3, n_words)
            Sets as bits, so that one look at two neighbours rules most phrases out.
        """
        bits: Bits = np.bitwise_or.reduce(self._bits[elements], axis=1).T
        return bits

    def find(self, ids: Ints, sentences: Ints, elements: Elements, bits: Bits) -> Phrases:
        """Phrases of a row of tokens: the longest first, none overlapping or crossing a sentence.

        Parameters
        ----------
        ids : numpy.ndarray of shape (n_tokens,)
            Word type of each token.
        sentences : numpy.ndarray
            Tokens that begin a sentence.
        elements, bits : numpy.ndarray of shape (n_types, 3) and (3, n_types)
            Of each type.
        """
        starts = self._starts(ids, bits)
        stops = np.append(sentences, len(ids))[np.searchsorted(sentences, starts, side="right")]
        entries, sizes, places = self._longest(ids, starts, stops, elements)
        kept, free = [], 0
        found = np.flatnonzero(sizes)
        lasts = places[found, sizes[found] - 1].tolist()
        for i, start, last in zip(found.tolist(), starts[found].tolist(), lasts, strict=True):
            if start >= free:
                kept.append(i)
                free = last + 1
        sizes, places = sizes[kept], places[kept]
        return Phrases(entries[kept], places[np.arange(places.shape[1]) < sizes[:, None]], np.append(0, np.cumsum(sizes)))

    def _starts(self, ids: Ints, bits: Bits) -> Ints:
        """Tokens where a phrase may begin."""
        stands = bits[0][ids]
        later = np.zeros_like(stands)
        for step in range(1, LONGEST_GAP + 2):
            later[:-step] |= stands[step:]
        likely = (bits[2][ids] & later) != 0
        likely[:-1] |= (bits[1][ids[:-1]] & stands[1:]) != 0
        return np.flatnonzero(likely)

    def _longest(self, ids: Ints, starts: Ints, stops: Ints, elements: Elements) -> tuple[Ints, Ints, Ints]:
        """Entry, number of tokens, and the tokens of the longest phrase from each start."""
        entries, sizes, places = np.full(len(starts), -1), np.zeros(len(starts), dtype=np.int64), np.zeros((len(starts), 1), dtype=np.int64)
        owner, node, path = np.arange(len(starts)), np.zeros(len(starts), dtype=np.int64), np.zeros((len(starts), 0), dtype=np.int64)
        at = starts
        while len(owner):
            before, at, node = self._step(ids, at, node, stops[owner], elements)
            owner, path = owner[before], np.column_stack([path[before], at])
            if path.shape[1] > places.shape[1]:
                places = np.column_stack([places, np.zeros(len(places), dtype=np.int64)])
            # The first of equally long ones has it.
            ends = np.flatnonzero(self._entry[node] >= 0)[::-1]
            entries[owner[ends]], sizes[owner[ends]] = self._entry[node[ends]], path.shape[1]
            places[owner[ends], : path.shape[1]] = path[ends]
            on = self._leads_on[node]
            owner, path, node, at = owner[on], path[on], node[on], at[on] + 1
        return entries, sizes, places

    def _step(self, ids: Ints, at: Ints, node: Ints, stops: Ints, elements: Elements) -> tuple[Ints, Ints, Ints]:
        """One token further in every way: which state came before, its token, and its node, in the order in which they are preferred."""
        before = np.arange(len(at))
        gapped = np.flatnonzero(self._gap[node] >= 0)
        if len(gapped):
            skips = np.tile(np.arange(LONGEST_GAP, -1, -1), len(gapped))
            before = np.concatenate([np.repeat(gapped, LONGEST_GAP + 1), before])
            at = np.concatenate([at[before[: len(skips)]] + skips, at])
            node = np.concatenate([self._gap[node[before[: len(skips)]]], node])
            order = np.argsort(before, kind="stable")
            before, at, node = before[order], at[order], node[order]
        inside = at < stops[before]
        before, at, node = before[inside], at[inside], node[inside]
        held = elements[ids[at], ::-1]
        state, key = np.nonzero(held >= 0)
        wanted = node[state] * self._n + held[state, key]
        found = np.minimum(np.searchsorted(self._codes, wanted), len(self._codes) - 1)
        goes = self._codes[found] == wanted
        state = state[goes]
        return before[state], at[state], self._after[found[goes]]
