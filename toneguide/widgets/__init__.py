"""Widgets for notebooks: the labeller and the draft meter; magics and little bars."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toneguide.widgets.labeller import Labeller
    from toneguide.widgets.meter import DraftMeter

__all__ = ["DraftMeter", "Labeller"]

_HOMES = {"DraftMeter": "toneguide.widgets.meter", "Labeller": "toneguide.widgets.labeller"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toneguide.widgets' has no attribute {name!r}")
    try:
        return getattr(importlib.import_module(_HOMES[name]), name)
    except ModuleNotFoundError as e:
        if e.name and e.name.split(".")[0] in ("anywidget", "ipywidgets", "traitlets"):
            from toneguide.errors import ToneguideError

            raise ToneguideError("widgets need Jupyter; install it with: pip install toneguide[lab]") from None
        raise
