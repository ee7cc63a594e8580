"""Reports: pages, charts and tables from scored posts."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toneguide.report.contrast import contrast_words
    from toneguide.report.impact import measure_impact
    from toneguide.report.page import write_report
    from toneguide.report.training import choose_sheet_posts, write_sheet, write_workshop

__all__ = ["choose_sheet_posts", "contrast_words", "measure_impact", "write_report", "write_sheet", "write_workshop"]

_HOMES = {
    "contrast_words": "toneguide.report.contrast",
    "measure_impact": "toneguide.report.impact",
    "choose_sheet_posts": "toneguide.report.training",
    "write_report": "toneguide.report.page",
    "write_sheet": "toneguide.report.training",
    "write_workshop": "toneguide.report.training",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toneguide.report' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
