"""The commands put together."""

from __future__ import annotations

import sys
from typing import Final

import typer

from toneguide.cli.calibrating import calibrate, forget, labels, sample
from toneguide.cli.common import say
from toneguide.cli.guides import check, guide, init, values
from toneguide.cli.places import demo, lab
from toneguide.cli.reporting import report
from toneguide.cli.scoring import explain, score

__all__ = ["app", "main"]

STOPPED: Final = 130

app = typer.Typer(
    help="Tone of voice for Finnish and English posts: corporate-speak, warmth, and the company's own values.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (demo, score, explain, init, values, guide, sample, labels, calibrate, check, forget, report, lab):
    app.command()(command)


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly."""
    try:
        app()
    except SystemExit as e:
        # Typer turns Ctrl-C into its own exit, without a word.
        if e.code == STOPPED and e.__context__ is not None and isinstance(e.__context__.__cause__, KeyboardInterrupt):
            say("stopped; nothing half-written is left behind")
        raise
    except KeyboardInterrupt:
        say("stopped; nothing half-written is left behind")
        sys.exit(STOPPED)
