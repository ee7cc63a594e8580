"""Ratings as a table for people: one post a row, what its raters said on average."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from toneguide.calibrate.labels import read_labels
from toneguide.calibrate.merge import RatedPost, merge_labels
from toneguide.errors import CallError, InputError
from toneguide.model.tone_model import DIMENSIONS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_ratings"]


def read_ratings(path: Path | str, language: str) -> pd.DataFrame:
    r"""Rated posts of a file that were given both ratings, one a row, however many raters there were.

    Parameters
    ----------
    path : Path or str
        What `read_labels` reads: the labeller's ``examples.csv``, or an Excel sheet with the columns ``text, corporate, warmth``.
    language : {"fi", "en"}
        Only posts in this language.

    Returns
    -------
    pandas.DataFrame
        Columns ``text, channel, corporate, warmth`` (means of the raters, 1 to 5) and ``raters`` (how many), in file order.

    Raises
    ------
    InputError
        Where the file cannot be read, a rating is no number from 1 to 5 (the message names file and line), or no post is rated.
    ValueError
        For another language.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "examples.csv")
    ...     _ = file.write_text("text,corporate,warmth,rater\nKiitos kaikille avusta!,1,5,a\nKiitos kaikille avusta!,2,5,b\n", encoding="utf-8")
    ...     read_ratings(file, "fi")[["corporate", "warmth", "raters"]].values.tolist()
    [[1.5, 5.0, 2.0]]
    """
    import pandas as pd

    if language not in ("fi", "en"):
        raise CallError(f"no ratings can be chosen in {language!r}: choose fi or en")
    labels = read_labels(path)
    if labels.problems:
        n = len(labels.problems) - 1
        more = f" ({n} more row{'s' if n > 1 else ''} with a problem)" if n else ""
        raise InputError(f"{labels.problems[0]}{more}")
    rows = [_row(post) for post in merge_labels(labels).posts if post.language == language and all(post.ratings.get(d) for d in DIMENSIONS)]
    if not rows:
        raise InputError(f"{path}: no post in {language!r} has both ratings yet; rate some first, with the labeller or in the file")
    return pd.DataFrame(rows)


def _row(post: RatedPost) -> dict[str, object]:
    means = {dimension: fmean(post.ratings[dimension].values()) for dimension in DIMENSIONS}
    return {"text": post.text, "channel": post.channel, **means, "raters": max(len(post.ratings[d]) for d in DIMENSIONS)}
