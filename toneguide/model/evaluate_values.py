"""Evaluate what is seen of values (part of ``poe evaluate``): writes ``corpora/values/EVALUATION.md``.

*Conduct* is cross-validated on the posts it is taught with, whole writers or whole values held out. *Shown* and *against* are measured on the
posts held out for it, by another writer than the lists' and the teaching posts', with three sample guides.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from toneguide.language.analysis import Analysed, load_pipeline
from toneguide.language.identify import SUPPORTED
from toneguide.language.tokens import tokenize
from toneguide.model.train_conduct import AGAINST, VALUE_POSTS, ValuePost, analyse_posts, conduct_weights, read_value_posts
from toneguide.values.conduct import Conduct
from toneguide.values.matching import ValueFinder, ValueScore, read_values
from toneguide.values.row import row_of_all

__all__ = ["held_out", "main"]

Floats = npt.NDArray[np.float64]
FOLDS: Final = 6
KINDS: Final = ("named", "shown", "both", "neither")


def held_out(language: str) -> list[tuple[dict[str, str], ValueScore]]:
    """The posts held out, each with the score of its value in its guide; read by the fast pipeline.

    Returns
    -------
    list of (dict, ValueScore)
        Columns of the file: ``guide, value, kind, text`` and others.
    """
    from toneguide.lexicons.lexicon import load_lexicon
    from toneguide.model.storage import load_model
    from toneguide.model.train import DATA

    with (VALUE_POSTS / f"held_out_{language}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    model = load_model(DATA, f"model_{language}", load_lexicon(language))
    texts = load_pipeline("fast").analyse([tokenize(row["text"]) for row in rows], language)
    finders: dict[str, ValueFinder] = {}
    for row in rows:
        names = dict.fromkeys(other["value"] for other in rows if other["guide"] == row["guide"])
        finders.setdefault(row["guide"], ValueFinder(read_values(names), language))
    found = []
    for row, text in zip(rows, texts, strict=True):
        finder = finders[row["guide"]]
        scores = dict(zip((value.name for value in finder.values), finder.score(text, model.negated_words(text)), strict=True))
        found.append((row, scores[row["value"]]))
    return found


def cross_validate(posts: Sequence[ValuePost], texts: Sequence[Analysed], groups: Sequence[str]) -> Floats:
    """Margins of conduct from weights that saw no post of the same group."""
    from sklearn.model_selection import GroupKFold

    is_against = np.array([post.kind == AGAINST for post in posts])
    margins = np.zeros(len(posts))
    for known, held in GroupKFold(min(FOLDS, len(set(groups)))).split(margins, groups=groups):
        weights = conduct_weights([texts[i] for i in known], is_against[known].tolist())
        margins[held] = Conduct(weights, texts[0].language).margins(row_of_all([texts[i] for i in held]))
    return margins


def _auc(is_one: npt.NDArray[np.bool_], scores: Floats) -> str:
    from sklearn.metrics import roc_auc_score

    return f"{roc_auc_score(is_one, scores):.3f}"


def _taught(language: str) -> Iterator[str]:
    posts = read_value_posts(language)
    texts = analyse_posts(posts, language)
    kinds = np.array([post.kind for post in posts])
    for held, groups in (("writers", [post.writer for post in posts]), ("values", [post.value for post in posts])):
        margins = cross_validate(posts, texts, groups)
        beside = [_auc(kinds[asked] == AGAINST, margins[asked]) for asked in (np.isin(kinds, (AGAINST, kind)) for kind in KINDS)]
        yield f"{language} | {held} | {_auc(kinds == AGAINST, margins)} | " + " | ".join(beside)


def _held_out(language: str) -> str:
    found = held_out(language)
    kinds = np.array([row["kind"] for row, _ in found])
    against, shown = np.array([score.against for _, score in found]), np.array([score.shown for _, score in found])
    asked, only = np.isin(kinds, ("named", "shown", "both")), np.isin(kinds, ("named", "shown"))
    cells = (
        _auc(kinds == AGAINST, against), _auc(kinds[asked] != "named", shown[asked]), _auc(kinds[only] == "shown", shown[only]),
        f"{np.median(against[kinds == AGAINST]):.0f}", f"{np.quantile(against[kinds != AGAINST], 0.9):.0f}",
    )  # fmt: skip
    return f"{language} | {len(found)} | " + " | ".join(cells)


def main() -> None:
    """Print the evaluation and write it to corpora/values/EVALUATION.md."""
    lines = ["# Evaluation on our own posts about values", "", "Written by `poe evaluate`; *fast* pipeline.", "", "## Posts", ""]
    for language in SUPPORTED:
        posts = read_value_posts(language)
        kinds = Counter(post.kind for post in posts)
        told = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
        lines.append(
            f"- {language}: {len(posts)} by {len({post.writer for post in posts})} writers on {len({post.value for post in posts})} values: {told}."
        )
    lines += [
        "",
        "## Conduct, cross-validated: AUC of *against*",
        "",
        f"language | held out | all | {' | '.join('against ' + k for k in KINDS)}",
    ]
    lines += ["---|---|---|---|---|---|---", *(line for language in SUPPORTED for line in _taught(language))]
    lines += ["", "## Posts held out, three sample guides", ""]
    lines += ["language | posts | *against*, AUC | *shown*: shown and both against named, AUC | shown only against named, AUC "
              "| *against* of posts against, median | of all others, 90 % below"]  # fmt: skip
    lines += ["---|---|---|---|---|---|---", *map(_held_out, SUPPORTED)]
    print("\n".join(lines))
    (VALUE_POSTS / "EVALUATION.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
