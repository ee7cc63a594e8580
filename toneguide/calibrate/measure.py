"""Everything that is measured of one language's labels, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toneguide.calibrate.agreement import Agreement, measure_agreement
from toneguide.calibrate.labelled import Labelled, prepare_posts
from toneguide.calibrate.learning import LearningCurve, measure_learning
from toneguide.calibrate.merge import RatedPost
from toneguide.calibrate.norms import Norm
from toneguide.calibrate.quality import Quality, measure_quality
from toneguide.calibrate.thresholds import Costs, Target, choose_target
from toneguide.guide import ToneGuide
from toneguide.model.adapt import Adapted, Decision, adapt
from toneguide.model.calibration import only

__all__ = ["DimensionReport", "LanguageReport", "measure_language"]


@dataclass(frozen=True, slots=True)
class DimensionReport:
    """What is known of one dimension; `quality`, `curve` and `target` are None where these labels do not tell them.

    `kept` is True where an earlier calibration stays.
    """

    agreement: Agreement
    decision: Decision
    quality: Quality | None
    curve: LearningCurve | None
    target: Target | None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class LanguageReport:
    """What is known of one language.

    Attributes
    ----------
    labelled : Labelled
        The posts.
    adapted : Adapted
        How the model moves, and why.
    dimensions : mapping of str to DimensionReport
        The rated ones.
    norms : list of Norm
        Of the team's archive, where one was given.
    """

    labelled: Labelled
    adapted: Adapted
    dimensions: Mapping[str, DimensionReport]
    norms: list[Norm] = field(default_factory=list)


def measure_language(
    guide: ToneGuide, posts: Sequence[RatedPost], language: str, *, costs: Costs | None = None, norms: Sequence[Norm] = (),
    peer: bool = True, seed: int = 0,
) -> LanguageReport | None:  # fmt: skip
    """Adapt the shipped model of a language to its labels, and measure everything.

    Parameters
    ----------
    guide : ToneGuide
        Before calibration: its weights are the prior.
    posts : sequence of RatedPost
        In any language.
    language : {"fi", "en"}
        Which.
    costs : Costs, optional
        For targets.
    norms : sequence of Norm
        Of the archive, in any language.
    peer : bool
        Whether to fit TF-IDF with logistic regression for comparison.
    seed : int
        Of everything that is drawn.

    Returns
    -------
    LanguageReport or None
        None without a rated post in this language.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    labelled = prepare_posts(guide, posts, language)
    if not labelled.posts:
        return None
    with threadpool_limits(limits=1, user_api="blas"):
        return _measure(guide, labelled, costs, norms, peer=peer, seed=seed)


def _measure(guide: ToneGuide, labelled: Labelled, costs: Costs | None, norms: Sequence[Norm], *, peer: bool, seed: int) -> LanguageReport:
    model = guide.model(labelled.language)
    adapted = adapt(model, labelled.texts, labelled.shares, groups=labelled.groups, weights=labelled.counts)
    agreed = {dimension: measure_agreement(labelled.posts, dimension, seed=seed) for dimension in adapted.decisions}
    adapted = _without(adapted, [dimension for dimension, agreement in agreed.items() if agreement.hopeless])
    dimensions = {}
    for dimension, decision in adapted.decisions.items():
        if decision.verdict == "disagreed":
            dimensions[dimension] = DimensionReport(agreed[dimension], decision, None, None, None)
            continue
        quality = measure_quality(model, labelled, dimension, peer=peer, seed=seed)
        dimensions[dimension] = DimensionReport(
            agreed[dimension], decision, quality,
            measure_learning(model, labelled, decision, seed=seed), choose_target(quality, costs, seed=seed) if quality else None,
        )  # fmt: skip
    return LanguageReport(labelled, adapted, dimensions, [norm for norm in norms if norm.language == labelled.language])


def _without(adapted: Adapted, disagreed: Sequence[str]) -> Adapted:
    """The move without dimensions that raters cannot agree on."""
    decisions = {
        d: Decision(d, "disagreed", one.n, before=one.before, losses=one.losses) if d in disagreed and one.verdict != "too few" else one
        for d, one in adapted.decisions.items()
    }
    return Adapted(only(adapted.change, [d for d, one in decisions.items() if one.moves]), decisions)
