"""Commands that make a folder to look at: ``demo`` and ``lab``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toneguide.cli.common import Language, PipelineOption, fail, say
from toneguide.errors import ToneguideError

__all__ = ["demo", "lab"]


def demo(
    folder: Annotated[Path, typer.Argument(help="Where to put the scored archive and the page.")] = Path("toneguide-demo"),
    pipeline: PipelineOption = None,
) -> None:
    """Score the bundled archive, write a report, and say where it is."""
    from toneguide.batch.demo import run_demo

    try:
        run_demo(folder, pipeline.value if pipeline else None, say=say)
    except ToneguideError as e:
        fail(str(e))


def lab(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Working folder for the notebooks.")] = Path("lab"),
    language: Annotated[Language, typer.Option("--language", help="Language of the notebooks.")] = Language.fi,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Start the server only.")] = False,  # noqa: FBT002
) -> None:
    """Copy the notebooks into a working folder and open them in JupyterLab."""
    from toneguide.lab import open_lab

    try:
        code = open_lab(folder, "en" if language is Language.en else "fi", browser=not no_browser, say=say)
    except ToneguideError as e:
        fail(str(e))
    raise typer.Exit(code)
