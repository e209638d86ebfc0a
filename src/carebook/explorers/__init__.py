"""Models behind the book's explorers, in plain Python."""

from carebook.explorers.controls import cutoff_control
from carebook.explorers.cutoff import Headline, headline, headlines

__all__ = ["Headline", "cutoff_control", "headline", "headlines"]
