"""From the shipped models to a company's own voice: labels, agreement, adaptation, and how far to trust it.

What an analyst calls is here; each module holds the records that come back, as plain data for tables and charts.

Examples
--------
>>> from toneguide import ToneGuide, calibrate
>>> from toneguide.lab import sample_labels
>>> rows = sample_labels("fi").itertuples()
>>> merged = calibrate.merge_labels(calibrate.Label(r.text, "fi", r.channel, r.corporate, r.warmth, rater=r.rater) for r in rows)
>>> report = calibrate.measure_language(ToneGuide.default("fast"), merged.posts, "fi", peer=False)
>>> report.dimensions["warmth"].decision.verdict
'moved'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from toneguide.calibrate.agreement import krippendorff_alpha, measure_agreement
    from toneguide.calibrate.drift import check_golden
    from toneguide.calibrate.exchange import export_labels, import_labels
    from toneguide.calibrate.folder import calibrate_folder
    from toneguide.calibrate.forget import forget_posts, forget_rater
    from toneguide.calibrate.labels import Label, add_label, read_labels, remove_label
    from toneguide.calibrate.measure import measure_language
    from toneguide.calibrate.merge import merge_labels
    from toneguide.calibrate.norms import compare_scores, find_norms, percentile
    from toneguide.calibrate.ratings import read_ratings
    from toneguide.calibrate.sampling import choose_posts
    from toneguide.calibrate.thresholds import Costs

__all__ = [
    "Costs", "Label", "add_label", "calibrate_folder", "check_golden", "choose_posts", "compare_scores", "export_labels", "find_norms",
    "forget_posts", "forget_rater", "import_labels", "krippendorff_alpha", "measure_agreement", "measure_language", "merge_labels", "percentile", "read_labels",
    "read_ratings", "remove_label",
]  # fmt: skip

_HOMES: Final = {
    "Costs": "thresholds", "Label": "labels", "add_label": "labels", "calibrate_folder": "folder", "check_golden": "drift",
    "choose_posts": "sampling", "compare_scores": "norms", "export_labels": "exchange", "find_norms": "norms", "forget_posts": "forget",
    "forget_rater": "forget", "import_labels": "exchange", "krippendorff_alpha": "agreement", "measure_agreement": "agreement", "measure_language": "measure",
    "merge_labels": "merge", "percentile": "norms", "read_labels": "labels", "read_ratings": "ratings", "remove_label": "labels",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toneguide.calibrate' has no attribute {name!r}")
    return getattr(importlib.import_module(f"toneguide.calibrate.{_HOMES[name]}"), name)
