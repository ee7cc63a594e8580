"""A team's own posts as a pandas frame, whatever they were exported from, with the columns that notebooks use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from toneguide.errors import CallError, InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_posts"]

_NAMES: Final = {
    "date": "date datetime päivä päivämäärä päiväys pvm julkaistu julkaisupäivä published created time aika",
    "author": "author kirjoittaja tekijä julkaisija writer name nimi user",
    "channel": "channel kanava platform alusta network some",
    "reactions": "reactions reaktiot likes tykkäykset favourites favorites reactioncount likecount",
    "comments": "comments kommentit replies vastaukset commentcount",
}
_NUMBERS: Final = ("reactions", "comments")


def read_posts(path: str | Path, language: str | None = None, *, text: str | None = None) -> pd.DataFrame:
    r"""Posts of a file, a folder or an export as a frame.

    Parameters
    ----------
    path : str or Path
        Anything that `toneguide score` reads: Excel, CSV, JSON Lines, a LinkedIn or Meta export, a folder of these.
    language : {"fi", "en"}, optional
        Only posts that are mainly in this language.
    text : str, optional
        Column that holds the posts; found by name, then by length, where None.

    Returns
    -------
    pandas.DataFrame
        One post with words a row, oldest first where dates are known. The posts are in ``text``; ``date`` (a date), ``author``
        and ``channel`` (lower case) are always there, empty where the file has no such column under a usual Finnish or English name;
        ``reactions`` and ``comments`` (numbers) where it has. Further columns stay.

    Raises
    ------
    InputError
        Where the file is missing, holds no posts, or none in that language.
    ValueError
        For another language.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "posts.csv")
    ...     _ = file.write_text("Pvm;Teksti;Tykkäykset\n3.11.2025;Kiitos kaikille eilisestä!;12\n", encoding="utf-8")
    ...     post = read_posts(file, "fi").loc[0]
    >>> post["text"], str(post["date"].date()), int(post["reactions"])
    ('Kiitos kaikille eilisestä!', '2025-11-03', 12)
    """
    import pandas as pd

    from toneguide.language.identify import SUPPORTED, identify, words_of
    from toneguide.language.tokens import tokenize
    from toneguide.posts import open_posts

    if language is not None and language not in SUPPORTED:
        raise CallError(f"no posts can be chosen in {language!r}: choose one of {', '.join(SUPPORTED)}, or None for all")
    if not str(path):
        raise CallError("no file is named; put its name into the quotes, such as read_posts('posts.xlsx')")
    opened = open_posts(path, text=text)
    kept = [post for post in opened if post.text and post.text.strip()]
    if not kept:
        raise InputError(f"{path}: there are no posts in it ({opened.described}); choose another file or folder")
    if language is not None:
        kept = [post for post in kept if identify(words_of(tokenize(post.text or ""))).language == language]
        if not kept:
            raise InputError(f"{path}: no post in it is in {language!r}; choose the other language, or None for all")
    frame = pd.DataFrame([{k: v for k, v in post.fields.items() if k != opened.text_column} for post in kept])
    renamed = _usual_names([str(column) for column in frame.columns])
    frame = frame.rename(columns=renamed)
    frame.insert(0, "text", [post.text for post in kept], allow_duplicates=False)
    return _tidied(frame)


def _usual_names(columns: list[str]) -> dict[str, str]:
    """Our name for each column that has a usual one; ``text`` is ours."""
    by_key = {"".join(filter(str.isalpha, column.casefold())): column for column in reversed(columns)}
    found = {}
    for ours, names in _NAMES.items():
        theirs = next((by_key[name] for name in names.split() if name in by_key), None)
        if theirs is not None and (theirs == ours or ours not in columns):
            found[theirs] = ours
    return found | {column: f"input:{column}" for column in columns if column == "text"}


def _tidied(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    from toneguide.posts.dates import iso_date

    for name in ("author", "channel"):
        frame[name] = frame[name].fillna("").astype(str).str.strip() if name in frame else ""
    frame["channel"] = frame["channel"].str.lower()
    dates = frame["date"].map(iso_date).str.slice(0, 19) if "date" in frame else pd.Series(pd.NaT, index=frame.index)
    frame = frame.assign(date=pd.to_datetime(dates, errors="coerce")).sort_values("date", kind="stable", ignore_index=True)
    for name in _NUMBERS:
        if name in frame:
            frame[name] = pd.to_numeric(frame[name].astype(str).str.replace(r"[\s\u00a0]", "", regex=True), errors="coerce")
    return frame
