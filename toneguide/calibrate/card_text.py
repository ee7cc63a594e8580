"""The tone card as Markdown, to be read in a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from toneguide.interface import decimal, percent, tr

__all__ = ["between", "card_to_markdown"]

_NONE: Final = "–"
_MODELS: Final = ("ours", "shipped", "peer", "human")


def card_to_markdown(facts: Mapping[str, Any]) -> str:
    """A tone card in the language of the interface.

    Parameters
    ----------
    facts : mapping
        From `toneguide.calibrate.card.card_facts` or ``model/card.json``.
    """
    return "\n".join(_lines(facts)).rstrip() + "\n"


def _lines(facts: Mapping[str, Any]) -> Iterator[str]:
    labels = facts["labels"]
    yield f"# {tr('Tone card')}\n"
    yield tr(
        "Ratings: {ratings}. Posts: {posts}. Raters: {raters}. Newest label: {date}. Pipeline: {pipeline}.",
        ratings=labels["ratings"], posts=labels["posts"], raters=len(facts["raters"]), date=facts["date"] or _NONE, pipeline=facts["pipeline"],
    )  # fmt: skip
    yield ""
    if labels["left out"]:
        yield tr("Rows of labels that could not be used and were left out: {n}.", n=labels["left out"]) + "\n"
    yield tr("Raters are pseudonyms, and posts go by the first digits of their hash. What was measured was measured on posts held out.")
    for language, one in facts["languages"].items():
        yield f"\n## {tr('Finnish posts') if language == 'fi' else tr('English posts')}\n"
        if one["posts"]:
            yield tr("{posts} posts, {copies} of them near-copies of another.", posts=one["posts"], copies=one["near-copies"])
        else:
            yield tr("No labels in this language this time: its earlier calibration stays, with what was measured then.")
        for dimension, found in one["dimensions"].items():
            yield f"\n### {tr(dimension)}\n"
            yield from _dimension(dimension, found)
        yield from _norms(one["norms"])
    yield f"\n## {tr('How to read it')}\n"
    for line in _key():
        yield f"- {line}"
    yield f"\n## {tr('Made from')}\n"
    yield f"- toneguide {facts['toneguide']}; " + ", ".join(f"{name} {version}" for name, version in facts["packages"].items())
    yield f"- {tr('labels')}: sha256 {labels['sha256']}"
    yield f"- guide.yaml: sha256 {facts['guide'] or _NONE}"
    for rater, n in facts["raters"].items():
        yield "- " + tr("{rater}: {n} ratings", rater=_rater(rater), n=n)


def _key() -> list[str]:
    return [
        tr(
            "alpha (Krippendorff): how far raters agree beyond chance. 1 is perfect, 0 is chance; below 0.4 the dimension is not measurable yet."
        ),
        tr("AUC: how often a post rated 4 or 5 scores higher than one rated 1 or 2. 0.5 is chance, 1 is always."),
        tr("Spearman: how far scores and ratings put posts in the same order. 1 is the same order, 0 is no likeness."),
        tr("TF-IDF: a model that learnt from your labels alone, for comparison. Where it is better, more labels bring you more."),
        tr("Ratings of 1 to 5 are shown on the scale of scores: 1 is 0, 2 is 25, 3 is 50, 4 is 75 and 5 is 100."),
        tr("Intervals in brackets hold the true value in 95 cases of 100."),
    ]


def _dimension(dimension: str, found: Mapping[str, Any]) -> Iterator[str]:
    from toneguide.model.adapt import Decision

    decided, agreement = found["decision"], found["agreement"]
    yield "- " + Decision(dimension, decided["verdict"], decided["ratings"]).told
    if found["kept"]:
        yield "- " + (
            tr("No ratings of it this time: its earlier calibration stays, with what was measured then.")
            if found["kept"] == "measured then"
            else tr("Its earlier calibration stays; these labels do not tell how good that is.")
        )
    if agreement["alpha"] is None:
        yield "- " + tr("Agreement between raters: unknown, no posts were rated by two people.")
    else:
        measured = {key: decimal(agreement[key], 2) for key in ("alpha", "low", "high")}
        yield "- " + tr("Agreement between raters: alpha {alpha} ({low} to {high}) on {n} posts.", **measured, n=agreement["posts"])
        if agreement["alpha"] < 0.4:
            yield "- " + tr("**Not measurable yet**: people do not agree on it. Sharpen the definition before you trust a number.")
    against = [rater for rater, weight in agreement["weights"].items() if not weight]
    if against:
        yield "- " + tr(
            "Left out, because the ratings run against all others': {raters}. Was the scale read the wrong way round?",
            raters=", ".join(against),
        )
    if agreement["disputed"]:
        yield "- " + tr("Posts to discuss: {posts}.", posts=", ".join(agreement["disputed"]))
    quality = found["quality"]
    if quality is None:
        if decided["verdict"] == "too few" and not found["kept"]:
            yield "- " + tr("Too few ratings to measure how good it is.")
        return
    yield from _quality(quality)
    yield from _trust(found, quality)


def _quality(quality: Mapping[str, Any]) -> Iterator[str]:
    names = {"ours": tr("calibrated"), "shipped": tr("as shipped"), "peer": tr("TF-IDF"), "human": tr("a person, against the others")}
    yield f"\n| | AUC | Spearman | {tr('error, points')} | {tr('posts')} |"
    yield "|---|---|---|---|---|"
    for name in _MODELS:
        one = quality[name]
        cells = [_figure(one[key], digits) for key, digits in (("auc", 2), ("spearman", 2), ("points", 0))] if one else [_NONE] * 3
        yield f"| {names[name]} | {' | '.join(cells)} | {one['n'] if one else _NONE} |"
    yield f"\n| {tr('score')} | {tr('rated')} | {tr('posts')} |"
    yield "|---|---|---|"
    for part in quality["reliability"]:
        yield f"| {part['score']:.0f} | {part['rating']:.0f} ({_number(part['low'], 0)}–{_number(part['high'], 0)}) | {part['n']} |"
    yield ""
    if quality["no_hits"]:
        yield "- " + tr(
            "Without any listed word ({n} posts): AUC {auc}. The lists alone do not make the result.",
            n=quality["n_no_hits"], auc=_figure(quality["no_hits"]["auc"], 2),
        )  # fmt: skip
    else:
        yield "- " + tr("Only {n} posts are without any listed word: too few to tell how much rests on the lists.", n=quality["n_no_hits"])
    yield "- " + tr(
        "Furthest from their rating: {posts}.",
        posts=", ".join(f"{w['post']} ({w['score']:.0f}/{w['rating']:.0f})" for w in quality["worst"]),
    )


def _trust(found: Mapping[str, Any], quality: Mapping[str, Any]) -> Iterator[str]:
    from toneguide.calibrate.learning import CurvePoint, Forecast, LearningCurve
    from toneguide.calibrate.quality import Figure
    from toneguide.calibrate.thresholds import Costs, Target
    from toneguide.decided import Band

    doubt, curve, target = quality["doubt"], found["learning"], found["target"]
    if doubt:
        yield "- " + tr(
            "A rating is within {points} points of the score for {wanted} of posts; realised {realised}, and with {n} posts it would be {low} to {high}.",
            points=f"{doubt['points']:.0f}", n=doubt["n"], **{key: percent(doubt[key]) for key in ("wanted", "realised", "low", "high")},
        )  # fmt: skip
    if curve:
        points = [CurvePoint(**point) for point in curve["points"]]
        yield "- " + LearningCurve(curve["dimension"], points, Forecast(**curve["forecast"])).told
    if target:
        rates = {key: Figure(**target[key]) for key in ("missed", "alarms")}
        yield (
            "- "
            + tr("Target:")
            + " "
            + Target(target["dimension"], Band(**target["band"]), **rates, costs=Costs(**target["costs"]), n=target["n"]).told
        )


def _norms(norms: list[Mapping[str, Any]]) -> Iterator[str]:
    from toneguide.calibrate.norms import PERCENTILES

    if not norms:
        return
    yield f"\n### {tr('Norms: what is usual in your own posts')}\n"
    yield f"| | {tr('channel')} | {tr('posts')} | " + " | ".join(f"{p} %" for p in PERCENTILES) + " |"
    yield "|---|---|---|" + "---|" * len(PERCENTILES)
    for norm in norms:
        scores = " | ".join(f"{score:.0f}" for score in norm["scores"])
        # A channel is the company's word, and a bar in it would be a cell.
        channel = norm["channel"].replace("|", "/") or tr("all")
        yield f"| {tr(norm['dimension'])} | {channel} | {norm['n']} | {scores} |"


def _rater(pseudonym: str) -> str:
    return tr("rater {number}", number=pseudonym.removeprefix("rater "))


def _figure(figure: Mapping[str, Any], digits: int) -> str:
    if figure["value"] is None:
        return _NONE
    low, high = (_number(figure[key], digits) for key in ("low", "high"))
    return f"{_number(figure['value'], digits)} ({low}{between(low, high)}{high})"


def between(low: str, high: str) -> str:
    """What stands between two numbers; a dash beside a minus cannot be read."""
    return " … " if {low[:1], high[:1]} & {"-", "\N{MINUS SIGN}"} else "–"


def _number(value: float | None, digits: int) -> str:
    return _NONE if value is None else decimal(value, digits)
