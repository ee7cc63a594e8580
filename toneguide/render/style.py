"""The style sheet: colours with an underline style each, light and dark, contrast AA."""

from __future__ import annotations

from typing import Final

__all__ = ["STYLE"]

STYLE: Final = """\
.tg{font:16px/1.55 system-ui,sans-serif;max-width:46rem;padding:.2rem .6rem;color:#1c1b1f;background:#fff}
.tg p{margin:.5rem 0}.tg ul{margin:.2rem 0 .6rem;padding-left:1.2rem}.tg .head{font-weight:600;margin:.8rem 0 0}
.tg mark{background:none;color:inherit;padding:0 .1em;border-radius:.2em;text-decoration-line:underline;
text-decoration-thickness:.14em;text-underline-offset:.22em;text-decoration-skip-ink:none}
.tg mark.warm{background:#fde8d7;text-decoration-style:solid;text-decoration-color:#b4490f}
.tg mark.cold{background:#dcebf7;text-decoration-style:double;text-decoration-color:#1f5f8b}
.tg mark.corporate{background:#e8e3f3;text-decoration-style:wavy;text-decoration-color:#5b3d99}
.tg mark.plain{background:#e2f0e2;text-decoration-style:dotted;text-decoration-color:#2d6a32}
.tg .meter{display:flex;flex-wrap:wrap;align-items:center;gap:0 .6rem;margin:.25rem 0}.tg .meter>span:first-child{width:10.5rem;overflow-wrap:anywhere}
.tg .bar{position:relative;width:12rem;height:.8rem;border:1px solid #6b6b6b;border-radius:.4rem;overflow:hidden}
.tg .bar i{position:absolute;left:0;top:0;height:100%;background:#4a4a4a}
.tg .bar b{position:absolute;top:0;height:100%;box-sizing:border-box;border:2px dashed #2d6a32;background:#d3ead3}.tg .bar b+i{top:.2rem;height:.4rem}
.tg .num{min-width:1.8rem;text-align:right;font-variant-numeric:tabular-nums}
.tg .post{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid #8a8790;padding-left:.7rem;margin:.7rem 0}
.tg .why,.tg .legend{color:#4a4a4a;font-size:.93em;overflow-wrap:anywhere}.tg .legend{list-style:none;padding:0}.tg .new{font-weight:600}
@media (prefers-color-scheme:dark){.tg{color:#ece9f0;background:#17161a}.tg mark.warm{background:#4b2a12;text-decoration-color:#ffb584}
.tg mark.cold{background:#12354d;text-decoration-color:#9fd0f5}.tg mark.corporate{background:#362a55;text-decoration-color:#cdb8ff}
.tg mark.plain{background:#1e3d21;text-decoration-color:#a8dcab}.tg .why,.tg .legend{color:#c5c2ca}.tg .bar{border-color:#a5a2aa}.tg .bar i{background:#dedbe3}
.tg .bar b{border-color:#a8dcab;background:#1e3d21}}
@media (forced-colors:active){.tg .bar i{background:CanvasText}.tg mark{color:CanvasText}}
"""
