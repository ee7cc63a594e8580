"""Reports: pages, tables and charts from scored posts."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toneguide.report.contrast import contrast_words
    from toneguide.report.frame_report import write_report
    from toneguide.report.impact import measure_impact
    from toneguide.report.learning_charts import learning_chart, reliability_chart
    from toneguide.report.score_charts import contrast_chart, scores_chart, trend_chart, values_chart
    from toneguide.report.training import choose_sheet_posts, write_sheet, write_workshop

__all__ = [
    "choose_sheet_posts",
    "contrast_chart",
    "contrast_words",
    "learning_chart",
    "measure_impact",
    "reliability_chart",
    "scores_chart",
    "trend_chart",
    "values_chart",
    "write_report",
    "write_sheet",
    "write_workshop",
]  # fmt: skip

_HOMES = {
    "contrast_chart": "score_charts",
    "contrast_words": "contrast",
    "learning_chart": "learning_charts",
    "measure_impact": "impact",
    "reliability_chart": "learning_charts",
    "scores_chart": "score_charts",
    "trend_chart": "score_charts",
    "values_chart": "score_charts",
    "choose_sheet_posts": "training",
    "write_report": "frame_report",
    "write_sheet": "training",
    "write_workshop": "training",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toneguide.report' has no attribute {name!r}")
    return getattr(importlib.import_module(f"toneguide.report.{_HOMES[name]}"), name)
