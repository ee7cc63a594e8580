"""Charts of a calibration: the learning curve, and whether scores can be taken at their word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toneguide.interface import tr
from toneguide.report.charts import COLOURS, Chart, drawn, load_altair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toneguide.calibrate.learning import LearningCurve
    from toneguide.calibrate.quality import Bin

__all__ = ["learning_chart", "reliability_chart"]


def learning_chart(curve: LearningCurve | None) -> Chart:
    """How scores got closer to the raters with more labels, and what more would bring.

    Parameters
    ----------
    curve : LearningCurve or None
        Of one dimension; where there is none, the chart says why.

    Examples
    --------
    >>> from toneguide.calibrate.learning import CurvePoint, Forecast, LearningCurve
    >>> points = [CurvePoint(0, 0.4, 0.0), CurvePoint(20, 0.5, 0.04), CurvePoint(40, 0.6, 0.03)]
    >>> learning_chart(LearningCurve("warmth", points, Forecast(60, 0.05, 0.02))).describe != ""
    True
    """
    import pandas as pd

    if curve is None:
        return _no_chart(tr("no learning curve: it takes 24 rated posts, and weights that moved"))
    alt = load_altair()
    rows = [{"n": p.n, "rho": p.spearman, "low": p.spearman - 1.96 * p.error, "high": p.spearman + 1.96 * p.error} for p in curve.points]
    base, colour = alt.Chart(pd.DataFrame(rows)), COLOURS[curve.dimension]
    x = alt.X("n:Q", title=tr("labels"))
    y = alt.Y("rho:Q", title=tr("rank correlation with raters"), scale=alt.Scale(zero=False))
    picture = base.mark_area(opacity=0.2, color=colour).encode(x=x, y="low:Q", y2="high:Q") + base.mark_line(
        point={"color": colour}, color=colour
    ).encode(x=x, y=y)
    told = ", ".join(f"{p.n}: {p.spearman:.2f}" for p in curve.points)
    return drawn(
        picture,
        curve.told,
        tr("On posts held out, 95 % interval; 0 labels: as installed"),
        tr("Rank correlation by labels: {told}.", told=told),
    )


def reliability_chart(bins: Sequence[Bin], dimension: str) -> Chart:
    """Ratings against scores: on the diagonal a score can be taken at its word.

    Parameters
    ----------
    bins : sequence of Bin
        From a calibration's quality report; where there are none, the chart says so.
    dimension : {"corporate", "warmth"}
        What is scored.

    Examples
    --------
    >>> from toneguide.calibrate.quality import Bin
    >>> "2 of 2" in reliability_chart([Bin(20, 25, 15, 35, 12), Bin(70, 66, 55, 77, 12)], "warmth").title
    True
    """
    import pandas as pd

    if not bins:
        return _no_chart(tr("nothing to compare scores with yet: too few ratings, or raters who disagree"))
    alt = load_altair()
    fields = ("score", "rating", "low", "high", "n")
    frame = pd.DataFrame([{name: getattr(one, name) for name in fields} for one in bins])
    near = sum(one.low <= one.score <= one.high for one in bins)
    title = tr("{name}: scores can be taken at their word in {near} of {n} groups", name=tr(dimension), near=near, n=len(bins))
    told = ", ".join(f"{one.score:.0f} → {one.rating:.0f}" for one in bins)
    scale = alt.Scale(domain=[0, 100])
    x = alt.X("score:Q", title=tr("mean score, points 0–100"), scale=scale)
    axis = tr("mean rating, points 0–100")
    base, colour = alt.Chart(frame), COLOURS[dimension]
    line = alt.Chart(pd.DataFrame({"a": [0, 100], "b": [0, 100]})).mark_line(strokeDash=[5, 4], color="#767676").encode(x="a:Q", y="b:Q")
    picture = (
        line
        + base.mark_rule(strokeWidth=2, color=colour).encode(x=x, y=alt.Y("low:Q", title=axis, scale=scale), y2="high:Q")
        + base.mark_point(filled=True, size=80, color=colour, opacity=1).encode(x=x, y=alt.Y("rating:Q", title=axis))
    )
    subtitle = tr("Groups of posts held out, 95 % interval; dashed: score and rating alike")
    return drawn(picture, title, subtitle, tr("Score → rating: {told}.", told=told), width=440, height=330)


def _no_chart(why: str) -> Chart:
    """A title in the place of a chart: a notebook that is run as a whole goes on."""
    import pandas as pd

    alt = load_altair()
    return drawn(alt.Chart(pd.DataFrame({"x": [0]})).mark_point(opacity=0), why, "", why, width=440, height=10)
