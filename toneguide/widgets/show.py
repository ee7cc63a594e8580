"""How a widget is shown: its page parts from files of this package, and what stands in its place where no kernel runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Final

from toneguide.interface import interface_language, speaking

__all__ = ["handler", "script", "spoken", "static_bundle", "style"]

_HERE: Final = Path(__file__).parent


def script(name: str) -> str:
    """The module of a widget, with what both share in front: one file, as a browser asks nobody for another."""
    return "\n".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("page", name))


def style() -> str:
    """The style sheet of both."""
    return (_HERE / "page.css").read_text(encoding="utf-8")


def spoken(language: str | None) -> str:
    """The language a widget speaks: the one asked for, or that of the interface now. Messages of a browser come later and elsewhere.

    Raises
    ------
    ValueError
        For another language.
    """
    with speaking(language):
        return interface_language()


def static_bundle(live: Any, text: str, note: str) -> Any:
    """Mime bundle of a widget: live where a kernel runs, else a stable text and a still picture of it.

    Parameters
    ----------
    live : tuple or dict or None
        The widget's own bundle.
    text : str
        One line.
    note : str
        Below it in HTML.
    """
    still = {
        "text/plain": text,
        "text/html": f'<p style="border:1px solid #767676;border-radius:.5rem;padding:.6rem 1rem;max-width:44rem">{escape(text)}<br>{escape(note)}</p>',
    }
    if isinstance(live, tuple):
        return {**live[0], **still}, live[1]
    return {**(live or {}), **still}


def handler(language: str, act: Callable[[Mapping[str, Any]], None]) -> Callable[..., None]:
    """A receiver of a widget's messages that speaks its language."""
    return partial(_receive, language, act)


def _receive(language: str, act: Callable[[Mapping[str, Any]], None], _widget: object, message: object, _buffers: object) -> None:
    if isinstance(message, dict):
        with speaking(language):
            act(message)
