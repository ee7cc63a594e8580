"""A score, its parts and what is offered for it, as HTML with everything inside it, as text, or on a terminal."""

from toneguide.render.highlight import Highlight, highlights
from toneguide.render.page import score_to_html, text_to_html
from toneguide.render.style import STYLE
from toneguide.render.terminal import print_score, score_to_text
from toneguide.render.words import describe

__all__ = ["STYLE", "Highlight", "describe", "highlights", "print_score", "score_to_html", "score_to_text", "text_to_html"]
