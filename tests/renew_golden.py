"""Write ``tests/golden/`` anew: 100 posts of the sample archive, with the shipped models' scores and parts (``python tests/renew_golden.py``).

Do it when a model or word list was changed on purpose, and look at the difference before you keep it.
"""

from __future__ import annotations

from pathlib import Path

from toneguide.calibrate.drift import GoldenPost, golden_table
from toneguide.calibrate.sampling import choose_posts
from toneguide.guide import ToneGuide
from toneguide.lab import sample_posts

FOLDER = Path(__file__).parent / "golden"


def main() -> None:
    guide, posts = ToneGuide.default("fast"), []
    for language in ("fi", "en"):
        frame = sample_posts(language)
        chosen = choose_posts(guide, list(frame["text"]), 50, channels=list(frame["channel"]), language=language)
        rows = frame.iloc[sorted(choice.place for choice in chosen)]
        posts += [GoldenPost(text, language, channel) for text, channel in zip(rows["text"], rows["channel"], strict=True)]
    table, parts = golden_table(guide, posts)
    (FOLDER / "model").mkdir(parents=True, exist_ok=True)
    (FOLDER / "golden.csv").write_bytes(table)
    (FOLDER / "model" / "golden.json").write_bytes(parts)


if __name__ == "__main__":
    main()
