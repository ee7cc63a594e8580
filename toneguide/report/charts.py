"""Charts that say what they show: drawn offline as SVG, with the finding as the title and a description for those who do not see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from toneguide.errors import CallError, ToneguideError

__all__ = ["COLOURS", "Chart", "check_columns", "drawn", "load_altair"]

# Okabe and Ito's colours: told apart by people with any common kind of colour blindness.
COLOURS: Final = {
    "corporate": "#CC79A7",
    "warmth": "#D55E00",
    "alignment": "#0072B2",
    "named": "#56B4E9",
    "shown": "#0072B2",
    "target": "#009E73",
}
_STYLE: Final = {
    "view": {"stroke": None}, "background": "white", "font": "sans-serif",
    # A browser may set the letters wider than the converter measured them.
    "padding": {"left": 16, "top": 8, "right": 40, "bottom": 8},
    "title": {"anchor": "start", "frame": "bounds", "fontSize": 15, "subtitleFontSize": 12, "subtitleColor": "#4a4a4a", "offset": 12},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "gridColor": "#e4e4e4", "domainColor": "#767676", "tickColor": "#767676", "labelLimit": 220},
    "legend": {"labelFontSize": 12, "titleFontSize": 12}, "header": {"labelFontSize": 12, "titleFontSize": 12},
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart: shows itself as SVG wherever it is, in a notebook, on paper or in a report.

    Attributes
    ----------
    title : str
        The finding.
    describe : str
        What is to be seen, for those who do not see it; the picture carries it too.
    altair : altair.Chart
        For those who want to change it.
    """

    title: str
    describe: str
    altair: Any = field(repr=False)

    @cached_property
    def svg(self) -> str:
        """The picture, with its description inside."""
        try:
            import vl_convert
        except ModuleNotFoundError:
            raise ToneguideError("charts need vl-convert; install it with: pip install toneguide[lab]") from None
        drawn_svg: str = vl_convert.vegalite_to_svg(self.altair.to_dict())
        label = f"<title>{escape(self.title)}</title><desc>{escape(self.describe)}</desc>"
        head, _, rest = drawn_svg.partition(">")
        return f'{head} role="img" aria-label="{escape(self.title)}. {escape(self.describe)}">{label}{rest}'

    def save(self, path: str | Path) -> None:
        """Write the picture: ``.svg``, or ``.png`` for slides and mail.

        Raises
        ------
        CallError
            For another suffix.
        """
        path = Path(path)
        if path.suffix == ".svg":
            path.write_text(self.svg, encoding="utf-8")
        elif path.suffix == ".png":
            import vl_convert

            path.write_bytes(vl_convert.vegalite_to_png(self.altair.to_dict(), scale=2))
        else:
            raise CallError(f"{path}: a chart is saved as .svg or .png")

    def _repr_mimebundle_(self, **_kinds: object) -> dict[str, str]:
        return {"text/plain": f"{self.title}\n{self.describe}", "image/svg+xml": self.svg}


def load_altair() -> Any:
    """Altair, or what to install."""
    try:
        import altair
    except ModuleNotFoundError:
        raise ToneguideError("charts need altair; install it with: pip install toneguide[lab]") from None
    return altair


def drawn(picture: Any, title: str, subtitle: str, describe: str, *, width: int = 520, height: int = 260) -> Chart:
    """A picture in the style of the house, with its title, subtitle and description."""
    titled = picture.properties(
        width=width, height=height, title={"text": wrap(title, width // 8), "subtitle": wrap(subtitle, width // 6)}, description=describe
    )
    return Chart(title, describe, titled.configure(**_STYLE))


def check_columns(columns: Sequence[str], wanted: Sequence[str], hint: str = "") -> None:
    """Refuse a frame without the columns that a chart needs.

    Raises
    ------
    CallError
        Naming the first missing one and those there are.
    """
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise CallError(f"no column {missing[0]!r}; the columns are {', '.join(map(repr, columns))}{hint}")
