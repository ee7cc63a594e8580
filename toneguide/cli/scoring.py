"""Commands on posts: ``score`` and ``explain``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from toneguide.cli.common import GuideOption, Language, LanguageOption, PipelineOption, fail, open_guide, say
from toneguide.errors import ToneguideError

__all__ = ["explain", "score"]


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
