"""House style of the book's figures, and the figures that more than one page draws."""

from carebook.figures.distributions import histogram, intervals
from carebook.figures.forest_plot import forest
from carebook.figures.house_style import mark_simulated, style
from carebook.figures.palette import PALETTE, RATIONAL, RELATIONAL

__all__ = [
    "PALETTE",
    "RATIONAL",
    "RELATIONAL",
    "forest",
    "histogram",
    "intervals",
    "mark_simulated",
    "style",
]
