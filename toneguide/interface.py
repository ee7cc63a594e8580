"""The language of the interface: what people read comes in Finnish or in English, whatever the posts are in.

Messages stand in the code in English; ``data/locale/fi/LC_MESSAGES/toneguide.po`` holds the Finnish (``poe catalogue`` compiles it).
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final

from toneguide.errors import CallError

__all__ = ["INTERFACES", "decimal", "interface_language", "percent", "speaking", "tr", "use_language"]

INTERFACES: Final = ("fi", "en")
_CATALOGUES: Final = Path(__file__).parent / "data" / "locale"
# For the whole process: a notebook runs every cell in a context of its own, and a choice is to last.
_chosen: list[str | None] = [None]
_within: ContextVar[str | None] = ContextVar("toneguide_interface", default=None)


def use_language(language: str | None) -> None:
    """Choose the language of explanations, reports and widgets.

    Parameters
    ----------
    language : {"fi", "en"} or None
        None goes back to the environment: ``TONEGUIDE_LANGUAGE``, then the locale, then English.

    Raises
    ------
    CallError
        For another language.

    Examples
    --------
    >>> use_language("fi")
    >>> tr("warmth")
    'lämpö'
    >>> use_language(None)
    """
    _check(language)
    _chosen[0] = language


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Use a language within a block; None changes nothing.

    Examples
    --------
    >>> with speaking("fi"):
    ...     tr("warmth")
    'lämpö'
    """
    _check(language)
    token = _within.set(language or _within.get())
    try:
        yield
    finally:
        _within.reset(token)


def _check(language: str | None) -> None:
    if language is not None and language not in INTERFACES:
        raise CallError(f"no interface in {language!r}: choose one of {', '.join(INTERFACES)}")


def interface_language() -> str:
    """``"fi"`` or ``"en"``: the one chosen, or what the environment asks for."""
    told = (os.environ.get(name) for name in ("TONEGUIDE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    wanted = _within.get() or _chosen[0] or next(filter(None, told), "")
    return "fi" if wanted[:2].lower() == "fi" else "en"


def tr(message: str, **fields: object) -> str:
    """A message in the language of the interface, its fields filled in.

    Parameters
    ----------
    message : str
        In English, as it stands in the code; ``{name}`` for a field.
    **fields : object
        What the fields hold.

    Examples
    --------
    >>> with speaking("en"):
    ...     tr("{n} posts", n=3)
    '3 posts'
    """
    found = _catalogue(interface_language()).gettext(message) if message else ""
    return found.format(**fields) if fields else found


def decimal(value: float, digits: int) -> str:
    """A number as people write it in the language of the interface.

    Examples
    --------
    >>> use_language("fi")
    >>> decimal(-0.984, 2)
    '−0,98'
    >>> use_language(None)
    """
    told = f"{value:.{digits}f}"
    return told.replace("-", "\N{MINUS SIGN}").replace(".", ",") if interface_language() == "fi" else told


def percent(share: float) -> str:
    """A share, 0-1, as a percentage; Finnish keeps a space before the sign."""
    return f"{share:.0%}".replace("%", "\N{NO-BREAK SPACE}%" if interface_language() == "fi" else "%")


@lru_cache(maxsize=None)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("toneguide", _CATALOGUES, [language], fallback=True)
