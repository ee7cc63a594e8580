"""Everyday mistakes in a cell, told in one line: a column that is not there is no reason for a page of pandas' frames."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from toneguide.errors import ToneguideError
from toneguide.interface import tr

__all__ = ["show_mistakes", "told"]

_MOST: Final = 12
_KINDS: Final = (AttributeError, KeyError, NameError, FileNotFoundError, UnicodeDecodeError, TypeError, ValueError)
# What pandas says in its many ways where a column of numbers holds words.
_WORDS_FOR_NUMBERS: Final = ("dtype 'str'", "could not convert string", "unable to parse string", "unsupported operand type", "'str' and")


def show_mistakes(shell: Any) -> None:
    """Have a running notebook tell everyday mistakes in one line; ``%tb`` still shows the frames."""

    def handle(
        self: Any, kind: type[BaseException], value: BaseException, trace: TracebackType | None, tb_offset: int | None = None
    ) -> None:
        line = told(value, trace)
        if line:
            self._showtraceback(kind, value, [line])
        else:
            self.showtraceback((kind, value, trace), tb_offset=tb_offset)

    shell.set_custom_exc(_KINDS, handle)


def told(value: BaseException, trace: TracebackType | None) -> str:
    """What an everyday mistake is told as; ``""`` for any other.

    Examples
    --------
    >>> import pandas as pd
    >>> from toneguide.interface import use_language
    >>> use_language("en")
    >>> try:
    ...     pd.DataFrame({"Teksti": ["Hei!"]})["text"]
    ... except KeyError as problem:
    ...     print(told(problem, problem.__traceback__))
    KeyError: no column 'text'; the columns are 'Teksti' (%tb shows where)
    """
    modules = [str(one.f_globals.get("__name__", "")) for one in _frames(trace)]
    line = _line(value, trace, modules)
    return f"{type(value).__name__}: {line}" if line else ""


def _line(value: BaseException, trace: TracebackType | None, modules: list[str]) -> str:
    if isinstance(value, ToneguideError):
        return str(value)
    if isinstance(value, KeyError):
        return _missing_column(value, trace)
    if isinstance(value, NameError):
        return _unknown_name(value) if modules[-1:] == ["__main__"] else ""
    if isinstance(value, AttributeError):
        return _nothing_there(value) if modules[-1:] == ["__main__"] else ""
    if isinstance(value, FileNotFoundError):
        return _missing_file(value)
    if isinstance(value, UnicodeDecodeError):
        return tr("the file is not in UTF-8; read_posts reads it whatever its encoding (%tb shows where)")
    message = " ".join(str(value).split())
    if modules and modules[-1].split(".")[0] == "toneguide":
        return tr("{said} (%tb shows where)", said=message)
    if any(one.startswith("pandas.") for one in modules) and any(sign in message for sign in _WORDS_FOR_NUMBERS):
        return tr(
            "there are words where numbers ought to be ({said}); mend the column in the file, and read the file again (%tb shows where)",
            said=message,
        )
    return ""


def _frames(trace: TracebackType | None) -> Iterator[Any]:
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next


def _unknown_name(value: NameError) -> str:
    return tr(
        "{name} is not known yet; run the cells above first (Run > Run All Above Selected Cell). The name of a file needs quotes (%tb shows where)",
        name=repr(value.name or str(value)),
    )


def _nothing_there(value: AttributeError) -> str:
    if value.obj is not None or "NoneType" not in str(value):
        return ""
    return tr(
        "there is no {name} yet: what came before had too little to tell it from, and says so above (%tb shows where)",
        name=repr(value.name),
    )


def _missing_file(value: FileNotFoundError) -> str:
    name = str(value.filename or value)
    folder = Path(name).resolve().parent
    while not folder.is_dir():
        folder = folder.parent
    there = sorted(one.name for one in folder.iterdir() if not one.name.startswith(".") and one.suffix != ".ipynb")[:_MOST]
    return tr(
        "{name} is not there; the folder {folder} holds {there} (%tb shows where)",
        name=repr(name),
        folder=folder.name or os.sep,
        there=", ".join(there) or "–",
    )


def _missing_column(value: KeyError, trace: TracebackType | None) -> str:
    frame = _frame_asked(trace)
    if frame is None:
        return ""
    names = [repr(str(name)) for name in frame.columns]
    there = ", ".join(names[:_MOST]) + ("…" if len(names) > _MOST else "")
    asked = value.args[0] if value.args else ""
    plain = repr(asked) if isinstance(asked, str) and " " not in asked else str(asked)
    return tr("no column {asked}; the columns are {there} (%tb shows where)", asked=plain, there=there or "–")


def _frame_asked(trace: TracebackType | None) -> Any:
    """The data frame that pandas was looking into, where the mistake came out of pandas."""
    found, module = None, ""
    for frame in _frames(trace):
        module = str(frame.f_globals.get("__name__", ""))
        for name in ("self", "obj"):
            one = frame.f_locals.get(name)
            one = getattr(one, "obj", one)
            if module.startswith("pandas.") and type(one).__name__ == "DataFrame":
                found = one
    return found if module.startswith(("pandas.", "_pandas", "pandas")) else None
