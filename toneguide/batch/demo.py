"""The demo: the bundled archive of an imagined company, scored, summed up and made into a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toneguide.batch.score_posts import Scored, score_posts
from toneguide.guide import ToneGuide
from toneguide.interface import tr
from toneguide.posts import merge_row, open_posts, open_writer, output_columns, renamed_columns
from toneguide.report.page import write_page
from toneguide.report.tally import Tally, rows_of

if TYPE_CHECKING:
    from toneguide.language.analysis import PipelineName

__all__ = ["SAMPLE", "SAMPLE_VALUES", "run_demo"]

SAMPLE: Final = Path(__file__).parents[1] / "data" / "sample_archive.csv"
SAMPLE_VALUES: Final = (
    {"name": "Rohkeus", "words": ["rohkea", "courage", "brave"]},
    {"name": "Yhdessä", "words": ["yhteistyö", "together"]},
    {"name": "Vastuu", "words": ["vastuullisuus", "responsibility", "responsible"]},
    {"name": "Uteliaisuus", "words": ["utelias", "curiosity", "curious"]},
)


def run_demo(folder: Path, pipeline: PipelineName | None, *, say: Callable[[str], None]) -> list[Scored]:
    """Score the bundled archive into `folder` and print a summary.

    Parameters
    ----------
    folder : Path
        Made where it is not there; gets ``scored.csv`` and ``report.html``.
    pipeline : {"accurate", "fast"} or None
        As in `ToneGuide.default`.
    say : callable
        Takes messages for people.

    Returns
    -------
    list of Scored
        All posts, in archive order.
    """
    guide = ToneGuide.default(pipeline).with_values(SAMPLE_VALUES)
    posts = open_posts(SAMPLE, text="text")
    scored = list(score_posts(posts, guide))
    folder.mkdir(parents=True, exist_ok=True)
    names = [value.name for value in guide.values]
    columns, renamed = output_columns(posts.columns, names), renamed_columns(posts.columns, names)
    table, page = folder / "scored.csv", folder / "report.html"
    with open_writer(table, columns) as writer:
        writer.write([merge_row(one.post.fields, one.row, renamed) for one in scored])
    tally = Tally.of(rows_of(scored))
    found = {one.score.text: one.score for one in scored}
    write_page(page, tally, title=tr("Kaamos Huolto: two years of posts"), show=lambda row: found.get(row.text))
    _print_summary(scored, tally)
    statuses = Counter(one.score.status for one in scored)
    say(f"{len(scored)} posts: " + ", ".join(f"{n} {status}" for status, n in statuses.most_common()))
    say(f"scored file: {table.resolve()}")
    say(f"page with highlighted words: {page.resolve().as_uri()}")
    return scored


def _print_summary(scored: list[Scored], tally: Tally) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console.print("Kaamos Huolto, an imagined company: mean scores, 0-100, within a language\n")
    for by in ("channel", "year"):
        table = Table("language", by, "posts", "corporate", "warmth", "alignment", box=None, pad_edge=False)
        for group in (group for language in ("fi", "en") for group in tally.languages[language].groups(by)):
            table.add_row(group.language, group.name, str(group.n), *(f"{value:.0f}" for value in group.means))
        console.print(table)
        console.print()
    for language, name in (("fi", "Finnish"), ("en", "English")):
        ours = [one for one in scored if one.score.status == "ok" and one.score.language == language]
        for dimension in ("corporate", "warmth"):
            top = max(ours, key=lambda one: getattr(one.score, dimension))
            words = ", ".join(
                dict.fromkeys(part.text for part in top.score.top(dimension, 12) if part.kind != "signal" and part.amount > 0)
            )
            console.print(
                f"Highest {dimension} in {name} ({getattr(top.score, dimension):.0f}), post {top.post.fields['id']}: {words}", markup=False
            )
