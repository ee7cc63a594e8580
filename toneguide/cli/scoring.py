"""Commands on posts: ``score`` and ``explain``."""

from __future__ import annotations

import gc
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from toneguide.cli.common import GuideOption, Language, LanguageOption, PipelineOption, fail, open_guide, say
from toneguide.errors import ToneguideError

__all__ = ["Engine", "explain", "score"]


class Engine(StrEnum):
    """Where posts are scored."""

    local = "local"
    spark = "spark"


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
    add: Annotated[bool, typer.Option("--add", help="Add to OUT: rows that are there stay, only new or stale ones are scored.")] = False,  # noqa: FBT002
    workers: Annotated[int | None, typer.Option("--workers", min=1, metavar="N", help="Processes; one per core where left out.")] = None,
    no_resume: Annotated[bool, typer.Option("--no-resume", help="Start afresh, whatever an interrupted run has done.")] = False,  # noqa: FBT002
    engine: Annotated[
        Engine, typer.Option("--engine", help="local: processes of this machine; spark: a cluster, or Spark here.")
    ] = Engine.local,
    checkpoint: Annotated[
        Path | None,
        typer.Option("--checkpoint", metavar="DIR", help="With spark: score only files that came into the folder since last time."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but what goes wrong.")] = False,  # noqa: FBT002
) -> None:
    """Score every post of an archive: one row per record, in order, with a status each.

    Run with several processes where there are many posts. A run that is interrupted goes on with the same command where it stopped.
    """
    from toneguide.batch.score_files import Run, score_files

    if add and out is None:
        raise typer.BadParameter("--add needs -o OUT, the scored file to add to")
    if engine is Engine.spark and (out is None or add or readability):
        raise typer.BadParameter("--engine spark needs -o OUT, a folder, and has neither --add nor --readability")
    if checkpoint is not None and engine is not Engine.spark:
        raise typer.BadParameter("--checkpoint is for --engine spark")
    tongue = None if language is Language.auto else language.value
    # Word types by the hundred thousand stay for good; the collector need not look at them at every turn.
    gc.set_threshold(50_000, 20, 100)
    try:
        ruled = open_guide(guide, pipeline)
        if engine is Engine.spark and out is not None:
            from toneguide.batch.spark import score_files_with_spark

            score_files_with_spark(
                paths, ruled, out=out, checkpoint=checkpoint, text=text, language=tongue, min_words=min_words, workers=workers,
                say=(lambda _: None) if quiet else say,
            )  # fmt: skip
            return
        run = Run(
            out=out, language=tongue, text=text, min_words=min_words,
            readability=readability, workers=workers, resume=not no_resume, add=add, quiet=quiet,
        )  # fmt: skip
        code = score_files(paths, ruled, run, say=say)
    except ToneguideError as e:
        fail(str(e))
    except BrokenPipeError:
        # The reader of the pipe has seen enough; Python must not complain about the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    raise typer.Exit(code)


def explain(
    text: Annotated[str, typer.Argument(help="The post, or - to read it from stdin.")],
    guide: GuideOption = None,
    language: LanguageOption = Language.auto,
    pipeline: PipelineOption = None,
) -> None:
    """Show the words behind one score, what could be said instead, and what would change it."""
    from toneguide.render import print_score

    post = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text
    try:
        ruled = open_guide(guide, pipeline)
        found = ruled.score(post, language=None if language is Language.auto else language.value, min_words=0)
    except ToneguideError as e:
        fail(str(e))
    print_score(found)
