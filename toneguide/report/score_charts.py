"""Charts of scored posts: against targets, values named and shown, trends with uncertainty, and words that set piles apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toneguide.decided import Band
from toneguide.errors import CallError
from toneguide.interface import tr
from toneguide.report.charts import COLOURS, Chart, check_columns, drawn, load_altair

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from toneguide.report.contrast import Contrast
    from toneguide.score import ToneScore

__all__ = ["contrast_chart", "scores_chart", "trend_chart", "values_chart"]

_HINT: Final = "; score the posts first: guide.score_frame(posts)"
_FEWEST: Final = 5
_MOST_WORDS: Final = 12
_Z95: Final = 1.96


def scores_chart(scored: pd.DataFrame, score: str = "warmth", *, target: Band | None = None, by: str = "channel") -> Chart:
    """Every post's score by channel or another column, with the target band.

    Parameters
    ----------
    scored : pandas.DataFrame
        From `ToneGuide.score_frame`, in one language.
    score : {"corporate", "warmth", "alignment"}
        Which.
    target : Band, optional
        From ``guide.decisions``.
    by : str
        Column to group by.

    Examples
    --------
    >>> from toneguide import ToneGuide, use_language
    >>> from toneguide.lab import sample_posts
    >>> use_language("en")
    >>> chart = scores_chart(ToneGuide.default().score_frame(sample_posts("en")), "warmth", target=Band(low=50))
    >>> "in the target" in chart.title
    True
    """
    alt = load_altair()
    frame = _ok(scored, [score, by])
    frame = frame.assign(score=frame[score], group=frame[by].fillna("").astype(str))
    middle = frame.groupby("group")["score"].median().sort_values(ascending=False)
    name = tr(score)
    told = ", ".join(f"{group} {value:.0f}" for group, value in middle.items())
    describe = tr("{n} posts. Median of {score} by {by}: {told}.", n=len(frame), score=name, by=by, told=told)
    if target is None:
        title = tr("{group} is highest in {score}, {other} lowest", group=middle.index[0], other=middle.index[-1], score=name)
    else:
        share = frame["score"].between(target.low, target.high).mean()
        title = tr("{share} % of posts are in the target of {score}", share=f"{100 * share:.0f}", score=name)
        describe += " " + tr("Target: {low} to {high}.", low=f"{target.low:.0f}", high=f"{target.high:.0f}")
    x = alt.X("score:Q", title=tr("{score}, points 0–100", score=name), scale=alt.Scale(domain=[0, 100]))
    y = alt.Y("group:N", title=by, sort=list(middle.index))
    layers = [
        alt.Chart(frame[["score", "group"]])
        .mark_tick(color=COLOURS.get(score, "#555555"), opacity=0.55, thickness=2, size=18)
        .encode(x=x, y=y),
        alt.Chart(middle.reset_index()).mark_point(shape="diamond", filled=True, size=110, color="black").encode(x=x, y=y),
    ]
    if target is not None:
        # Striped in words, not in colour alone: the band has edges, and the subtitle names them.
        band = alt.Chart(_frame([{"low": target.low, "high": target.high}]))
        layers.insert(0, band.mark_rect(color=COLOURS["target"], opacity=0.16, stroke=COLOURS["target"]).encode(x="low:Q", x2="high:Q"))
    subtitle = tr("One line a post, diamond: the median") + ("" if target is None else tr("; green: the target"))
    return drawn(alt.layer(*layers), title, subtitle, describe, height=44 * len(middle))


def values_chart(scores: Iterable[ToneScore]) -> Chart:
    """How often each value of the guide is named, and how often a deed shows it.

    Parameters
    ----------
    scores : iterable of ToneScore
        From `ToneGuide.score_many`, with a guide that has values.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> guide = ToneGuide.default().with_values(["Rohkeus"])
    >>> "Rohkeus" in values_chart([guide.score("Rohkeudesta puhutaan meillä joka viikko, ja hyvä niin.")]).describe
    True
    """
    alt = load_altair()
    ok = [one for one in scores if one.status == "ok"]
    if not ok or not ok[0].values:
        raise CallError("no post has a score with values; give the guide values first: guide.with_values([...])")
    rows = []
    pairs: dict[str, tuple[float, float]] = {}
    for name in ok[0].values:
        found = [one.values[name] for one in ok]
        named, shown = (100 * sum(one >= 50 for one in each) / len(ok) for each in ([v.named for v in found], [v.shown for v in found]))
        pairs[name] = named, shown
        rows += [{"value": name, "kind": tr("named"), "share": named}, {"value": name, "kind": tr("shown"), "share": shown}]
    frame = _frame(rows)
    gap, (named, shown) = max(pairs.items(), key=lambda item: item[1][0] - item[1][1])
    if named > shown:
        title = tr("{value} is named in {named} % of posts and shown in {shown} %", value=gap, named=f"{named:.0f}", shown=f"{shown:.0f}")
    else:
        title = tr("Every value is shown at least as often as it is named")
    told = "; ".join(f"{name} {a:.0f} % / {b:.0f} %" for name, (a, b) in pairs.items())
    describe = tr("{n} posts. Named / shown: {told}.", n=len(ok), told=told)
    order = [tr("named"), tr("shown")]
    picture = alt.Chart(frame).mark_bar().encode(
        x=alt.X("share:Q", title=tr("share of posts, %"), scale=alt.Scale(domainMin=0)),
        y=alt.Y("value:N", title=None, sort=list(pairs)),
        yOffset=alt.YOffset("kind:N", sort=order),
        color=alt.Color("kind:N", title=None, sort=order, scale=alt.Scale(domain=order, range=[COLOURS["named"], COLOURS["shown"]])),
    )  # fmt: skip
    return drawn(picture, title, tr("A value is named or shown in a post from 50 points on"), describe, height=56 * len(pairs))


def trend_chart(scored: pd.DataFrame, score: str = "warmth", *, date: str = "date", every: str = "quarter") -> Chart:
    """Mean score over time, with 95 % intervals.

    Parameters
    ----------
    scored : pandas.DataFrame
        From `ToneGuide.score_frame`, in one language.
    score : {"corporate", "warmth", "alignment"}
        Which.
    date : str
        Column of dates.
    every : {"month", "quarter", "year"}
        Span of a point; spans with fewer than five posts are left out.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> from toneguide.lab import sample_posts
    >>> trend_chart(ToneGuide.default().score_frame(sample_posts("en"))).altair is not None
    True
    """
    import numpy as np
    import pandas as pd

    alt = load_altair()
    spans = {"month": "M", "quarter": "Q", "year": "Y"}
    if every not in spans:
        raise CallError(f"no span {every!r}: choose one of {', '.join(spans)}")
    frame = _ok(scored, [score, date])
    when = pd.to_datetime(frame[date], errors="coerce", utc=True, format="mixed").dt.tz_localize(None)
    grouped = frame.assign(span=when.dt.to_period(spans[every])).dropna(subset=["span"]).groupby("span")[score]
    points = grouped.agg(["mean", "std", "size"]).query("size >= @_FEWEST", local_dict={"_FEWEST": _FEWEST})
    if len(points) < 2:
        raise CallError(
            f"{len(points)} spans of a {every} hold five posts or more; a trend needs two. Is there a date in {date!r}, and a longer span to show?"
        )
    half = _Z95 * points["std"] / np.sqrt(points["size"])
    table = _frame({
        "when": points.index.to_timestamp(), "mean": points["mean"].to_numpy(),
        "low": (points["mean"] - half).clip(0, 100).to_numpy(), "high": (points["mean"] + half).clip(0, 100).to_numpy(),
    })  # fmt: skip
    name, first, last = tr(score), points.iloc[0], points.iloc[-1]
    change = last["mean"] - first["mean"]
    error = _Z95 * np.sqrt(first["std"] ** 2 / first["size"] + last["std"] ** 2 / last["size"])
    sure = abs(change) > error
    fields = {"score": name, "change": f"{change:+.0f}", "error": f"{error:.0f}"}
    title = (
        tr("{score} moved by {change} points (± {error})", **fields)
        if sure
        else tr("{score}: no change that stands out ({change} ± {error})", **fields)
    )
    told = ", ".join(f"{span} {mean:.0f}" for span, mean in points["mean"].items())
    describe = tr("{n} posts. Mean of {score}: {told}.", n=int(points["size"].sum()), score=name, told=told)
    x = alt.X("when:T", title=None, axis=alt.Axis(format="%m/%Y", labelAngle=0))
    y = alt.Y("mean:Q", title=tr("{score}, points 0–100", score=name), scale=alt.Scale(domain=[0, 100]))
    base, colour = alt.Chart(table), COLOURS.get(score, "#555555")
    picture = base.mark_area(opacity=0.2, color=colour).encode(x=x, y="low:Q", y2="high:Q") + base.mark_line(
        point={"color": colour}, color=colour
    ).encode(x=x, y=y)
    return drawn(picture, title, tr("Mean and 95 % interval; first and last point compared"), describe)


def contrast_chart(contrast: Contrast) -> Chart:
    """The words that set two piles apart, with their intervals.

    Parameters
    ----------
    contrast : Contrast
        From `contrast_words`.

    Examples
    --------
    >>> from toneguide.report.contrast import contrast_words
    >>> press, people = ["Our solutions deliver growth."] * 9, ["Thanks, you helped me."] * 9
    >>> contrast_chart(contrast_words(press, people, language="en", names=("press", "people"))).title.split(":")[0]
    'press'
    """
    alt = load_altair()
    first, second = contrast.names
    words = [word for name in contrast.names for word in contrast.of(name)[:_MOST_WORDS]]
    if not words:
        raise CallError(contrast.told)
    words.sort(key=lambda word: -word.log_odds)
    rows = [{"word": w.lemma, "odds": w.log_odds, "low": w.low, "high": w.high, "pile": first if w.log_odds > 0 else second} for w in words]
    tops = {name: ", ".join(word.lemma for word in contrast.of(name)[:3]) for name in contrast.names}
    title = "; ".join(f"{name}: {top}" for name, top in tops.items() if top)
    base = alt.Chart(_frame(rows))
    # Not a list of the words: Vega takes one called "if" for a signal.
    y = alt.Y("word:N", title=None, sort=alt.EncodingSortField("odds", op="max", order="descending"))
    colour = alt.Color("pile:N", title=None, scale=alt.Scale(domain=[first, second], range=[COLOURS["alignment"], COLOURS["warmth"]]))
    shape = alt.Shape("pile:N", title=None, scale=alt.Scale(domain=[first, second], range=["circle", "triangle-up"]))
    axis = tr("log-odds: left {second}, right {first}", first=first, second=second)
    x = alt.X("odds:Q", title=axis)
    picture = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", title=axis), x2="high:Q", y=y, color=colour) + base.mark_point(
        filled=True, size=70, opacity=1
    ).encode(x=x, y=y, color=colour, shape=shape)
    return drawn(picture, title, tr("Base forms, 95 % intervals, one witness a post"), contrast.told, height=20 * len(words))


def _ok(scored: pd.DataFrame, columns: list[str]) -> Any:
    check_columns(list(scored.columns), ["status", *columns], _HINT)
    frame: Any = scored[scored["status"] == "ok"].dropna(subset=columns[:1])
    if not len(frame):
        raise CallError(f"no post has a score for {columns[0]}; look at the columns status and reason")
    if "language" in frame and len(set(frame["language"])) > 1:
        raise CallError('scores compare within a language only; choose one: scored[scored["language"] == "fi"]')
    return frame


def _frame(rows: Any) -> Any:
    import pandas as pd

    return pd.DataFrame(rows)
