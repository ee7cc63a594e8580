"""Spark and Dask: the same scores as here, every row once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pandas as pd
import pytest
from archives import make_posts, odd_posts
from typer.testing import CliRunner

from toneguide.batch import spark as engine
from toneguide.cli import app
from toneguide.errors import ToneguideError

pytest.importorskip("pyspark", reason="PySpark is not installed (extra spark)")
NEEDS_JAVA = pytest.mark.skipif(
    shutil.which("java") is None and not os.environ.get("JAVA_HOME"), reason="Spark needs Java, and there is none; .ci/run installs it"
)
# PySpark warns of the pandas that everything else here is tested with.
pytestmark = pytest.mark.filterwarnings(
    "ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"
)
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def session():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = engine.start_spark(2)
        yield found
        found.stop()


def posts(n: int) -> pd.DataFrame:
    texts = [*odd_posts(), *make_posts(n)][:n]
    # Whole numbers that no fraction holds, with a gap among them.
    large = pd.array([None if i % 7 == 3 else 2**60 + i for i in range(n)], dtype="Int64")
    return pd.DataFrame(
        {"id": range(n), "text": [None if text is None else text.replace("\x00", "") for text in texts], "status": "sent", "big": large}
    )


@NEEDS_JAVA
def test_two_thousand_posts_score_on_spark_as_they_do_here(session, tmp_path, valued):
    frame = posts(2_000).drop(columns="big")
    frame.to_parquet(tmp_path / "posts.parquet")
    scored = engine.score(session.read.parquet(str(tmp_path / "posts.parquet")).repartition(4), valued).toPandas()
    scored = scored.sort_values("id", ignore_index=True)
    expected = valued.score_frame(frame)
    assert list(scored.columns) == list(expected.columns)
    for name in expected.columns:
        if expected[name].dtype == float:
            assert (scored[name] - expected[name]).abs().max() <= 1e-9, name
            assert (scored[name].isna() == expected[name].isna()).all(), name
        else:
            ours, theirs = (
                [None if pd.isna(v) else v for v in column] for column in (expected[name].astype(object), scored[name].astype(object))
            )
            assert theirs == ours, name


@NEEDS_JAVA
def test_large_whole_numbers_come_through_unchanged(session, tmp_path, fast):
    frame = posts(40)
    frame.to_parquet(tmp_path / "posts.parquet")
    rows = engine.score(session.read.parquet(str(tmp_path / "posts.parquet")), fast).select("id", "big").collect()
    assert {row["id"]: row["big"] for row in rows} == {i: None if i % 7 == 3 else 2**60 + i for i in range(40)}


@NEEDS_JAVA
def test_a_missing_column_names_the_columns(session, fast):
    with pytest.raises(ValueError, match="no column 'nope'; the columns are 'a'"):
        engine.score(session.createDataFrame([("x",)], "a string"), fast, text="nope")


SCRIPT = """
import sys
from toneguide.cli import main
sys.argv = ["toneguide", "score", sys.argv[1], "-o", sys.argv[2], "--engine", "spark", "--workers", "1", "--checkpoint", sys.argv[3]]
main()
"""


def start(*where: Path) -> subprocess.Popen[bytes]:
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE.parent), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, *map(str, where)]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


@NEEDS_JAVA
def test_a_stream_killed_in_mid_run_and_started_again_gives_every_row_once(tmp_path):
    source, out, checkpoint = tmp_path / "in", tmp_path / "out", tmp_path / "checkpoint"
    source.mkdir()
    texts = make_posts(600)
    for n in range(6):
        pd.DataFrame({"id": range(n * 100, n * 100 + 100), "text": texts[n * 100 : n * 100 + 100]}).to_parquet(source / f"{n}.parquet")
    first = start(source, out, checkpoint)
    while first.poll() is None and not list((checkpoint / "commits").glob("[0-9]*")):
        time.sleep(0.02)
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate(timeout=60)
    second = start(source, out, checkpoint)
    _, told = second.communicate(timeout=240)
    assert second.returncode == 0, told.decode()
    log = [line for path in (out / "_spark_metadata").glob("[0-9]*") for line in path.read_text().splitlines()]
    assert len(log) >= 6
    assert "600 posts" in told.decode()
    # What a killed run wrote and did not commit is no part of the output: readers go by the log of the sink.
    listed = {Path(line.split('"path":"')[1].split('"')[0]).name for line in log if '"path":"' in line}
    rows = pd.concat([pd.read_parquet(out / name) for name in listed])
    assert sorted(rows["id"]) == list(range(600))


@NEEDS_JAVA
def test_files_are_scored_from_the_command_line(tmp_path, fast):
    frame = posts(60)[["id", "text", "status"]]
    frame.to_csv(tmp_path / "posts.csv", index=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = CliRunner().invoke(
            app, ["score", str(tmp_path / "posts.csv"), "-o", str(tmp_path / "out"), "--engine", "spark", "--workers", "1"]
        )
    assert result.exit_code == 0, result.output
    assert "60 posts" in result.stderr
    assert len(pd.read_parquet(tmp_path / "out")) == 60


def test_without_java_it_says_what_to_install(monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(engine.shutil, "which", lambda _: None)
    with pytest.raises(ToneguideError, match="apt-get install openjdk-17-jre-headless"):
        engine.start_spark()


@pytest.mark.parametrize("names", [("a.xlsx",), ("a.csv", "b.parquet"), ()], ids=str)
def test_inputs_that_spark_does_not_read_are_told(tmp_path, names):
    for name in names:
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(ToneguideError, match="the local engine reads everything else"):
        engine._input(None, tmp_path, None)
