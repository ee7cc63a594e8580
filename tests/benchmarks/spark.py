"""Spark beside the local engine: start-up and throughput for one core and two (``python tests/benchmarks/spark.py``).

Posts are those of ``poe bench``, both languages, in eight Parquet files. Start-up is a session and a job of eight posts, one a file: Java, the
Python workers, and the guide loaded once in each. Throughput is wall time of a job on all posts in the same session, Parquet in and Parquet out.
The local engine's command does the same work in the same run.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

from posts import KEPT, ROOT, make_archive

FILES = 8


def split_archive(n: int, folder: Path) -> Path:
    """The archive as so many files, as a data lake would have it."""
    import pyarrow.parquet as pq

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    table = pq.read_table(make_archive(n))
    for i in range(FILES):
        first, last = n * i // FILES, n * (i + 1) // FILES
        pq.write_table(table.slice(first, last - first), folder / f"{i}.parquet")
    return folder


def run_one(n: int, cores: int) -> None:
    """One session: its start-up, and two passes over the posts."""
    from toneguide import ToneGuide
    from toneguide.batch.spark import score, start_spark

    posts, one = KEPT / f"spark_{n}", KEPT / "spark_one"
    guide = ToneGuide.default("fast")
    start = time.perf_counter()
    spark = start_spark(cores)
    took = []
    for folder in (one, posts, posts):
        score(spark.read.parquet(str(folder)), guide).write.mode("overwrite").parquet(str(KEPT / "spark_out"))
        took.append(time.perf_counter() - start)
        start = time.perf_counter()
    print(" | ".join([str(cores), f"{took[0]:.1f}", *(f"{seconds:.1f} | {n / seconds:,.0f}" for seconds in took[1:])]), flush=True)
    spark.stop()


def local(n: int, workers: int) -> None:
    """The local engine on the same files."""
    command = [sys.executable, "-m", "toneguide.cli", "score", str(KEPT / f"spark_{n}"), "-o", str(KEPT / "spark_local.parquet")]
    start = time.perf_counter()
    subprocess.run([*command, "--workers", str(workers), "--quiet", "--no-resume"], check=True, cwd=ROOT)
    seconds = time.perf_counter() - start
    print(f"{workers} | {seconds:.1f} | {n / seconds:,.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=200_000)
    parser.add_argument("--cores", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--run", type=int, metavar="CORES")
    args = parser.parse_args()
    if args.run:
        run_one(args.posts, args.run)
        return
    split_archive(args.posts, KEPT / f"spark_{args.posts}")
    split_archive(FILES, KEPT / "spark_one")
    print(f"Spark, {args.posts:,} posts\n\ncores | start-up, s | first job, s | posts/s | second job, s | posts/s\n---|---|---|---|---|---")
    for cores in args.cores:
        subprocess.run([sys.executable, __file__, "--posts", str(args.posts), "--run", str(cores)], check=True, cwd=ROOT)
    print("\nlocal engine, the same files, whole command\n\nworkers | s | posts/s\n---|---|---")
    for cores in args.cores:
        local(args.posts, cores)


if __name__ == "__main__":
    main()
