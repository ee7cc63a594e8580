"""The command line: data on stdout, messages on stderr, an exit code that tells what happened."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from toneguide.errors import ToneguideError

if TYPE_CHECKING:
    from toneguide.guide import ToneGuide
    from toneguide.language.analysis import PipelineName

__all__ = ["app", "main"]

NOT_USABLE: Final = 3

app = typer.Typer(
    help="Tone of voice for Finnish and English posts: corporate-speak, warmth, and the company's own values.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Language(StrEnum):
    """Whose words to read."""

    auto = "auto"
    fi = "fi"
    en = "en"


class PipelineChoice(StrEnum):
    """How closely to read."""

    accurate = "accurate"
    fast = "fast"


GuideOption = Annotated[Path | None, typer.Option("--guide", help="Guide folder; the shipped models where left out.")]
LanguageOption = Annotated[Language, typer.Option("--language", help="Language of the posts; auto finds it post by post.")]
PipelineOption = Annotated[PipelineChoice | None, typer.Option("--pipeline", help="accurate reads sentences, fast goes by word forms.")]


def say(message: str) -> None:
    """A message for people, on stderr."""
    typer.echo(message, err=True)


def fail(message: str, code: int = NOT_USABLE) -> NoReturn:
    """Say what is wrong and end with an exit code."""
    say(f"toneguide: {message}")
    raise typer.Exit(code)


def open_guide(folder: Path | None, pipeline: PipelineChoice | None) -> ToneGuide:
    """The guide of a folder, or the shipped one."""
    from toneguide.guide import ToneGuide

    name: PipelineName | None = pipeline.value if pipeline else None
    if folder is None:
        return ToneGuide.default(name)
    guide = ToneGuide.load(folder)
    return guide.with_pipeline(name) if name else guide


@app.command()
def score(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Archives to score: CSV, TSV, JSONL, Parquet, XLSX, text; - for stdin.")
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="OUT", help="Where to: .csv .jsonl .parquet .xlsx; stdout where left out.")
    ] = None,
    guide: GuideOption = None,
    language: LanguageOption = Language.auto,
    text: Annotated[str | None, typer.Option("--text", metavar="COLUMN", help="Column that holds the posts; found where left out.")] = None,
    pipeline: PipelineOption = None,
    min_words: Annotated[int | None, typer.Option("--min-words", min=0, help="Fewer words are not scored; 0 scores everything.")] = None,
    readability: Annotated[bool, typer.Option("--readability", help="Add LIX, RIX, ARI and Coleman-Liau.")] = False,  # noqa: FBT002
) -> None:
    """Score every post of an archive: one row per record, in order, with a status each."""
    from toneguide.batch.score_files import score_files

    try:
        ruled = open_guide(guide, pipeline)
        code = score_files(
            paths, ruled, out=out, language=None if language is Language.auto else language.value, text=text, min_words=min_words,
            readability=readability, say=say,
        )  # fmt: skip
    except ToneguideError as e:
        fail(str(e))
    except BrokenPipeError:
        # The reader of the pipe has seen enough; Python must not complain about the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    raise typer.Exit(code)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="The post, or - to read it from stdin.")],
    guide: GuideOption = None,
    language: LanguageOption = Language.auto,
    pipeline: PipelineOption = None,
) -> None:
    """Show the words behind one score."""
    from toneguide.render import print_score

    post = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text
    try:
        ruled = open_guide(guide, pipeline)
        found = ruled.score(post, language=None if language is Language.auto else language.value, min_words=0)
    except ToneguideError as e:
        fail(str(e))
    print_score(found)


@app.command()
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


@app.command()
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


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly."""
    try:
        app()
    except KeyboardInterrupt:
        say("stopped; nothing half-written is left behind")
        sys.exit(130)


if __name__ == "__main__":
    main()
