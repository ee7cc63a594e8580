"""Posts, ratings and a guide of Kaamos Huolto, an imagined company, to try everything on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from toneguide.errors import CallError, GuideError

if TYPE_CHECKING:
    import pandas as pd

    from toneguide.guide import ToneGuide

__all__ = ["check_language", "sample_folder", "sample_guide", "sample_labels", "sample_posts"]

_DATA: Final = Path(__file__).parent / "data"
_LANGUAGES: Final = ("fi", "en")


def sample_posts(language: str) -> pd.DataFrame:
    """Posts of Kaamos Huolto, an imagined company, in one language.

    Parameters
    ----------
    language : {"fi", "en"}
        Posts that are mainly in the other language, in Swedish, or without words are left out.

    Returns
    -------
    pandas.DataFrame
        One post a row, oldest first: ``id, date, author, channel, text, reactions, comments``.

    Raises
    ------
    ValueError
        For another language.

    Examples
    --------
    >>> posts = sample_posts("en")
    >>> list(posts.columns)
    ['id', 'date', 'author', 'channel', 'text', 'reactions', 'comments']
    """
    import pandas as pd

    from toneguide.guide import ToneGuide

    check_language(language)
    posts = pd.read_csv(_DATA / "sample_archive.csv")
    chosen = [score.language == language for score in ToneGuide.default("fast").score_many(posts["text"])]
    return posts[chosen].reset_index(drop=True)


def sample_labels(language: str) -> pd.DataFrame:
    """Forty-five of the sample posts with one rater's opinion of their tone.

    Parameters
    ----------
    language : {"fi", "en"}
        Language of the posts.

    Returns
    -------
    pandas.DataFrame
        One post a row, oldest first: ``id, language, channel, text, corporate, warmth, rater``. Ratings are whole numbers,
        1 for not at all to 5 for very; ``(rating - 1) / 4`` is what `toneguide.ToneGuide.calibrate` takes.

    Raises
    ------
    ValueError
        For another language.

    Examples
    --------
    >>> len(sample_labels("fi"))
    45
    """
    import pandas as pd

    check_language(language)
    return pd.read_csv(_DATA / f"sample_labels_{language}.csv")


def sample_guide(language: str) -> ToneGuide:
    """The tone guide of Kaamos Huolto: four values, house terms, targets by channel.

    Parameters
    ----------
    language : {"fi", "en"}
        Language of its values and terms.

    Raises
    ------
    ValueError
        For another language.

    Examples
    --------
    >>> [value.name for value in sample_guide("en").values]
    ['Courage', 'Together', 'Responsibility', 'Curiosity']
    """
    from toneguide.guide import ToneGuide

    check_language(language)
    return ToneGuide.load(_DATA / "sample_guide" / language)


def sample_folder(folder: Path | str, language: str) -> str:
    """Write the tone guide of Kaamos Huolto and its forty-five ratings into a folder, as `toneguide.calibrate.calibrate_folder` takes it.

    A folder with another guide in it is left alone.

    Parameters
    ----------
    folder : Path or str
        Made where it is not there.
    language : {"fi", "en"}
        Language of its values and posts.

    Returns
    -------
    str
        The folder.

    Raises
    ------
    ValueError
        For another language.
    GuideError
        Where the folder holds a guide of somebody's own.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = sample_folder(f"{place}/kaamos-guide", "fi")
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['examples.csv', 'guide.yaml']
    """
    check_language(language)
    place, guide = Path(folder), (_DATA / "sample_guide" / language / "guide.yaml").read_bytes()
    ratings = (_DATA / f"sample_labels_{language}.csv").read_bytes()
    for name, content in (("guide.yaml", guide), ("examples.csv", ratings)):
        if (place / name).exists() and (place / name).read_bytes() != content:
            raise GuideError(f"{folder}: the {name} in it is your own, and stays as it is; name another folder for the sample")
    place.mkdir(parents=True, exist_ok=True)
    (place / "guide.yaml").write_bytes(guide)
    (place / "examples.csv").write_bytes(ratings)
    return str(folder)


def check_language(language: str) -> None:
    """Refuse a language that has no samples.

    Raises
    ------
    ValueError
        For any but ``"fi"`` and ``"en"``.
    """
    if language not in _LANGUAGES:
        raise CallError(f"no samples or notebooks in {language!r}: choose one of {', '.join(_LANGUAGES)}")
