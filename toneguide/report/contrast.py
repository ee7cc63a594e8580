"""The words that set two piles of posts apart: weighted log-odds of lemmas, with a bound on false discoveries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from toneguide.errors import CallError
from toneguide.guide import ToneGuide
from toneguide.interface import tr
from toneguide.language.analysis import Analysed
from toneguide.language.identify import SUPPORTED
from toneguide.language.tokens import Kind

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Contrast", "ContrastWord", "contrast_words", "false_discovery_bounds"]

Floats = npt.NDArray[np.float64]
_SHOWN: Final = 8
_Z95: Final = 1.959964
# As heavy as this many posts.
_PRIOR: Final = 10.0


@dataclass(frozen=True, slots=True)
class ContrastWord:
    """A word and how much more it belongs to the first pile than to the second.

    Attributes
    ----------
    lemma : str
        Base form.
    log_odds, low, high : float
        Weighted log-odds and their 95 % interval: above 0 for the first pile, below 0 for the second.
    posts_first, posts_second : int
        Posts that hold it.
    q : float
        Among all words with at most this `q`, the expected share of false discoveries is `q`.
    """

    lemma: str
    log_odds: float
    low: float
    high: float
    posts_first: int
    posts_second: int
    q: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two piles of posts and what sets them apart.

    Attributes
    ----------
    names : (str, str)
        Of the piles.
    words : list of ContrastWord
        Within the bound, those of the first pile first, the strongest first.
    n_posts : (int, int)
        Posts in each.
    n_tested : int
        Words that were common enough to compare.
    bound : float
        Expected share of false discoveries among `words`.
    """

    names: tuple[str, str]
    words: list[ContrastWord]
    n_posts: tuple[int, int]
    n_tested: int
    bound: float

    def of(self, pile: str) -> list[ContrastWord]:
        """Words of one pile, the strongest first."""
        if pile not in self.names:
            raise CallError(f"no pile {pile!r}: choose one of {', '.join(self.names)}")
        sign = 1 if pile == self.names[0] else -1
        return sorted((word for word in self.words if sign * word.log_odds > 0), key=lambda word: -sign * word.log_odds)

    @property
    def told(self) -> str:
        """What was found, in a sentence or two."""
        if not self.words:
            return tr(
                "No word sets {first} and {second} apart clearly enough. More posts may show some.",
                first=self.names[0],
                second=self.names[1],
            )
        lines = []
        for name in self.names:
            found = ", ".join(word.lemma for word in self.of(name)[:_SHOWN])
            if found:
                lines.append(tr("{name}: {words}.", name=name, words=found))
        share = f"{100 * self.bound:.0f}"
        return " ".join([*lines, tr("At most {share} % of all {n} words are expected to be chance.", share=share, n=len(self.words))])

    def frame(self) -> pd.DataFrame:
        """The words as a table."""
        import pandas as pd

        columns = list(ContrastWord.__dataclass_fields__)
        return pd.DataFrame([[getattr(word, name) for name in columns] for word in self.words], columns=columns)


def contrast_words(
    first: Iterable[str], second: Iterable[str], *, language: str, names: tuple[str, str] = ("first", "second"), bound: float = 0.05,
    least_posts: int = 4, guide: ToneGuide | None = None,
) -> Contrast:  # fmt: skip
    """Find the words that set two piles of posts apart.

    A word counts once a post, whatever its form: one post that says a word ten times is one witness. Log-odds are shrunk towards the share of
    both piles together (after Monroe, Colaresi and Quinn 2008, an informative prior), so that rare words do not come out on top by luck, and
    false discoveries are bounded by the method of Benjamini and Hochberg (1995) on Fisher's exact test.

    Parameters
    ----------
    first, second : iterable of str
        Posts.
    language : {"fi", "en"}
        Of both.
    names : (str, str)
        What the piles are called.
    bound : float
        Expected share of false discoveries among the words given back.
    least_posts : int
        Rarer words are not compared.
    guide : ToneGuide, optional
        Reads the posts; the shipped one where None.

    Raises
    ------
    CallError
        Where a pile holds fewer than five posts with words.

    Examples
    --------
    >>> press = ["We leverage our solutions.", "Our solutions deliver.", "New solutions are here.", "Solutions for all.", "More solutions."]
    >>> people = ["Thanks, you helped me.", "Thanks, I laughed.", "Thanks for asking!", "I say thanks.", "Thanks, all of you."]
    >>> contrast = contrast_words(press * 4, people * 4, language="en", names=("press", "people"))
    >>> contrast.of("press")[0].lemma, "thanks" in [word.lemma for word in contrast.of("people")]
    ('solution', True)
    """
    if isinstance(first, str) or isinstance(second, str):
        raise CallError("a pile is a list of posts, not one text")
    if language not in SUPPORTED:
        raise CallError(f"no words in language {language!r}: choose one of {', '.join(SUPPORTED)}")
    guide = guide or ToneGuide.default()
    piles = [[found for text in guide.analyse(_texts(pile), language) if (found := _lemmas(text))] for pile in (first, second)]
    for name, pile in zip(names, piles, strict=True):
        if len(pile) < 5:
            raise CallError(f"the pile {name!r} has {len(pile)} posts with words; five are the least, and fifty are better")
    counts = [Counter(lemma for post in pile for lemma in post) for pile in piles]
    words = sorted(lemma for lemma in counts[0] | counts[1] if counts[0][lemma] + counts[1][lemma] >= least_posts)
    held = np.array([[count[lemma] for lemma in words] for count in counts], dtype=float).reshape(2, -1)
    sizes = np.array([len(pile) for pile in piles], dtype=float)
    odds, error = _weighted_log_odds(held, sizes)
    bounds = false_discovery_bounds(_exact_p_values(held, sizes))
    apart = [
        ContrastWord(lemma, float(o), float(o - _Z95 * e), float(o + _Z95 * e), int(a), int(b), float(q))
        for lemma, o, e, a, b, q in zip(words, odds, error, *held, bounds, strict=True)
        if q <= bound
    ]
    apart.sort(key=lambda word: (word.log_odds < 0, -abs(word.log_odds)))
    return Contrast(names, apart, (len(piles[0]), len(piles[1])), len(words), bound)


def _texts(pile: Iterable[object]) -> list[str]:
    return [text for text in pile if isinstance(text, str)]


def _lemmas(text: Analysed) -> set[str]:
    kinds = text.tokens.kinds
    found = {text.type_at(i).lemma.replace("|", "") for i in range(len(kinds)) if kinds[i] in (Kind.WORD, Kind.HASHTAG)}
    return {lemma.lower() for lemma in found if any(letter.isalpha() for letter in lemma)}


def _weighted_log_odds(held: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Log-odds that a post holds a word, both piles apart, and their standard error, with a prior as heavy as some posts."""
    # A word that every post holds has no odds: half a post is without it.
    prior = np.minimum(_PRIOR * held.sum(axis=0) / sizes.sum(), _PRIOR - 0.5)
    with_it, without = held + prior, sizes[:, None] - held + _PRIOR - prior
    odds = np.log(with_it) - np.log(without)
    return odds[0] - odds[1], np.sqrt((1 / with_it + 1 / without).sum(axis=0))


def _exact_p_values(held: Floats, sizes: Floats) -> list[float]:
    """Fisher's exact test: no normal curve holds for a word that one pile lacks."""
    from scipy.stats import fisher_exact

    first, second = (int(size) for size in sizes)
    return [float(fisher_exact(np.array([[a, first - a], [b, second - b]])).pvalue) for a, b in held.astype(int).T.tolist()]


def false_discovery_bounds(p_values: Sequence[float]) -> Floats:
    """Benjamini and Hochberg's adjusted p-values.

    Parameters
    ----------
    p_values : sequence of float
        One a test.

    Examples
    --------
    >>> false_discovery_bounds([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p)
    raised = p[order] * len(p) / np.arange(1, len(p) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum(1.0, np.minimum.accumulate(raised[::-1])[::-1])
    return out
