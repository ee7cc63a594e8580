"""Train the weights of conduct (`toneguide.values.conduct`) from ``corpora/values`` (part of ``poe train``).

A post is an example where it goes against the value it was written for; posts that show a value, only name it, do both, or are about
something else are the counter-examples. Every weight starts at nothing and moves only as far as the posts justify, rarer words further.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from toneguide.language.analysis import Analysed, load_pipeline
from toneguide.language.identify import SUPPORTED
from toneguide.language.tokens import tokenize
from toneguide.model.fit import fit_around
from toneguide.values.conduct import LENGTH, unit_keys

__all__ = ["ValuePost", "conduct_weights", "read_value_posts"]

Floats = npt.NDArray[np.float64]
VALUE_POSTS: Final = Path(__file__).parents[2] / "corpora" / "values"
DATA: Final = Path(__file__).parents[1] / "values" / "data"
AGAINST: Final = "against"
# Prior standard deviation of the weight of a unit that every post has; times 1 + ln(1 / share of posts) for a rarer one.
SPREAD: Final = 0.32
_LEAST_POSTS: Final = 2
_LEAST_WEIGHT: Final = 0.05


@dataclass(frozen=True, slots=True)
class ValuePost:
    """One post about a value.

    Attributes
    ----------
    id, writer, value, text : str
        As in the files; `value` is the library's id.
    kind : str
        ``"against"``, ``"shown"``, ``"named"``, ``"both"`` or ``"neither"``.
    """

    id: str
    writer: str
    value: str
    kind: str
    text: str


def read_value_posts(language: str, folder: Path = VALUE_POSTS) -> list[ValuePost]:
    """All posts about values in a language, in file order."""
    with (folder / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        return [ValuePost(row["id"], row["writer"], row["value"], row["kind"], row["text"]) for row in csv.DictReader(file)]


def analyse_posts(posts: Sequence[ValuePost], language: str) -> list[Analysed]:
    """As the fast pipeline reads them."""
    return list(load_pipeline("fast").analyse([tokenize(post.text) for post in posts], language))


def conduct_weights(texts: Sequence[Analysed], is_against: Sequence[bool]) -> dict[str, float]:
    """Weights by key, and the bias by ``""``; both kinds of posts count the same in sum."""
    language = texts[0].language
    counts = [Counter(key for key, _ in unit_keys([text.type_at(i) for i in range(len(text.ids))], language)) for text in texts]
    n_posts = Counter(key for count in counts for key in count)
    keys = sorted(key for key, n in n_posts.items() if n >= _LEAST_POSTS)
    features = _matrix(counts, {key: column for column, key in enumerate(keys)}, [text.n_words for text in texts])
    spread = SPREAD * (1 + np.log(len(texts) / np.array([n_posts[key] for key in keys])))
    labels = np.array(is_against, dtype=float)
    balance = np.where(labels > 0, 1.0, labels.sum() / (len(labels) - labels.sum()))
    fitted = fit_around(features, labels, prior=np.zeros(len(keys)), spread=spread, sample_weight=balance)
    kept = {key: weight for key, weight in zip(keys, fitted.weights.tolist(), strict=True) if abs(weight) >= _LEAST_WEIGHT}
    return {"": fitted.bias} | kept


def _matrix(counts: Sequence[Mapping[str, int]], columns: Mapping[str, int], n_words: Sequence[int]) -> csr_matrix:
    cells = [
        (i, columns[key], n / np.sqrt(n_words[i] + LENGTH)) for i, count in enumerate(counts) for key, n in count.items() if key in columns
    ]
    rows, places, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, places)), shape=(len(counts), len(columns)))


def main() -> None:
    """Write the weights of both languages into `toneguide/values/data`."""
    for language in SUPPORTED:
        posts = read_value_posts(language)
        weights = conduct_weights(analyse_posts(posts, language), [post.kind == AGAINST for post in posts])
        lines = [f"{key}\t{weight:.3f}" for key, weight in weights.items()]
        (DATA / f"conduct_{language}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
