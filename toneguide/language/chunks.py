"""Posts cut by table look-up: what stands between two spaces is read once, however often it comes.

A token never spans a space, so what a chunk of letters holds does not depend on the post around it. Posts whose chunks are
all plain become numbers at once, a thousand posts at a time; the few others are for `tokenize`, which knows everything.
The tokens are the same either way; tests hold the two together.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguide.language.tokens import ENDS, OPENS, Kind, normalise, tokenize

__all__ = ["ChunkTable", "Cut", "Ints", "gather"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_SPACE: Final = re.compile(r"\s+")
_POST, _LINE = "\x00", "\x01"
# Spaces to Python, control characters to `reading`; and what marks the ends of posts and lines here.
_ODD: Final = (_POST, _LINE, "\x1c", "\x1d", "\x1e", "\x1f")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
# Most chunks are a word and perhaps a mark; xD is an emoji.
_SIMPLE: Final = re.compile("(?![xX]D)([a-zA-ZåäöÅÄÖ]+)([.,:;!?]?)")
# Bits of a surface form: ends a sentence, is passed over after an end, begins small, begins with an opening mark.
_ENDER, _PASSED, _SMALL = 1, 2, 4


def gather(starts: Ints, codes: Ints) -> tuple[Ints, Ints]:
    """Places of the items of several groups in a flat list, and how many each group has.

    Parameters
    ----------
    starts : numpy.ndarray of shape (n_groups + 1,)
        Where each group begins in the flat list.
    codes : numpy.ndarray
        The groups wanted, in order.
    """
    first = starts[codes]
    sizes = starts[codes + 1] - first
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + sizes, sizes), sizes


class Cut(NamedTuple):
    """Posts cut into tokens, all in one row.

    Attributes
    ----------
    plain : numpy.ndarray of bool, shape (n_posts,)
        Posts that could be cut here; the others have no tokens.
    surfaces : numpy.ndarray of shape (n_tokens,)
        Surface form of every token, an index into `ChunkTable.words`.
    bounds : numpy.ndarray of shape (n_posts + 1,)
        Where each post begins.
    sentences : numpy.ndarray
        Tokens that begin a sentence.
    starts, ends : numpy.ndarray of shape (n_tokens,)
        Offsets of the token's chunk in its post.
    """

    plain: Bools
    surfaces: Ints
    bounds: Ints
    sentences: Ints
    starts: Ints
    ends: Ints


class ChunkTable(dict[str, int]):
    """Chunks met so far, and the surface forms in them.

    Attributes
    ----------
    words : list of str
        Surface forms.
    kinds : array of int
        Their kinds.
    """

    def __init__(self) -> None:
        super().__init__({_POST: 0, _LINE: 1})
        self.words: list[str] = []
        self.kinds = array("b")
        self._bits = array("b")
        self._ids: list[dict[str, int]] = [{} for _ in Kind]
        self._starts = array("q", (0, 0, 0))
        self._surfaces = array("q")
        self._lengths = array("q", (0, 0))
        self._odd = array("b", (0, 0))

    def __missing__(self, chunk: str) -> int:
        simple = _SIMPLE.fullmatch(chunk)
        odd = False
        if simple:
            self._surfaces.append(self._surface(simple[1] if simple[2] else chunk, Kind.WORD))
            if simple[2]:
                self._surfaces.append(self._surface(simple[2], Kind.PUNCT))
        else:
            tokens = tokenize(chunk)
            odd = _CONTROL.search(chunk) is not None or normalise(chunk) != (chunk, None) or sum(map(len, tokens.words)) != len(chunk)
            for word, kind in zip(tokens.words, tokens.kinds, strict=True):
                self._surfaces.append(self._surface(word, kind))
        self._starts.append(len(self._surfaces))
        self._lengths.append(len(chunk))
        self._odd.append(odd)
        self[chunk] = code = len(self._odd) - 1
        return code

    def _surface(self, word: str, kind: int) -> int:
        found = self._ids[kind].get(word)
        if found is None:
            self._ids[kind][word] = found = len(self.words)
            self.words.append(word)
            self.kinds.append(kind)
            passed = kind in (Kind.EMOJI, Kind.PUNCT) and word[0] not in OPENS
            self._bits.append(_ENDER * (kind == Kind.PUNCT and word[0] in ENDS) + _PASSED * passed + _SMALL * word[0].islower())
        return found

    def cut(self, texts: Sequence[str]) -> Cut:
        """Cut posts into tokens."""
        plain = np.ones(len(texts), dtype=bool)
        whole = f" {_POST} ".join(texts)
        if any(c in whole for c in _ODD[1:]) or whole.count(_POST) >= len(texts):
            plain[:] = [not any(c in text for c in _ODD) for text in texts]
            whole = f" {_POST} ".join(text if fine else "" for text, fine in zip(texts, plain.tolist(), strict=True))
        chunks = whole.replace("\n", f" {_LINE} ").split()
        codes = np.fromiter(map(self.__getitem__, chunks), np.int64, len(chunks))
        post = np.cumsum(codes == 0)
        odd = np.frombuffer(self._odd, np.int8)[codes] != 0
        plain[post[odd]] = False
        lines = np.cumsum(codes == 1)
        kept = (codes > 1) & plain[post]
        starts, ends = self._offsets(texts, codes[kept], post[kept])
        return self._tokens(plain, codes[kept], post[kept], lines[kept], starts, ends)

    def _offsets(self, texts: Sequence[str], codes: Ints, post: Ints) -> tuple[Ints, Ints]:
        """Where each chunk stands in its post."""
        lengths = np.frombuffer(self._lengths, np.int64)[codes]
        ends = np.cumsum(lengths + 1)
        bounds = np.searchsorted(post, np.arange(len(texts) + 1))
        before = np.concatenate(([0], ends))[bounds[:-1]]
        ends = ends - 1 - before[post]
        starts = ends - lengths
        # One space between two chunks each: then the lengths alone tell where they stand.
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        filled = np.diff(bounds) > 0
        last = ends[bounds[1:][filled] - 1]
        for i in np.flatnonzero(filled)[last != sizes[filled]].tolist():
            gaps = [len(gap) for gap in _SPACE.findall(texts[i])]
            lead = gaps.pop(0) if texts[i][0].isspace() else 0
            of = slice(bounds[i], bounds[i + 1])
            moved = lead - 1 + np.cumsum([1, *(gaps[: bounds[i + 1] - bounds[i] - 1])]) - np.arange(bounds[i + 1] - bounds[i])
            starts[of] += moved
            ends[of] += moved
        return starts, ends

    def _tokens(self, plain: Bools, codes: Ints, post: Ints, lines: Ints, starts: Ints, ends: Ints) -> Cut:
        places, sizes = gather(np.frombuffer(self._starts, np.int64), codes)
        surfaces = np.frombuffer(self._surfaces, np.int64)[places]
        post = np.repeat(post, sizes)
        bounds = np.searchsorted(post, np.arange(len(plain) + 1))
        first = np.zeros(len(surfaces), dtype=bool)
        first[np.cumsum(sizes)[sizes > 0] - sizes[sizes > 0]] = True
        sentences = self._sentence_starts(surfaces, post, bounds, first, np.repeat(lines, sizes))
        return Cut(plain, surfaces, bounds, sentences, np.repeat(starts, sizes), np.repeat(ends, sizes))

    def _sentence_starts(self, surfaces: Ints, post: Ints, bounds: Ints, first: Bools, lines: Ints) -> Ints:
        """The rules of `tokenize` for sentences: after an end mark and a space, or on a new line that does not go on in small letters."""
        n = len(surfaces)
        bits = np.frombuffer(self._bits, np.int8)[surfaces]
        large = (bits & _SMALL) == 0
        begins = np.zeros(n + 1, dtype=bool)
        begins[bounds[:-1]] = True
        # From every end mark on to the next token that does not belong to it.
        waiting = np.where(bits & _PASSED, n, np.arange(n))
        following = np.append(np.minimum.accumulate(waiting[::-1])[::-1], n)
        enders = np.flatnonzero(bits & _ENDER)
        then = following[enders + 1]
        enders, then = enders[then < n], then[then < n]
        begins[then[(post[then] == post[enders]) & first[then] & large[then]]] = True
        broken = np.flatnonzero(np.diff(lines)) + 1
        broken = broken[post[broken] == post[broken - 1]]
        ended = (bits[broken - 1] & _ENDER) != 0
        begins[broken[ended | (lines[broken] - lines[broken - 1] > 1) | large[broken]]] = True
        return np.flatnonzero(begins[:n])
