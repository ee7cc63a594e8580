"""Kill a run again and again at random moments; the file it gives in the end is the one of a run left alone."""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time

from posts import KEPT, ROOT, make_archive


def start(path: str, out: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "toneguide.cli", "score", path, "-o", out, "--workers", "2", "--quiet"], cwd=ROOT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=200_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    path, alone, killed = str(make_archive(args.posts)), KEPT / "alone.parquet", KEPT / "killed.parquet"
    for old in (alone, killed):
        old.unlink(missing_ok=True)
    began = time.perf_counter()
    assert start(path, str(alone)).wait() == 0
    whole = time.perf_counter() - began
    print(f"left alone: {whole:.1f} s")
    kills = 0
    while kills < args.kills:
        process = start(path, str(killed))
        # Moments over the whole run, start and end included.
        moment = dice.uniform(0.1, whole / 2)
        try:
            process.wait(moment)
            print(f"done before kill {kills + 1}; once more from the beginning")
            killed.unlink()
            continue
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        kills += 1
        kept = len(list(KEPT.glob("killed.parquet.parts/*.arrow")))
        print(f"kill {kills} after {moment:.1f} s: {kept} blocks kept", flush=True)
    assert start(path, str(killed)).wait() == 0
    same = alone.read_bytes() == killed.read_bytes()
    print(f"{args.posts:,} posts, {args.kills} kills: {'byte for byte the same' if same else 'NOT THE SAME'}")
    sys.exit(not same)


if __name__ == "__main__":
    main()
