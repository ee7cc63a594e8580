"""A guide as a page that people can read: one HTML file, no script, nothing fetched, light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from toneguide.decided import EVERYDAY, Band, Decisions, Targets, Term
from toneguide.interface import interface_language, tr
from toneguide.values.library import wording_of
from toneguide.values.value import Value, Values

__all__ = ["guide_to_html"]

_SHOWN: Final = 6
_WORDS: Final = 10
_STYLE: Final = """\
:root{color-scheme:light dark;--ink:#1f1b24;--soft:#5c5663;--paper:#fdfbf8;--card:#fff;--line:#ddd5cb;--warm:#b4490f;--say:#2d6a32;--no:#8c2f39;--bar:#5b3d99}
@media (prefers-color-scheme:dark){:root{--ink:#efeaf2;--soft:#bbb3c2;--paper:#17151a;--card:#211e26;--line:#443d4c;--warm:#ffb584;--say:#a8dcab;--no:#ffb3b8;
--bar:#cdb8ff}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:54rem;margin:0 auto;padding:3rem 1.25rem 5rem}h1{font-size:2.3rem;line-height:1.15;margin:0 0 .4rem}
h2{font-size:1.35rem;margin:2.8rem 0 .8rem;padding-top:.9rem;border-top:2px solid var(--line)}h3{font-size:1.15rem;margin:0 0 .2rem}
p{margin:.3rem 0}.lead{color:var(--soft);margin-bottom:1.4rem}
.voice{font-size:1.25rem;line-height:1.45;border-left:.3rem solid var(--warm);padding-left:1rem;margin:1rem 0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:1rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:1rem 1.2rem;break-inside:avoid}
.card p.meaning{color:var(--soft);margin-bottom:.6rem}dl{margin:0}dt{font-weight:600;margin-top:.55rem}dd{margin:0}dt.say{color:var(--say)}
dt.no{color:var(--no)}
ul{margin:.2rem 0;padding-left:1.1rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.45rem .7rem .45rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600}td.avoid{color:var(--no);text-decoration:line-through;text-decoration-thickness:.08em}td.prefer{color:var(--say);font-weight:600}
.note{color:var(--soft);font-size:.94em}
.band{display:flex;align-items:center;gap:.7rem;margin:.25rem 0}.band .name{width:10.5rem}
.scale{position:relative;flex:1;max-width:20rem;height:.8rem;border:1px solid var(--soft);border-radius:.4rem;overflow:hidden}
.scale i{position:absolute;top:0;bottom:0;background:var(--bar)}details summary{cursor:pointer;margin:.4rem 0}
.weight{color:var(--soft);font-size:.9em;font-weight:400}
@media print{body{background:#fff;color:#000;font-size:11pt}main{padding:0}details{display:block}}
"""


def guide_to_html(values: Values, decisions: Decisions) -> str:
    """The page, in the language of the interface.

    Parameters
    ----------
    values : Values
        Of the guide.
    decisions : Decisions
        Of the guide.

    Examples
    --------
    >>> "<script" in guide_to_html(Values(), Decisions(company="Kaamos <script>"))
    False
    """
    title = tr("{company}: tone of voice", company=decisions.company) if decisions.company else tr("Our tone of voice")
    sections = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="lead">{escape(tr("How we sound, what our values look like in a post, and which words we use."))}</p>',
        "".join(f'<p class="voice">{escape(line)}</p>' for line in decisions.voice),
        _section(tr("Our values"), _values(values)),
        _section(tr("Our words"), _terms([term for term in decisions.terms if not term.pack])),
        _section(tr("Shared rules"), _packs(decisions)),
        _section(tr("Targets by channel"), _targets(decisions)),
        _section(tr("Situations with a tone of their own"), _situations(decisions)),
        _section(tr("Left alone"), _hands_off(decisions)),
        _section(tr("Ask before you post"), _topics(decisions)),
        _section(tr("What the numbers mean"), _numbers()),
    ]
    language = interface_language()
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{''.join(sections)}</main></body></html>\n"
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>" if body else ""


def _values(values: Values) -> str:
    heaviest = max((value.weight for value in values), default=1.0)
    cards = "".join(_value(value, is_heaviest=value.weight == heaviest and heaviest > 1) for value in values)
    return f'<div class="cards">{cards}</div>' if cards else ""


def _value(value: Value, *, is_heaviest: bool) -> str:
    language = interface_language()
    own, lent = wording_of(value, language)
    if not (own.words or own.shown_by or lent.words):
        own, lent = wording_of(value, "en" if language == "fi" else "fi")
    meaning = f'<p class="meaning">{escape(value.meaning)}</p>' if value.meaning else ""
    rows = [
        ("say", tr("We say it with words like"), ", ".join(_plain(word) for word in own.words[:_WORDS]), False),
        ("", tr("It shows when somebody tells"), own.shown_by + lent.shown_by, True),
        ("no", tr("This goes against it"), own.against + lent.against, True),
    ]
    listed = "".join(
        f'<dt class="{side}">{escape(title)}</dt><dd>{_list(found[:_SHOWN]) if is_list else escape(str(found))}</dd>'
        for side, title, found, is_list in rows
        if found
    )
    weight = f' <span class="weight">({escape(tr("weighs most"))})</span>' if is_heaviest else ""
    return f'<article class="card"><h3>{escape(value.name)}{weight}</h3>{meaning}<dl>{listed}</dl></article>'


def _plain(phrase: str) -> str:
    """A phrase without the marks of the word lists."""
    return " ".join(word.lstrip("=") if word != "..." else "…" for word in phrase.split())


def _list(phrases: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(_plain(phrase))}</li>' for phrase in phrases)}</ul>"


def _terms(terms: Sequence[Term]) -> str:
    rows = "".join(
        f'<tr><td class="avoid">{escape(_plain(t.avoid))}</td><td class="prefer">{escape(", ".join(map(_plain, t.prefer)) or "–")}</td>'
        f'<td class="note">{escape(t.note)}</td></tr>'
        for t in terms
    )
    heads = "".join(f"<th>{escape(head)}</th>" for head in (tr("Instead of"), tr("we say"), tr("because")))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""


def _packs(decisions: Decisions) -> str:
    language = interface_language()
    kept = {id(term) for term in decisions.terms}
    ours = [pack for pack in decisions.packs if pack.language == language]
    return "".join(
        f"<details><summary><strong>{escape(pack.name)}</strong>: {escape(pack.meaning)}</summary>"
        f"{_terms([term for term in pack.terms if id(term) in kept])}</details>"
        for pack in ours
    )


def _targets(decisions: Decisions) -> str:
    return "".join(
        f"<h3>{escape(channel or tr('every channel'))}</h3>{_bands(targets)}"
        for channel, targets in decisions.targets.items()
        if targets != Targets()
    )


def _bands(targets: Targets) -> str:
    named = ((tr("corporate"), targets.corporate), (tr("warmth"), targets.warmth), (tr("alignment"), targets.alignment))
    return "".join(_band(name, band) for name, band in named if band is not None)


def _band(name: str, band: Band) -> str:
    if band.low <= 0:
        told = tr("at most {points}", points=f"{band.high:g}")
    elif band.high >= Band().high:
        told = tr("at least {points}", points=f"{band.low:g}")
    else:
        told = tr("from {low} to {high}", low=f"{band.low:g}", high=f"{band.high:g}")
    return (
        f'<div class="band"><span class="name">{escape(name)}</span><span class="scale" role="img" aria-label="{escape(told)}">'
        f'<i style="left:{band.low:g}%;width:{band.high - band.low:g}%"></i></span><span>{escape(told)}</span></div>'
    )


def _situations(decisions: Decisions) -> str:
    cards = []
    for name, situation in decisions.situations.items():
        if name == EVERYDAY and situation.targets == Targets() and not situation.note:
            continue
        names = {pack.id: pack.name for pack in decisions.packs if pack.language == interface_language()}
        off = ", ".join(names.get(pack, pack.replace("_", " ")) for pack in situation.packs_off)
        silent = f'<p class="note">{escape(tr("Out of place then: {packs}", packs=off))}</p>' if off else ""
        note = f"<p>{escape(situation.note)}</p>" if situation.note else ""
        cards.append(f'<article class="card"><h3>{escape(name)}</h3>{note}{_bands(situation.targets)}{silent}</article>')
    return f'<div class="cards">{"".join(cards)}</div>' if cards else ""


def _hands_off(decisions: Decisions) -> str:
    quotes = f"<p>{escape(tr('Quoted speech is left as it was said.'))}</p>" if decisions.quotes_off else ""
    if not decisions.hands_off:
        return quotes
    return f"<p>{escape(tr('Nobody changes these, and they do not count in the scores:'))}</p>{_list(decisions.hands_off)}{quotes}"


def _topics(decisions: Decisions) -> str:
    cards = "".join(
        f'<article class="card"><h3>{escape(topic.name)}</h3><p>{escape(topic.notice or tr("ask communications before you post"))}</p>'
        + (f"<p>{escape(tr('Answers: {who}', who=topic.ask))}</p>" if topic.ask else "")
        + (f"<p>{escape(tr('Stay silent: {when}', when=topic.silent))}</p>" if topic.silent else "")
        + f'<p class="note">{escape(", ".join(map(_plain, topic.words)))}</p></article>'
        for topic in decisions.topics
    )
    return f'<div class="cards">{cards}</div>' if cards else ""


def _numbers() -> str:
    lines = (
        (tr("corporate"), tr("how much a text sounds like corporate-speak, 0-100; less is usually more human")),
        (tr("warmth"), tr("how human, personal and friendly it is, 0-100")),
        (tr("alignment"), tr("how well our values show in it, 0-100: naming a value is a start, telling a deed is what readers believe")),
    )
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(told)}</dd>" for name, told in lines)
    return f'<dl>{rows}</dl><p class="note">{escape(tr("The numbers describe a text, never the person who wrote it."))}</p>'
