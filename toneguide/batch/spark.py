"""Spark: the same scores, beyond one machine."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from toneguide.batch.score_batches import score_batches
from toneguide.batch.ship import PackedGuide, pack_guide
from toneguide.errors import InputError, ToneguideError
from toneguide.posts.columns import output_columns, renamed_columns
from toneguide.posts.text_column import choose_text_column

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

    from toneguide.guide import ToneGuide

__all__ = ["score", "score_files_with_spark", "score_stream", "start_spark"]

_KINDS: Final = {"language": "string", "status": "string", "reason": "string", "n_words": "bigint", "in_tone": "boolean"}
# With a null among them pandas holds whole numbers as fractions, and large ones change.
_WHOLE: Final = ("tinyint", "smallint", "int", "bigint")
_SUFFIXES: Final = {".parquet": "parquet", ".csv": "csv", ".jsonl": "json", ".ndjson": "json"}
_CSV: Final = {"header": "true", "multiLine": "true", "escape": '"'}
_SAMPLE: Final = 200


def start_spark(workers: int | None = None) -> SparkSession:
    """A Spark session: the one that runs already, the cluster that Spark is set up for, or this machine.

    Parameters
    ----------
    workers : int, optional
        Cores to use on this machine; all where None.

    Raises
    ------
    ToneguideError
        Where PySpark or Java is missing.
    """
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError:
        raise ToneguideError("PySpark is not installed: pip install 'toneguide[spark]'") from None
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None and "SPARK_REMOTE" not in os.environ:
        raise ToneguideError("Spark needs Java 17 or newer, and there is no java: on Debian apt-get install openjdk-17-jre-headless")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("toneguide").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "ERROR")
    if workers is not None or not SparkConf().contains("spark.master"):
        builder = builder.master(f"local[{workers or '*'}]").config("spark.driver.bindAddress", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1")
    return builder.getOrCreate()


def score(
    dataframe: DataFrame, guide: ToneGuide, *, text: str = "text", language: str | None = None, min_words: int | None = None
) -> DataFrame:
    """A Spark frame with the scores added, a streaming one too.

    Parameters
    ----------
    dataframe : pyspark.sql.DataFrame
        One post a row.
    guide : ToneGuide
        Sent to the workers as the files of its folder; each loads it once.
    text, language, min_words
        As in `ToneGuide.score_frame`.

    Returns
    -------
    pyspark.sql.DataFrame
        Lazy; the input's own columns first, then ours.

    Raises
    ------
    ValueError
        Where there is no such column.
    """
    from pyspark.sql import functions as F  # noqa: N812

    if text not in dataframe.columns:
        raise ValueError(f"no column {text!r}; the columns are {', '.join(map(repr, dataframe.columns))}")
    names = [value.name for value in guide.values]
    renamed = renamed_columns(dataframe.columns, names)
    kinds = {renamed.get(name, name): kind for name, kind in dataframe.dtypes}
    whole = {name: kind for name, kind in kinds.items() if kind in _WHOLE}
    ours = output_columns([], names)
    columns = {**kinds, **dict.fromkeys(whole, "string"), **{name: _KINDS.get(name, "double") for name in ours}}
    schema = ", ".join(f"`{name.replace('`', '``')}` {kind}" for name, kind in columns.items())
    sent = dataframe.select([_column(F, name).cast("string" if kind in _WHOLE else kind).alias(name) for name, kind in dataframe.dtypes])
    scored = sent.mapInPandas(_scorer(pack_guide(guide), text, language, min_words), schema)
    return scored.select([_column(F, name).cast(whole[name]).alias(name) if name in whole else _column(F, name) for name in columns])


def _column(functions: Any, name: str) -> Any:
    return functions.col(f"`{name.replace('`', '``')}`")


def _scorer(
    packed: PackedGuide, text: str, language: str | None, min_words: int | None
) -> Callable[[Iterable[pd.DataFrame]], Iterator[pd.DataFrame]]:
    def run(frames: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        return score_batches(frames, packed, text=text, language=language, min_words=min_words)

    return run


def score_stream(
    spark: SparkSession, folder: Path, out: Path, checkpoint: Path, guide: ToneGuide, *, text: str | None = None,
    language: str | None = None, min_words: int | None = None,
) -> None:  # fmt: skip
    """Score the files of a folder that were not scored before, each row exactly once, and stop.

    Parameters
    ----------
    spark : SparkSession
        From `start_spark`.
    folder : Path
        Parquet, CSV or JSON Lines files with the same columns; new ones come in between the runs.
    out : Path
        A folder of Parquet files.
    checkpoint : Path
        Where Spark keeps what is done; with the same one a run that was killed goes on where it stopped.
    guide, text, language, min_words
        As in `score`.
    """
    kind, options, text = _input(spark, folder, text)
    schema = spark.read.format(kind).options(**options).load(str(folder)).schema
    posts = spark.readStream.schema(schema).format(kind).options(**options, maxFilesPerTrigger="1").load(str(folder))
    scored = score(posts, guide, text=text, language=language, min_words=min_words)
    sink = scored.writeStream.format("parquet").option("path", str(out)).option("checkpointLocation", str(checkpoint))
    sink.trigger(availableNow=True).start().awaitTermination()


def score_files_with_spark(
    paths: list[str], guide: ToneGuide, *, out: Path, checkpoint: Path | None = None, text: str | None = None, language: str | None = None,
    min_words: int | None = None, workers: int | None = None, say: Callable[[str], None],
) -> None:  # fmt: skip
    """Score files or folders of Parquet, CSV or JSON Lines into a folder of Parquet files.

    Parameters
    ----------
    paths : list of str
        All with the same columns; one folder where there is a `checkpoint`.
    guide : ToneGuide
        Scores them.
    out : Path
        A folder.
    checkpoint : Path, optional
        Take the folder as a stream: see `score_stream`.
    text, language, min_words
        As on the command line.
    workers : int, optional
        Cores of this machine.
    say : callable
        Takes messages for people.

    Raises
    ------
    InputError
        For inputs that Spark does not read.
    """
    spark = start_spark(workers)
    try:
        if checkpoint is not None:
            if len(paths) != 1 or not Path(paths[0]).is_dir():
                raise InputError("a stream is one folder: give the folder that new files come into")
            score_stream(spark, Path(paths[0]), out, checkpoint, guide, text=text, language=language, min_words=min_words)
        else:
            kind, options, column = _input(spark, Path(paths[0]), text)
            posts = spark.read.format(kind).options(**options).load(paths)
            say(f"{', '.join(paths)}: Spark reads {kind}, text in {column!r}")
            score(posts, guide, text=column, language=language, min_words=min_words).write.mode("overwrite").parquet(str(out))
        for line in _summary(spark, out):
            say(line)
        say(f"wrote the folder {out}")
    finally:
        spark.stop()


def _input(spark: SparkSession, path: Path, text: str | None) -> tuple[str, dict[str, str], str]:
    """What Spark is to read the files as, and the column of the posts."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    kinds = {_SUFFIXES[file.suffix.lower()] for file in files if file.suffix.lower() in _SUFFIXES}
    if len(kinds) != 1:
        raise InputError(f"{path}: Spark reads files of one kind, .parquet, .csv or .jsonl; the local engine reads everything else")
    kind = kinds.pop()
    options = _CSV if kind == "csv" else {}
    frame = spark.read.format(kind).options(**options).load(str(path))
    sample = [row.asDict() for row in frame.limit(_SAMPLE).collect()]
    return kind, options, choose_text_column(frame.columns, sample, str(path), text).name


def _summary(spark: SparkSession, out: Path) -> Iterator[str]:
    rows = spark.read.parquet(str(out)).groupBy("status", "language").count().collect()
    statuses: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for status, language, n in rows:
        statuses[status] += n
        languages[language or "unknown"] += n
    yield f"{statuses.total()} posts: " + ", ".join(f"{n} {name}" for name, n in statuses.most_common())
    yield "languages: " + ", ".join(f"{n} {name}" for name, n in languages.most_common())
