"""What can go wrong, said so that the reader knows what to do next."""

from __future__ import annotations

__all__ = ["CallError", "GuideError", "InputError", "ModelError", "ToneguideError"]


class ToneguideError(Exception):
    """Anything toneguide refuses to do; the message says why and what to do next.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> try:
    ...     ToneGuide.load("nowhere")
    ... except ToneguideError as problem:
    ...     str(problem).split(":")[0]
    'nowhere'
    """

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the message alone. Whoever wants the frames has ``%tb`` and ``__traceback__``."""
        return [f"{type(self).__name__}: {self}"]


class InputError(ToneguideError):
    """An input file cannot be read as posts.

    Examples
    --------
    >>> from toneguide.posts import open_posts
    >>> try:
    ...     open_posts("nowhere.csv")
    ... except InputError as problem:
    ...     str(problem).split(":")[0]
    'nowhere.csv'
    """


class GuideError(ToneguideError):
    """A guide folder cannot be used.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> try:
    ...     ToneGuide.load("nowhere")
    ... except GuideError as problem:
    ...     "no guide.yaml" in str(problem)
    True
    """


class ModelError(ToneguideError):
    """A model file is missing, damaged or of another version.

    Examples
    --------
    >>> issubclass(ModelError, ToneguideError)
    True
    """


class CallError(ToneguideError, ValueError):
    """A call that cannot work as it stands: a column that is not there, a rating that is none.

    Examples
    --------
    >>> import pandas as pd
    >>> from toneguide import ToneGuide
    >>> try:
    ...     ToneGuide.default().score_frame(pd.DataFrame({"teksti": ["Hei!"]}))
    ... except CallError as problem:
    ...     print(problem)
    no column 'text'; the columns are 'teksti'
    """
