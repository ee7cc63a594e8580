"""Drift: golden posts whose scores may not move by more than the guide's tolerance, and the words that moved them.

``golden.csv`` has the columns ``text, language, channel, corporate, warmth, alignment``: the scores are those of the last calibration.
``model/golden.json`` keeps what every word brought then, by the post's hash, so that a move can be explained.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from toneguide.calibrate.merge import post_id
from toneguide.decided import Decisions
from toneguide.errors import InputError
from toneguide.guide import ToneGuide
from toneguide.interface import tr
from toneguide.score import ToneScore

__all__ = ["GOLDEN_COLUMNS", "Finding", "GoldenPost", "check_golden", "golden_table", "read_golden", "word_parts"]

GOLDEN_COLUMNS: Final = ("text", "language", "channel", "corporate", "warmth", "alignment")
_SCORES: Final = ("corporate", "warmth", "alignment")
_EXPLAINED: Final = ("corporate", "warmth")
_WORDS: Final = 4
_LEAST: Final = 0.005
_START: Final = 40

Parts = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class GoldenPost:
    """A post that is watched.

    Attributes
    ----------
    text, language, channel : str
        The post; without a language it is identified.
    scores : mapping of str to float
        What it scored at the last calibration; empty for one added since.
    """

    text: str
    language: str = ""
    channel: str = ""
    scores: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A golden post whose score moved by more than the tolerance.

    Attributes
    ----------
    post : str
        Short name: see `toneguide.calibrate.merge.post_id`.
    text : str
        The post.
    dimension : str
        ``"corporate"``, ``"warmth"`` or ``"alignment"``.
    before, after : float or None
        Points then and now; None where there is no score any more.
    words : list of (str, float)
        Words and signals that moved the margin most; empty where what they brought then is not known.
    """

    post: str
    text: str
    dimension: str
    before: float
    after: float | None
    words: list[tuple[str, float]]

    @property
    def told(self) -> str:
        """One sentence for people."""
        name, start = tr(self.dimension), " ".join(self.text.split())[:_START]
        if self.after is None:
            return tr("golden post {post} (\"{start}\"): {name} was {before}, and now there is no score", post=self.post, start=start,
                      name=name, before=f"{self.before:.0f}")  # fmt: skip
        fields = {"post": self.post, "start": start, "name": name, "before": f"{self.before:.0f}", "after": f"{self.after:.0f}"}
        words = ", ".join(f"{word} {moved:+.2f}" for word, moved in self.words)
        if not words:
            return tr('golden post {post} ("{start}"): {name} moved from {before} to {after}', **fields)
        return tr('golden post {post} ("{start}"): {name} moved from {before} to {after}, most by {words}', **fields, words=words)


def check_golden(folder: Path | str, guide: ToneGuide, *, tolerance: float | None = None) -> list[Finding]:
    r"""Golden posts of a guide folder whose scores have moved.

    Parameters
    ----------
    folder : Path or str
        A guide folder; without a ``golden.csv`` nothing is found.
    guide : ToneGuide
        What scores them now.
    tolerance : float, optional
        Points a score may move; what the guide decided where left out.

    Raises
    ------
    InputError
        Where ``golden.csv`` or what belongs to it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     _ = Path(place, "golden.csv").write_text("text,language,warmth\nKiitos kun tulitte!,fi,12\n", encoding="utf-8")
    ...     [found] = check_golden(place, ToneGuide.default("fast"))
    >>> found.dimension, found.before, found.after > 50
    ('warmth', 12.0, True)
    """
    folder = Path(folder)
    decided: Decisions = getattr(guide, "decisions", None) or Decisions()
    allowed = decided.tolerance if tolerance is None else tolerance
    posts = [post for post in read_golden(folder / "golden.csv") if post.scores]
    known = _read_parts(folder / "model" / "golden.json")
    findings = []
    for post, score in zip(posts, _score(guide, posts), strict=True):
        parts = word_parts(score)
        for dimension, before in (post.scores or {}).items():
            after = getattr(score, dimension)
            if after is None or abs(after - before) > allowed:
                words = _moved(known.get(post_id(post.text)), parts, dimension)
                findings.append(Finding(post_id(post.text), post.text, dimension, before, after, words))
    return findings


def read_golden(path: Path) -> list[GoldenPost]:
    """Golden posts; none where there is no such file.

    Raises
    ------
    InputError
        For a score that is no number, with its line.
    """
    from toneguide.posts import open_posts
    from toneguide.posts.cells import plain_text

    if not path.exists():
        return []
    found = []
    for post in open_posts(path, text="text") if path.stat().st_size else ():
        told = {name: plain_text(post.fields.get(name)).strip() for name in GOLDEN_COLUMNS}
        if post.problem:
            raise InputError(f"{path}, line {post.line}: {post.problem}")
        try:
            scores = {name: float(told[name].replace(",", ".")) for name in _SCORES if told[name]}
        except ValueError:
            raise InputError(
                f"{path}, line {post.line}: a score is no number; leave it empty, and the next calibration fills it in"
            ) from None
        if post.text:
            found.append(GoldenPost(post.text, told["language"], told["channel"], scores))
    return found


def golden_table(guide: ToneGuide, posts: Sequence[GoldenPost]) -> tuple[bytes, bytes]:
    """``golden.csv`` and ``model/golden.json`` with the scores of now.

    Parameters
    ----------
    guide : ToneGuide
        What scores them.
    posts : sequence of GoldenPost
        Their old scores do not matter.
    """
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(GOLDEN_COLUMNS)
    parts: dict[str, Any] = {}
    for post, score in zip(posts, _score(guide, posts), strict=True):
        shown = ["" if (value := getattr(score, name)) is None else f"{value:.2f}" for name in _SCORES]
        write.writerow([post.text, post.language, post.channel, *shown])
        parts[post_id(post.text)] = word_parts(score)
    kept = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return out.getvalue().encode("utf-8-sig", "replace"), (kept + "\n").encode("utf-8", "replace")


def word_parts(score: ToneScore) -> dict[str, dict[str, float]]:
    """What every word and signal brings to each margin, small parts left out; "(bias)" is what is there before any word."""
    found: dict[str, dict[str, float]] = {dimension: defaultdict(float) for dimension in _EXPLAINED}
    for part in score.evidence:
        found[part.dimension][f"({part.name})" if part.kind == "signal" else part.text.lower()] += part.amount
    for dimension, bias in score.bias.items():
        found[dimension]["(bias)"] += bias
    return {
        dimension: {word: round(amount, 4) for word, amount in sorted(parts.items()) if abs(amount) >= _LEAST}
        for dimension, parts in found.items()
    }


def _score(guide: ToneGuide, posts: Sequence[GoldenPost]) -> Iterable[ToneScore]:
    for post in posts:
        yield guide.score(post.text, language=post.language if post.language in ("fi", "en") else None, min_words=0)


def _moved(before: Parts | None, after: Parts, dimension: str) -> list[tuple[str, float]]:
    if before is None or dimension not in _EXPLAINED:
        return []
    then, now = before.get(dimension, {}), after.get(dimension, {})
    moved = {word: now.get(word, 0.0) - then.get(word, 0.0) for word in {*then, *now}}
    most = sorted(moved.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:_WORDS]
    return [(word, amount) for word, amount in most if abs(amount) >= _LEAST]


def _read_parts(path: Path) -> dict[str, Parts]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(post): {str(d): {str(word): float(amount) for word, amount in parts.items()} for d, parts in each.items()}
            for post, each in found.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as e:
        raise InputError(f"{path}: damaged ({type(e).__name__}); calibrate again") from None
