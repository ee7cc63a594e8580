"""The report as an Excel workbook: counts, groups, values and the posts to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from toneguide.interface import tr
from toneguide.render.words import dimension_name
from toneguide.report.page import heading, language_name
from toneguide.report.tally import DIMENSIONS, LanguageTally, Tally

__all__ = ["write_workbook"]

_LONGEST: Final = 32_000
_WIDE: Final = 80
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_workbook(path: Path, tally: Tally) -> None:
    """Write the workbook; nothing in it is a formula or a link.

    Parameters
    ----------
    path : Path
        Ends in ``.xlsx``.
    tally : Tally
        What was counted.
    """
    import xlsxwriter

    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), safe) as book:
        bold, points = book.add_format({"bold": True}), book.add_format({"num_format": "0.0"})
        for name, heads, rows in _sheets(tally):
            sheet = book.add_worksheet(name.translate(_FORBIDDEN)[:31])
            sheet.write_row(0, 0, heads, bold)
            for number, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    sheet.write(
                        number, column, cell[:_LONGEST] if isinstance(cell, str) else cell, points if isinstance(cell, float) else None
                    )
            sheet.freeze_panes(1, 0)
            sheet.autofit(_WIDE * 7)


def _sheets(tally: Tally) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]:
    yield tr("summary"), (tr("status"), tr("posts")), [(status, n) for status, n in tally.statuses.most_common()]
    dimensions = [dimension_name(d) for d in DIMENSIONS]
    languages = sorted(tally.languages.values(), key=lambda one: -one.all.n)
    for by in ("channel", "year", "month"):
        groups = [group for ours in languages for group in ours.groups(by) if group.name]
        if groups:
            rows = [(g.language, g.name, g.n, *_padded(g.means), 100 * g.in_tone if g.in_tone is not None else None) for g in groups]
            yield heading(by), (tr("language"), heading(by), tr("posts"), *dimensions, tr("in tone, %")), rows
    values = [(ours.language, name, sum(found) / len(found), len(found)) for ours in languages for name, found in ours.values.items()]
    if values:
        yield tr("values"), (tr("language"), tr("value"), tr("alignment, mean"), tr("posts")), values
    for ours in languages:
        yield tr("posts, {language}", language=language_name(ours.language)), _post_heads(dimensions), _posts(ours)


def _padded(means: tuple[float, ...]) -> tuple[float | None, ...]:
    return (*means, *(None,) * (len(DIMENSIONS) - len(means)))


def _post_heads(dimensions: list[str]) -> Sequence[str]:
    return (tr("highest"), "id", tr("date"), tr("channel"), *dimensions, tr("text"))


def _posts(ours: LanguageTally) -> list[Sequence[Any]]:
    return [
        (
            dimension_name(d),
            *(str(row.fields.get(k) or "") for k in ("id", "date", "channel")),
            *(row.scores.get(one) for one in DIMENSIONS),
            row.text,
        )
        for d in DIMENSIONS[:2]
        for row in ours.highest(d)
    ]
