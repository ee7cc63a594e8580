"""Made-up archives of any size, for the tests of batches and the benchmarks."""

from __future__ import annotations

import csv
import random
from functools import lru_cache
from pathlib import Path

from toneguide.language.tokens import tokenize

CORPORA = Path(__file__).parents[1] / "corpora"


@lru_cache(maxsize=None)
def sentences(language: str) -> list[str]:
    """All sentences of our corpora in a language."""
    found = []
    for path in sorted((CORPORA / language).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                tokens = tokenize(row["text"])
                found += [row["text"][tokens.starts[a] : tokens.ends[b - 1]] for a, b in tokens.sentence_ranges()]
    return found


def make_posts(n: int, *, words: int = 30, seed: int = 5) -> list[str]:
    """Posts of some thirty words in Finnish and English, put together from sentences; no two of them alike but by chance."""
    dice = random.Random(seed)
    posts = []
    for _ in range(n):
        pool = sentences(dice.choice(("fi", "en")))
        post = dice.choice(pool)
        while post.count(" ") < words - 1:
            post += " " + dice.choice(pool)
        posts.append(post)
    return posts


def odd_posts() -> list[str | None]:
    """Posts that are not plain: empty, foreign, mixed, styled, with links, tags and names."""
    return [
        None, "", "   \n ", "🎉 🎉", "moi", "https://esim.fi", "a\x00b\x01 c" * 9, "\ufffd" * 30, "x" * 5_000,
        "Tack så mycket alla ni som var med oss idag, det var så roligt att se er!",
        "Kiitos kaikille avusta. This is an English sentence, really it is. Ja sitten suomea taas enemmän kuin tarpeeksi.",
        "𝗡𝘆𝘁 mennään kaikki yhdessä kohti uutta vuotta, eikö niin?", "e\u0301tude ja ka\u0308vely metsa\u0308ssa\u0308 tekee hyva\u0308a\u0308 meille",
        "#hyvätyö #kiitos https://a.fi/x?y=1 @nimi:lle Onni ja Toivo tulivat, Ilo, Rauha ja Arvo myös. Onni on täällä!",
        "Will you come? Mark will, and so will Hope. Joy, Grace and Faith can't.\n\nThey're   late…  again!\n- one\n- two\r\nThree",
        "Me mennään huomenna ja me tehdään se. En ole ylpeä, emmekä tingi. Osaamista, sitoutumista ja uudistumista, ja",
        "\x1cyksi kaksi\x1fkolme neljä viisi kuusi\x85seitsemän", "I didn't, you don't, it's o'clock ’cause we’re ‘here’ “now” and “then”.",
        "mitä\tihmettä\u3000tämä on? Miksi! Missä... Kuka?! (hei) [hoi] 3.11.2025 klo 14.05 1 000 € 50 % v. 2020–2024 EU:n",
    ]  # fmt: skip
