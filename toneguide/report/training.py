"""Pages for training, made from a team's own posts: a do and don't sheet, and ten posts for a room to rate. They print on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

from toneguide.errors import CallError, InputError
from toneguide.guide import ToneGuide
from toneguide.interface import interface_language, tr
from toneguide.language.near_copies import near_copies
from toneguide.render import STYLE, text_to_html
from toneguide.render.advice_words import suggestion_words
from toneguide.score import ToneScore

__all__ = ["SheetPosts", "choose_sheet_posts", "write_sheet", "write_workshop"]

_SHORT: Final = 60
_LEAST_WORDS: Final = 10
_PAGE: Final = """\
:root{color-scheme:light dark}body{margin:2rem auto;max-width:52rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.8rem;margin-bottom:.2rem}h2{margin:2rem 0 .4rem}article{border-left:.3rem solid #b4490f;padding:.2rem 0 .2rem 1rem;margin:1rem 0;
break-inside:avoid}article.dont{border-color:#5b3d99}p{margin:.3rem 0}.say{font-weight:600}.scale{display:flex;gap:.7rem;align-items:center;margin:.3rem 0}
.scale b{width:11rem;font-weight:400}.scale i{border:1px solid currentColor;border-radius:50%;width:1.7rem;height:1.7rem;display:inline-grid;place-items:center;
font-style:normal}ol{padding-left:1.4rem}li{margin:1.2rem 0;break-inside:avoid}@media print{body{margin:0;font-size:11pt}}
"""


class SheetPosts(NamedTuple):
    """Posts for a do and don't sheet.

    Attributes
    ----------
    dos : list of ToneScore
        Short posts on tone, the warmest for their lack of corporate-speak first.
    donts : list of ToneScore
        Short posts with much corporate-speak, those with a plainer word to offer first.
    """

    dos: list[ToneScore]
    donts: list[ToneScore]


def choose_sheet_posts(guide: ToneGuide, posts: Iterable[str], n: int = 5, *, language: str | None = None) -> SheetPosts:
    """Choose posts that show a tone at a glance: 10 to 60 words, no near-copies.

    Parameters
    ----------
    guide : ToneGuide
        Scores the posts.
    posts : iterable of str
        The team's own.
    n : int
        At most so many on either side.
    language : {"fi", "en"}, optional
        Only posts in this language.

    Raises
    ------
    ValueError
        For a bare string, or `n` below 1.

    Examples
    --------
    >>> from toneguide.lab import sample_posts
    >>> chosen = choose_sheet_posts(ToneGuide.default("fast"), sample_posts("en")["text"], 3)
    >>> min(one.corporate for one in chosen.donts) > max(one.corporate for one in chosen.dos)
    True
    """
    if isinstance(posts, str):
        raise CallError("posts are a list of texts, not one text")
    if n < 1:
        raise CallError("n is the number of posts on either side: 1 or more")
    scores = [
        s for s in guide.score_many(posts) if s.status == "ok" and language in (None, s.language) and _LEAST_WORDS <= s.n_words <= _SHORT
    ]
    groups = near_copies([score.text for score in scores]).tolist() if scores else []
    distinct = [score for i, score in enumerate(scores) if groups[i] == i]
    order = sorted(distinct, key=lambda score: score.margin["corporate"] - score.margin["warmth"])
    half = min(n, len(order) // 2)
    stiff = order[::-1][: 2 * half]
    # A don't is for learning from: one with something plainer to say comes first.
    donts = sorted(stiff, key=lambda score: not any(s.ready for s in score.suggestions))[:half]
    return SheetPosts(order[:half], [score for score in donts if score not in order[:half]])


def write_sheet(guide: ToneGuide, posts: Iterable[str], path: str | Path, n: int = 5, *, language: str | None = None) -> SheetPosts:
    """Write a do and don't sheet from a team's own posts: one HTML file, no script, nothing fetched, no names.

    Parameters
    ----------
    guide, posts, n, language
        As in `choose_sheet_posts`.
    path : str or Path
        The file; one that is there is replaced.

    Returns
    -------
    SheetPosts
        The posts that are on it: ask their writers before you hand it out.

    Raises
    ------
    InputError
        Where it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from toneguide import ToneGuide
    >>> posts = [
    ...     "Kiitos kaikille, jotka jäitte eilen auttamaan: ilman teitä olisimme siellä vieläkin!",
    ...     "Toimintamallin jalkauttaminen edellyttää sidosryhmien sitouttamista muutokseen sekä osaamisen kehittämistä kaikilla tasoilla.",
    ... ]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     chosen = write_sheet(ToneGuide.default(), posts, Path(folder, "sheet.html"), n=1)
    >>> [score.text[:6] for score in chosen.dos]
    ['Kiitos']
    """
    chosen = choose_sheet_posts(guide, posts, n, language=language)
    own = guide.decisions.company
    title = tr("{company}: how we sound", company=own) if own else tr("How we sound")
    body = [f"<h1>{escape(title)}</h1>", *(f"<p>{escape(line)}</p>" for line in guide.decisions.voice)]
    body += [f"<h2>{escape(tr('More like this'))}</h2>", *(_article(score, "do") for score in chosen.dos)]
    body += [f"<h2>{escape(tr('Less like this'))}</h2>", *(_article(score, "dont") for score in chosen.donts)]
    _write(Path(path), title, body)
    return chosen


def write_workshop(posts: Iterable[str], path: str | Path) -> None:
    """Write a page that a room rates on paper: each post with two scales from 1 to 5.

    Parameters
    ----------
    posts : iterable of str
        About ten; see `toneguide.calibrate.choose_posts`.
    path : str or Path
        The file; one that is there is replaced.

    Raises
    ------
    InputError
        Where it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workshop(["Kiitos kaikille eilisestä!"], Path(folder, "workshop.html"))
    ...     "Kiitos kaikille" in Path(folder, "workshop.html").read_text(encoding="utf-8")
    True
    """
    if isinstance(posts, str):
        raise CallError("posts are a list of texts, not one text")
    title = tr("How does this sound?")
    scales = "".join(_scale(name, ends) for name, ends in (
        (tr("Corporate-speak"), tr("1 = over coffee, 5 = only an organisation")), (tr("Warmth"), tr("1 = nobody there, 5 = speaks to me")),
    ))  # fmt: skip
    items = "".join(f"<li><p>{escape(post)}</p>{scales}</li>" for post in posts)
    intro = tr("Rate each post by yourself, by your first feeling, and only then compare. Nobody is right or wrong.")
    _write(Path(path), title, [f"<h1>{escape(title)}</h1>", f"<p>{escape(intro)}</p>", f"<ol>{items}</ol>"])


def _article(score: ToneScore, side: str) -> str:
    lines = []
    if side == "dont":
        offers = [suggestion_words(one) for one in score.suggestions if one.ready][:3]
        lines = [f'<p>{escape(found)} → <span class="say">{escape(choices[0])}</span></p>' for found, choices, _ in offers if choices]
    return f'<article class="tg {side}" lang="{score.language}"><p>{text_to_html(score)}</p>{"".join(lines)}</article>'


def _scale(name: str, ends: str) -> str:
    marks = "".join(f"<i>{n}</i>" for n in range(1, 6))
    return f'<div class="scale"><b>{escape(name)}</b>{marks}<small>{escape(ends)}</small></div>'


def _write(path: Path, title: str, body: Sequence[str]) -> None:
    page = (
        f'<!doctype html><html lang="{interface_language()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}{_PAGE}</style></head><body>{''.join(body)}</body></html>\n"
    )
    try:
        path.write_text(page, encoding="utf-8", errors="replace")
    except OSError as e:
        raise InputError(f"{path}: cannot be written ({e.strerror or e}); choose another place") from None
