"""What of an earlier calibration stays where new labels say nothing of it, or not enough."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from toneguide.calibrate.measure import DimensionReport, LanguageReport
from toneguide.errors import ModelError
from toneguide.guide import ToneGuide
from toneguide.guide_folder import read_changes
from toneguide.interface import tr
from toneguide.language.identify import SUPPORTED
from toneguide.model.calibration import Change, only
from toneguide.model.tone_model import DIMENSIONS

__all__ = ["carry_over", "combine", "mark_kept", "read_former"]

Changes = Mapping[str, Sequence[Change]]


def read_former(folder: Path, prior: ToneGuide) -> tuple[dict[str, list[Change]], list[str]]:
    """Changes of the folder's model by language, and one sentence for each file that cannot be used any more.

    Parameters
    ----------
    folder : Path
        A guide folder.
    prior : ToneGuide
        With shipped weights.
    """
    found, lost = {}, []
    for language in SUPPORTED:
        try:
            found[language] = read_changes(folder / "model" / f"{language}.json", prior.model(language))
        except ModelError as e:
            lost.append(tr("The former model could not be kept: {why}.", why=str(e)))
    return {language: made for language, made in found.items() if made}, lost


def mark_kept(report: LanguageReport, former: Changes) -> LanguageReport:
    """The report, where dimensions that keep an earlier calibration say so; how good that one is cannot be told from these labels."""
    kept = [d for d, one in report.dimensions.items() if not one.decision.moves and _of(former, report.labelled.language, [d])]
    dimensions = {d: DimensionReport(one.agreement, one.decision, None, None, None, kept=True) if d in kept else one
                  for d, one in report.dimensions.items()}  # fmt: skip
    return replace(report, dimensions=dimensions) if kept else report


def combine(former: Changes, reports: Sequence[LanguageReport]) -> dict[str, list[Change]]:
    """Changes by language: the new ones, and the former ones of every dimension that does not move now."""
    by_language = {report.labelled.language: report for report in reports}
    found = {}
    for language in SUPPORTED:
        decisions = by_language[language].adapted.decisions if language in by_language else {}
        stay = [d for d in DIMENSIONS if d not in decisions or not decisions[d].moves]
        new = [by_language[language].adapted.change] if len(stay) < len(DIMENSIONS) else []
        if made := [*_of(former, language, stay), *new]:
            found[language] = made
    return found


def carry_over(card: dict[str, Any], former_card: Mapping[str, Any], former: Changes) -> dict[str, Any]:
    """The card, with what the former one says of languages and dimensions that stay and have no labels now.

    Raters are left out: the former card has numbered them on its own.
    """
    told = card["languages"]
    for language in former:
        there = former_card.get("languages", {}).get(language, {})
        mine = told.setdefault(language, {"posts": 0, "near-copies": 0, "dimensions": {}, "norms": there.get("norms", [])})
        for dimension, facts in there.get("dimensions", {}).items():
            if dimension not in mine["dimensions"] and _of(former, language, [dimension]):
                agreement = {**facts["agreement"], "pairs": [], "weights": {}}
                mine["dimensions"][dimension] = {**facts, "agreement": agreement, "kept": "measured then"}
    return {**card, "languages": {language: told[language] for language in SUPPORTED if language in told}}


def _of(former: Changes, language: str, dimensions: Collection[str]) -> list[Change]:
    changes = [only(change, dimensions) for change in former.get(language, ())]
    return [change for change in changes if _changes_something(change)]


def _changes_something(change: Change) -> bool:
    moved = (change.lists, change.signals, change.entries, change.subwords)
    return bool(np.any(change.scale != 1) or np.any(change.bias) or any(np.any(pair) for kind in moved for pair in kind.values()))
