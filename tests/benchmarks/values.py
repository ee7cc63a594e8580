"""What a guide with all 48 values of the library costs (``python tests/benchmarks/values.py``).

Warm *fast* scoring with the values and without them, alternating in one process; processor time, the median ratio of nine pairs.
"""

from __future__ import annotations

import csv
import statistics
import time
from collections.abc import Callable

from posts import ROOT
from speed import texts_of

from toneguide import ToneGuide
from toneguide.values.library import library_ids

REPEATS, MANY, FEW = 9, 3_000, 900


def corpus(language: str) -> list[str]:
    paths = sorted((ROOT / "corpora" / language).glob("*.csv"))
    return [row["text"] for path in paths for row in csv.DictReader(path.open(encoding="utf-8", newline=""))]


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    plain = ToneGuide.default("fast")
    print("posts | language | way | us/post | with 48 values | ratio\n---|---|---|---|---|---")
    for language in ("fi", "en"):
        valued = plain.with_values([{"name": name.capitalize(), "use": name} for name in library_ids(language)])
        for name, texts in (("archive", texts_of(language, MANY)), ("corpora", corpus(language))):
            few = texts[:FEW]
            ways: dict[str, tuple[int, Callable[[ToneGuide], object]]] = {
                "score_many": (len(few), lambda guide, few=few: [score.alignment for score in guide.score_many(few)]),
                "score_columns": (len(texts), lambda guide, texts=texts: guide.score_columns(texts)),
            }
            for way, (n, run) in ways.items():
                run(plain), run(valued)
                pairs = [(seconds(lambda run=run: run(plain)), seconds(lambda run=run, guide=valued: run(guide))) for _ in range(REPEATS)]
                without, with_values = (min(times) / n * 1e6 for times in zip(*pairs, strict=True))
                ratio = statistics.median(b / a for a, b in pairs)
                print(f"{name} | {language} | {way} | {without:.0f} | {with_values:.0f} | {ratio:.2f}", flush=True)


if __name__ == "__main__":
    main()
