"""The tone card: what a calibrated model was made from, how good it is, and how far to trust it; as data.

The same inputs give the same bytes: no clock, no order of chance, numbers rounded. Raters are pseudonyms, and posts go by the first digits of their
hash: a card can be handed on, posts stay in ``examples.csv``.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from toneguide.calibrate.merge import Merged, post_id
from toneguide.errors import ModelError

if TYPE_CHECKING:
    from toneguide.calibrate.measure import LanguageReport
    from toneguide.calibrate.thresholds import Costs

__all__ = ["SCHEMA", "card_bytes", "card_facts", "labels_hash", "pseudonyms", "read_card"]

SCHEMA: Final = 1
_DIGITS: Final = 4
_LISTED: Final = 5


def card_facts(
    reports: Sequence[LanguageReport], merged: Merged, *, pipeline: str, costs: Costs, last_date: str, decided: str, seed: int, left_out: int = 0,
) -> dict[str, Any]:  # fmt: skip
    """The card as plain data.

    Parameters
    ----------
    reports : sequence of LanguageReport
        One a language.
    merged : Merged
        The labels.
    pipeline : str
        Which pipeline read them.
    costs : Costs
        What targets were chosen for.
    last_date : str
        Date of the newest label, ``""`` where labels have none.
    decided : str
        Hash of ``guide.yaml``.
    seed : int
        Of everything that is drawn.
    left_out : int
        Rows that could not be read.
    """
    from importlib.metadata import version

    import toneguide

    names = pseudonyms(merged)
    return {
        "schema": SCHEMA,
        "toneguide": toneguide.__version__,
        "packages": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
        "pipeline": pipeline,
        "seed": seed,
        "date": last_date,
        "guide": decided,
        "labels": {
            "sha256": labels_hash(merged),
            "posts": len(merged.posts),
            "ratings": sum(len(r) for post in merged.posts for r in post.ratings.values()),
            "doubles": len(merged.doubles),
            "left out": left_out + len(merged.left_out),
        },
        "raters": {
            pseudonym: sum(rater in ratings for post in merged.posts for ratings in post.ratings.values())
            for rater, pseudonym in sorted(names.items(), key=lambda pair: int(pair[1].split()[1]))
        },
        "costs": {"miss": costs.miss, "alarm": costs.alarm},
        "languages": {report.labelled.language: _language_facts(report, names) for report in reports},
    }


def card_bytes(facts: Mapping[str, Any]) -> bytes:
    """The card as JSON."""
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def read_card(folder: Path | str) -> dict[str, Any]:
    """The card of a guide folder.

    Raises
    ------
    ModelError
        Where there is none, or it is damaged or of another version.
    """
    path = Path(folder) / "model" / "card.json"
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise ModelError(f"{path}: no tone card there; `toneguide calibrate` writes one") from None
    except (ValueError, RecursionError) as e:
        raise ModelError(f"{path}: damaged ({e}); calibrate again") from None
    if not isinstance(facts, dict) or facts.get("schema") != SCHEMA:
        raise ModelError(f"{path}: not a tone card of this version; calibrate again")
    return facts


def pseudonyms(merged: Merged) -> dict[str, str]:
    """A pseudonym for every rater, in an order that tells nothing about them."""
    raters = {rater for post in merged.posts for ratings in post.ratings.values() for rater in ratings}
    ordered = sorted(raters, key=lambda rater: hashlib.sha256(rater.encode("utf-8", "replace")).hexdigest())
    return {rater: f"rater {i + 1}" for i, rater in enumerate(ordered)}


def labels_hash(merged: Merged) -> str:
    """Hash of all ratings, whatever the order of rows."""
    rows = sorted(
        json.dumps([post_id(post.text), post.language, {d: dict(sorted(r.items())) for d, r in sorted(post.ratings.items())}])
        for post in merged.posts
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _language_facts(report: LanguageReport, names: Mapping[str, str]) -> dict[str, Any]:
    labelled = report.labelled
    groups = len(np.unique(labelled.groups))
    facts: dict[str, Any] = {"posts": len(labelled.posts), "near-copies": len(labelled.posts) - groups, "dimensions": {}}
    for dimension, one in report.dimensions.items():
        agreement, decision, quality = one.agreement, one.decision, one.quality
        facts["dimensions"][dimension] = {
            "agreement": {
                **_plain({"alpha": agreement.alpha, "low": agreement.low, "high": agreement.high, "posts": agreement.n_posts, "raters": agreement.n_raters}),
                "pairs": [_plain({"raters": [names[r] for r in pair.raters], "alpha": pair.alpha, "posts": pair.n, "difference": pair.difference})
                          for pair in agreement.pairs],
                "disputed": [post_id(d.text) for d in agreement.disputed[:_LISTED]],
                "weights": {names[rater]: _plain(weight) for rater, weight in sorted(labelled.weights[dimension].items(), key=lambda w: names[w[0]])},
            },
            "decision": _plain({"verdict": decision.verdict, "ratings": decision.n, "strength": decision.strength, "slope": decision.slope,
                                "shift": decision.shift, "losses": {str(s): loss for s, loss in decision.losses.items()}}),
            "quality": _quality_facts(quality) if quality else None,
            "learning": _plain(one.curve) if one.curve else None,
            "target": _plain(one.target) if one.target else None,
            "kept": one.kept,
        }  # fmt: skip
    facts["norms"] = [_plain(norm) for norm in report.norms]
    return facts


def _quality_facts(quality: Any) -> dict[str, Any]:
    named = ("ours", "shipped", "peer", "human", "no_hits", "n_no_hits", "reliability", "doubt")
    worst = [{"post": post_id(w.text), **_plain({"score": w.score, "rating": w.rating})} for w in quality.worst]
    return {**{name: _plain(getattr(quality, name)) for name in named}, "worst": worst}


def _plain(value: Any) -> Any:
    """Numbers rounded, NaN as null, records as mappings."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float | np.floating):
        return round(float(value), _DIGITS) + 0.0 if math.isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else value
