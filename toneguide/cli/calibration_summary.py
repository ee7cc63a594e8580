"""What a calibration found, on the terminal."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from toneguide.interface import decimal, tr

if TYPE_CHECKING:
    from rich.console import Console

    from toneguide.calibrate.agreement import Agreement
    from toneguide.calibrate.folder import Calibration
    from toneguide.calibrate.labels import Labels
    from toneguide.calibrate.measure import DimensionReport
    from toneguide.calibrate.merge import Merged
    from toneguide.calibrate.quality import Figure

__all__ = ["print_agreement", "print_calibration"]

_SHOWN = 3
_START = 70


def print_calibration(done: Calibration, folder: Path) -> None:
    """A readable summary on stderr: stdout carries data only."""
    from rich.text import Text

    console = _console()
    _print_labels(console, done.labels, done.merged)
    for report in done.reports:
        name = tr("Finnish posts") if report.labelled.language == "fi" else tr("English posts")
        console.print(Text(f"\n{name}: {len(report.labelled.posts)}", style="bold"))
        for one in report.dimensions.values():
            _print_dimension(console, one)
    for language in done.kept:
        name = tr("Finnish posts") if language == "fi" else tr("English posts")
        console.print(Text("\n" + tr("{name}: no labels this time; the earlier calibration stays.", name=name), style="bold"))
    _print_moved(console, done)
    for note in done.notes:
        console.print(Text("\n" + note, style="yellow"))
    written = tr("The tone card is in {path}.", path=str(folder / "model" / "card.md"))
    if done.backup is not None:
        written += " " + tr(
            "The former model is in {path}; to go back to it, put that folder in the place of {model}.", path=str(done.backup),
            model=str(folder / "model"),
        )  # fmt: skip
    console.print(Text("\n" + written))


def _print_moved(console: Console, done: Calibration) -> None:
    """What the calibration did to the posts that are watched, before their new scores are written down."""
    from rich.text import Text

    if not done.moved:
        return
    posts = {finding.post for finding in done.moved}
    told = tr(
        "{n} of {all} golden posts moved by more than the guide's tolerance; their new scores are now what `toneguide check` compares with.",
        n=len(posts), all=done.n_golden,
    )  # fmt: skip
    console.print(Text("\n" + told, style="yellow"))
    for finding in sorted(done.moved, key=lambda f: -abs((f.after or 0.0) - f.before))[:_SHOWN]:
        console.print(Text(f"  {finding.told}", style="dim"))


def print_agreement(labels: Labels) -> None:
    """How many labels there are, and how well raters agree."""
    from rich.text import Text

    from toneguide.calibrate.agreement import measure_agreement
    from toneguide.calibrate.merge import merge_labels
    from toneguide.model.tone_model import DIMENSIONS

    console, merged = _console(), merge_labels(labels)
    _print_labels(console, labels, merged)
    for language, name in (("fi", tr("Finnish posts")), ("en", tr("English posts"))):
        posts = [post for post in merged.posts if post.language == language]
        if posts:
            console.print(Text(f"\n{name}: {len(posts)}", style="bold"))
        for dimension in DIMENSIONS:
            if any(post.ratings.get(dimension) for post in posts):
                agreement = measure_agreement(posts, dimension)
                _print_raters(console, agreement)
                for one in agreement.disputed[:_SHOWN]:
                    ratings = ", ".join(f"{rater or '?'} {rating:g}" for rater, rating in one.ratings.items())
                    console.print(Text(f"  {ratings}: {_start(one.text)}", style="dim"))


def _print_raters(console: Console, agreement: Agreement) -> None:
    """How well raters agree, and by name whom to ask: the card, which may be handed on, has pseudonyms."""
    from rich.text import Text

    console.print(Text(agreement.told, style="yellow" if agreement.measurable is False else ""))
    if agreement.against:
        told = tr("{name}: left out, because the ratings run against all others': {raters}. Was the scale read the wrong way round?",
                  name=tr(agreement.dimension), raters=", ".join(agreement.against))  # fmt: skip
        console.print(Text(told, style="yellow"))


def _print_labels(console: Console, labels: Labels, merged: Merged) -> None:
    from rich.text import Text

    for sentence in (*labels.problems[:_SHOWN], *merged.left_out[:_SHOWN]):
        console.print(Text(tr("left out: {what}", what=sentence), style="yellow"))
    if len(labels.problems) + len(merged.left_out) > 2 * _SHOWN:
        console.print(Text(tr("{n} rows were left out in all", n=len(labels.problems) + len(merged.left_out)), style="yellow"))
    if merged.doubles:
        told = tr("{n} ratings were given twice and differ; the later one counts", n=len(merged.doubles))
        console.print(Text(told, style="yellow"))
    if any(not double.rater for double in merged.doubles):
        told = tr("The column rater is empty in some of them: are they two people's? Name each one there, or with --rater.")
        console.print(Text(told, style="yellow"))


def _print_dimension(console: Console, one: DimensionReport) -> None:
    from rich.table import Table
    from rich.text import Text

    moved, quality = one.decision.moves, one.quality
    console.print(Text(one.decision.told, style="" if moved else "yellow"))
    if one.kept:
        console.print(Text(tr("Its earlier calibration stays; these labels do not tell how good that is."), style="yellow"))
    _print_raters(console, one.agreement)
    if quality is None:
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("", "AUC", "Spearman", tr("error, points")):
        table.add_column(heading, justify="left" if not heading else "right")
    names = (tr("calibrated"), tr("as shipped"), tr("TF-IDF"), tr("a person, against the others"))
    measured = (quality.ours, quality.shipped, quality.peer, quality.human)
    for name, figures in zip(names, measured, strict=True):
        if figures is not None:
            table.add_row(name, _cell(figures.auc, 2), _cell(figures.spearman, 2), _cell(figures.points, 0))
    console.print(table)
    for told in (one.curve, one.target):
        if told is not None:
            console.print(Text(told.told))
    if quality.worst:
        worst = quality.worst[0]
        console.print(
            Text(
                tr(
                    "Furthest from its rating (score {score} of 100, rated {rating} of 5):",
                    score=f"{worst.score:.0f}",
                    rating=decimal(1 + worst.rating / 25, 1),
                )
            )
        )
        console.print(Text(f"  {_start(worst.text)}", style="dim"))


def _cell(figure: Figure, digits: int) -> str:
    if math.isnan(figure.value):
        return "–"
    from toneguide.calibrate.card_text import between

    low, high = decimal(figure.low, digits), decimal(figure.high, digits)
    return f"{decimal(figure.value, digits)} ({low}{between(low, high)}{high})"


def _start(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _START else line[: _START - 1] + "…"


def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True, highlight=False)
