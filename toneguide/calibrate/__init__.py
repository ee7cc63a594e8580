"""From the shipped models to a company's own voice: labels, agreement, adaptation, and how far to trust it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toneguide.calibrate.agreement import krippendorff_alpha, measure_agreement
    from toneguide.calibrate.folder import calibrate_folder
    from toneguide.calibrate.labels import read_labels
    from toneguide.calibrate.merge import merge_labels
    from toneguide.calibrate.sampling import choose_posts
    from toneguide.calibrate.thresholds import Costs

__all__ = ["Costs", "calibrate_folder", "choose_posts", "krippendorff_alpha", "measure_agreement", "merge_labels", "read_labels"]

_HOMES = {
    "Costs": "toneguide.calibrate.thresholds",
    "calibrate_folder": "toneguide.calibrate.folder",
    "choose_posts": "toneguide.calibrate.sampling",
    "krippendorff_alpha": "toneguide.calibrate.agreement",
    "measure_agreement": "toneguide.calibrate.agreement",
    "merge_labels": "toneguide.calibrate.merge",
    "read_labels": "toneguide.calibrate.labels",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'toneguide.calibrate' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
