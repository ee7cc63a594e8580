"""The command on scored archives: ``report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toneguide.cli.common import GuideOption, fail, open_guide, say
from toneguide.errors import ToneguideError

if TYPE_CHECKING:
    from toneguide.report.page import Show
    from toneguide.report.tally import Row
    from toneguide.score import ToneScore

__all__ = ["report"]

USAGE = 2


def report(
    scored: Annotated[str, typer.Argument(metavar="SCORED", help="A file that `toneguide score` wrote.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help="Where to: .html or .xlsx.")],
    guide: GuideOption = None,
    text: Annotated[str | None, typer.Option("--text", metavar="COLUMN", help="Column that holds the posts; found where left out.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Heading of the page; the file's name where left out.")] = None,
) -> None:
    """Make a page or a workbook of a scored archive: spread, channels, months, values, and the posts to look at."""
    from toneguide.report.tally import Tally, read_scored

    if out.suffix.lower() not in (".html", ".xlsx"):
        fail(f"{out}: a report is .html or .xlsx", USAGE)
    try:
        tally = Tally.of(read_scored(scored, text=text))
        if out.suffix.lower() == ".xlsx":
            from toneguide.report.workbook import write_workbook

            write_workbook(out, tally)
        else:
            from toneguide.report.page import write_page

            write_page(out, tally, title=title or Path(scored).name, show=_shower(guide))
    except ToneguideError as e:
        fail(str(e))
    except OSError as e:
        fail(f"{out}: cannot be written ({e.strerror or e}); choose another place")
    say(f"wrote {out.resolve().as_uri()}")


def _shower(folder: Path | None) -> Show:
    """Scores the posts that are shown again, for the words behind them; with `--guide`, as that guide does."""
    guide = open_guide(folder, None)

    def show(row: Row) -> ToneScore | None:
        score = guide.score(row.text, min_words=0, channel=str(row.fields.get("channel") or ""))
        return score if score.status == "ok" else None

    return show
