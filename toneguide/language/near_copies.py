"""Near-copies: the same post again, cut short, or with another date and place filled in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["near_copies"]

# Share of the shorter post's word pairs that stand in the longer one too.
OVERLAP: Final = 0.6
_MOST_COMMON: Final = 100
_SKIPPED: Final = re.compile(r"https?://\S+|www\.\S+|@\w+")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_CHUNK: Final = 4096


def near_copies(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Groups of near-copies, by shared pairs of neighbouring words; links, mentions and numbers do not count.

    Parameters
    ----------
    texts : sequence of str
        Posts.

    Returns
    -------
    numpy.ndarray of shape (n,), int64
        For each post the place of the first one of its group.

    Examples
    --------
    >>> near_copies(["Avoinna ma 3.6. klo 9-16, tervetuloa!", "Hissi seisoo taas.", "Avoinna ti 4.6. klo 8-15, tervetuloa!"]).tolist()
    [0, 1, 0]
    """
    from scipy.sparse import coo_matrix, csr_matrix
    from scipy.sparse.csgraph import connected_components

    n = len(texts)
    words = [tuple("0" if w[0].isdigit() else w for w in _words(text)) for text in texts]
    first: dict[tuple[str, ...], int] = {}
    same = [(first.setdefault(w, i), i) for i, w in enumerate(words)]
    shingles: dict[tuple[str, str], int] = {}
    pairs = [sorted({shingles.setdefault(p, len(shingles)) for p in pairwise(w)}) for w in words]
    ends = np.cumsum([0, *map(len, pairs)])
    columns = np.array([p for row in pairs for p in row], dtype=np.int64)
    table = csr_matrix((np.ones(len(columns), dtype=np.int32), columns, ends), shape=(n, len(shingles)))
    # A pair that everybody writes tells nothing, and would cost the square of its count.
    seen = np.bincount(columns, minlength=len(shingles))
    table = table[:, seen <= max(_MOST_COMMON, n // 50)]
    size = np.maximum(np.diff(table.indptr), 3)
    links = [np.array(same, dtype=np.int64).reshape(-1, 2)]
    for start in range(0, n, _CHUNK):
        shared = coo_matrix(table[start : start + _CHUNK] @ table.T)
        rows = shared.row + start
        near = (shared.data >= OVERLAP * np.minimum(size[rows], size[shared.col])) & (rows < shared.col)
        links.append(np.c_[rows[near], shared.col[near]])
    edges = np.concatenate(links)
    graph = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(n, n))
    _, group = connected_components(graph, directed=False)
    _, place, back = np.unique(group, return_index=True, return_inverse=True)
    found: npt.NDArray[np.int64] = place[back].astype(np.int64)
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(_SKIPPED.sub(" ", unicodedata.normalize("NFKC", text)).casefold())
