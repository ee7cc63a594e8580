"""Everyday mistakes in a cell, told in one line: a column that is not there is no reason for a page of pandas' frames."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Final

from toneguide.interface import tr

__all__ = ["show_mistakes", "told"]

_MOST: Final = 20


def show_mistakes(shell: Any) -> None:
    """Have a running notebook tell a missing column in one line; ``%tb`` still shows the frames."""

    def handle(
        self: Any, kind: type[BaseException], value: BaseException, trace: TracebackType | None, tb_offset: int | None = None
    ) -> None:
        line = told(value, trace)
        if line:
            self._showtraceback(kind, value, [line])
        else:
            self.showtraceback((kind, value, trace), tb_offset=tb_offset)

    shell.set_custom_exc((KeyError,), handle)


def told(value: BaseException, trace: TracebackType | None) -> str:
    """What a missing column is told as; ``""`` for any other mistake.

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
    frame = _frame_asked(trace)
    if frame is None:
        return ""
    names = [repr(str(name)) for name in frame.columns]
    there = ", ".join(names[:_MOST]) + ("…" if len(names) > _MOST else "")
    asked = value.args[0] if value.args else ""
    plain = repr(asked) if isinstance(asked, str) and " " not in asked else str(asked)
    return "KeyError: " + tr("no column {asked}; the columns are {there} (%tb shows where)", asked=plain, there=there or "–")


def _frame_asked(trace: TracebackType | None) -> Any:
    """The data frame that pandas was looking into, where the mistake came out of pandas."""
    found, module = None, ""
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        for name in ("self", "obj"):
            one = trace.tb_frame.f_locals.get(name)
            one = getattr(one, "obj", one)
            if module.startswith("pandas.") and type(one).__name__ == "DataFrame":
                found = one
        trace = trace.tb_next
    return found if module.startswith(("pandas.", "_pandas", "pandas")) else None
