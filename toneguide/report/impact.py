"""Does tone go with reactions and comments? Within the same author and channel, with intervals; never a proof of cause."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from toneguide.errors import CallError
from toneguide.interface import tr

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Effect", "Impact", "measure_impact"]

_FEWEST: Final = 30
_FEWEST_CELLS: Final = 4
_TEN: Final = 10.0
_TONES: Final = ("corporate", "warmth", "alignment")


@dataclass(frozen=True, slots=True)
class Effect:
    """What ten points more of one score go with.

    Attributes
    ----------
    dimension : str
        ``"corporate"``, ``"warmth"`` or ``"alignment"``.
    percent, low, high : float
        Change of the outcome in per cent, and its 95 % interval, from the mixed model.
    check_low, check_high : float
        The same interval from a second, plainer model (author and channel taken out, errors by author).
    """

    dimension: str
    percent: float
    low: float
    high: float
    check_low: float
    check_high: float

    @property
    def clear(self) -> bool:
        """Whether both intervals lie on one side of nought, the same one."""
        return (self.low > 0 and self.check_low > 0) or (self.high < 0 and self.check_high < 0)

    def told(self, outcome: str) -> str:
        """One sentence for people."""
        fields = {"score": tr(self.dimension), "outcome": outcome, "low": f"{self.low:+.0f}", "high": f"{self.high:+.0f}"}
        if not self.clear:
            return tr("{score}: these posts do not tell whether {outcome} go with it ({low} to {high} % for ten points more).", **fields)
        return tr("{score}: ten points more go with {percent} % {outcome} ({low} to {high} %).", percent=f"{self.percent:+.0f}", **fields)


@dataclass(frozen=True, slots=True)
class Impact:
    """How an outcome goes with tone.

    Attributes
    ----------
    outcome : str
        Column.
    effects : list of Effect
        One a score.
    n_posts, n_authors, n_cells : int
        Posts compared, their authors, and pairs of author and channel (within a language) with two posts or more.
    note : str
        What the model could not do; ``""`` where all went well.
    """

    outcome: str
    effects: list[Effect]
    n_posts: int
    n_authors: int
    n_cells: int
    note: str = ""

    @property
    def told(self) -> str:
        """What was found, what it rests on, and what it does not say."""
        basis = tr(
            "{n} posts by {authors} authors, each compared with the same author's other posts in the same channel and language.",
            n=self.n_posts, authors=self.n_authors,
        )  # fmt: skip
        caution = tr("This is not a proof of cause: what is told, and when, moves readers too.")
        return "\n".join([*(effect.told(self.outcome) for effect in self.effects), basis, *filter(None, [self.note]), caution])

    def frame(self) -> pd.DataFrame:
        """The effects as a table, per cent for ten points more."""
        import pandas as pd

        return pd.DataFrame(
            [{"score": e.dimension, "percent": e.percent, "low": e.low, "high": e.high, "clear": e.clear} for e in self.effects]
        )


def measure_impact(
    scored: pd.DataFrame, outcome: str = "reactions", *, scores: Sequence[str] = ("corporate", "warmth"), author: str = "author",
    channel: str = "channel", date: str = "date",
) -> Impact:  # fmt: skip
    """Measure how reactions, comments or the like go with tone.

    The logarithm of the outcome is modelled by each score less its mean for the same author, channel and language (so that popular people and
    loud channels are out of it), that mean itself, the length of the post and its date, with an intercept for every author (a linear mixed
    model, statsmodels).

    Parameters
    ----------
    scored : pandas.DataFrame
        From `ToneGuide.score_frame`, with the outcome, author and channel.
    outcome : str
        Column of counts.
    scores : sequence of str
        Of ``"corporate"``, ``"warmth"``, ``"alignment"``.
    author, channel, date : str
        Columns; without a date column, time is left out.

    Raises
    ------
    CallError
        For a missing column, an outcome that is no count, or too few posts.

    Examples
    --------
    >>> from toneguide import ToneGuide
    >>> from toneguide.lab import sample_posts
    >>> impact = measure_impact(ToneGuide.default().score_frame(sample_posts("en")), "reactions")
    >>> [effect.dimension for effect in impact.effects]
    ['corporate', 'warmth']
    """
    table = _table(scored, outcome, scores, author, channel, date)
    fitted, note = _mixed(table, scores)
    plain = _within_only(table, scores)
    effects = []
    for name in scores:
        (slope, low, high), (_, check_low, check_high) = fitted[name], plain[name]
        effects.append(Effect(name, *(_percent(x) for x in (slope, low, high, check_low, check_high))))
    return Impact(outcome, effects, len(table), table["author"].nunique(), table["cell"].nunique(), note)


def _table(scored: pd.DataFrame, outcome: str, scores: Sequence[str], author: str, channel: str, date: str) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    wrong = [name for name in scores if name not in _TONES]
    if wrong or not scores:
        raise CallError(f"no score {wrong[0] if wrong else ''!r}: choose from {', '.join(_TONES)}")
    missing = [name for name in (outcome, author, channel, "status", "language", "n_words", *scores) if name not in scored.columns]
    if missing:
        hint = "; score the posts first: guide.score_frame(posts)" if missing[0] in ("status", "language", "n_words", *scores) else ""
        raise CallError(f"no column {missing[0]!r}; the columns are {', '.join(map(repr, scored.columns))}{hint}")
    counts = pd.to_numeric(scored[outcome], errors="coerce")
    if (counts.isna() & scored[outcome].notna()).any() or (counts < 0).any():
        raise CallError(
            f"{outcome} is a count, 0 or more; row {scored.index[int((counts.isna() | (counts < 0)).argmax())]!r} holds something else"
        )
    table = pd.DataFrame({"y": np.log1p(counts), "author": scored[author].astype("string"), "channel": scored[channel].astype("string")})
    table["cell"] = table["author"] + "\n" + table["channel"] + "\n" + scored["language"].astype("string")
    table["length"] = np.log1p(scored["n_words"])
    table["when"] = _years(scored[date]) if date in scored.columns else 0.0
    for name in scores:
        table[name] = pd.to_numeric(scored[name]) / _TEN
    table = table[(scored["status"] == "ok").to_numpy()].dropna()
    table = table[table.groupby("cell")["y"].transform("size") > 1].reset_index(drop=True)
    if len(table) < _FEWEST or table["cell"].nunique() < _FEWEST_CELLS:
        raise CallError(
            f"{len(table)} posts can be compared with another one by the same author in the same channel; "
            f"{_FEWEST} posts of {_FEWEST_CELLS} such pairs are the least"
        )
    for name in scores:
        mean = table.groupby("cell")[name].transform("mean")
        table[f"{name}_within"], table[f"{name}_mean"] = table[name] - mean, mean
    return table


def _years(dates: pd.Series) -> pd.Series:
    import pandas as pd

    when = pd.to_datetime(dates, errors="coerce", utc=True, format="mixed")
    return (when - when.min()).dt.days / 365.25


Slopes = dict[str, tuple[float, float, float]]


def _mixed(table: pd.DataFrame, scores: Sequence[str]) -> tuple[Slopes, str]:
    # statsmodels has no types.
    smf: Any = import_module("statsmodels.formula.api")

    terms = [f"{name}_{part}" for name in scores for part in ("within", "mean")]
    terms += [name for name in ("length", "when") if table[name].min() < table[name].max()]
    if len(set(table["channel"])) > 1:
        terms.append("C(channel)")
    fit = _settled(smf.mixedlm("y ~ " + " + ".join(terms), table, groups=table["author"]))
    if fit is None:
        return _within_only(table, scores), tr("The mixed model could not be fitted to these posts; the plainer one is shown.")
    bounds = fit.conf_int()
    return {name: _row(fit, bounds, f"{name}_within") for name in scores}, ""


def _settled(model: Any) -> Any:
    """The fitted model, by the first way of searching that ends; None where none does."""
    import numpy as np

    # Where authors hardly differ, a search may run into a variance of nought and warn on its way.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for way in ("lbfgs", "bfgs", "powell", "nm"):
            try:
                fit = model.fit(reml=True, method=way)
            except (np.linalg.LinAlgError, ValueError):
                continue
            if fit.converged and np.isfinite(fit.bse_fe).all():
                return fit
    return None


def _within_only(table: pd.DataFrame, scores: Sequence[str]) -> Slopes:
    """Ordinary least squares on what is left of every column when the mean of author, channel and language is taken out."""
    import numpy as np

    sm: Any = import_module("statsmodels.api")

    columns = [*scores, *(name for name in ("length", "when") if table[name].min() < table[name].max())]
    left = table[["y", *columns]] - table.groupby("cell")[["y", *columns]].transform("mean")
    codes = table["author"].astype("category").cat.codes.to_numpy()
    few = table["author"].nunique() < 3
    kind: dict[str, Any] = {"cov_type": "HC1"} if few else {"cov_type": "cluster", "cov_kwds": {"groups": codes}, "use_t": True}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit: Any = sm.OLS(left["y"], left[columns]).fit(**kind)
    # The means that were taken out cost degrees of freedom.
    wider = math.sqrt(len(table) / max(1, len(table) - table["cell"].nunique()))
    bounds = fit.conf_int()
    found = {}
    for name in scores:
        slope, low, high = _row(fit, bounds, name)
        found[name] = (slope, slope - wider * (slope - low), slope + wider * (high - slope))
    return {name: row if np.isfinite(row).all() else (0.0, -math.inf, math.inf) for name, row in found.items()}


def _row(fit: Any, bounds: Any, name: str) -> tuple[float, float, float]:
    return float(fit.params[name]), float(bounds.loc[name, 0]), float(bounds.loc[name, 1])


def _percent(slope: float) -> float:
    return 100 * math.expm1(min(slope, 20.0))
