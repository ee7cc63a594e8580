"""The magic ``%%tone``: score the text of a cell."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any, Final, NoReturn

from toneguide.errors import CallError
from toneguide.render.bars import show_bars

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide
    from toneguide.score import ToneScore

__all__ = ["load_magics", "score_cell"]

_OPTIONS: Final = "%%tone [--lang fi|en] [--channel NAME] [--situation NAME] [--guide FOLDER or a variable]"


class _Options(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CallError(f"{message}; write it so: {_OPTIONS}")


def load_magics(shell: Any) -> None:
    """Add ``%%tone`` and ``%tone`` to a running notebook, and little bars to frames of scores."""

    def tone(line: str, cell: str | None = None) -> ToneScore:
        """Score the text of a cell: ``%%tone --lang fi --channel linkedin``, or of a line: ``%tone Kiitos kaikille``."""
        options, text = (line, cell) if cell is not None else ("", line)
        return score_cell(text, options, names=shell.user_ns)

    shell.register_magic_function(tone, magic_kind="line_cell", magic_name="tone")
    show_bars()


def score_cell(text: str, options: str = "", *, names: dict[str, Any] | None = None) -> ToneScore:
    """Score a text as ``%%tone`` does.

    Parameters
    ----------
    text : str
        The post.
    options : str
        What stands behind ``%%tone``.
    names : dict, optional
        Variables of the notebook; a guide called `guide` is taken where no other is named.

    Raises
    ------
    CallError
        For options that are none.

    Examples
    --------
    >>> score_cell("Kiitos, että jäit auttamaan eilen!", "--lang fi").language
    'fi'
    """
    parser = _Options(prog="%%tone", add_help=False, allow_abbrev=False)
    parser.add_argument("--lang", choices=("fi", "en"))
    for name in ("--channel", "--situation", "--guide"):
        parser.add_argument(name)
    try:
        chosen = parser.parse_args(shlex.split(options))
    except ValueError as e:
        raise CallError(f"{e}; write it so: {_OPTIONS}") from None
    guide = _guide(chosen.guide, names or {})
    return guide.score(text.strip("\n"), language=chosen.lang, channel=chosen.channel, situation=chosen.situation)


def _guide(named: str | None, names: dict[str, Any]) -> ToneGuide:
    from toneguide.guide import ToneGuide

    there = names.get(named or "guide")
    if isinstance(there, ToneGuide):
        return there
    return ToneGuide.load(named) if named else ToneGuide.default()
