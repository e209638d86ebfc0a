"""Scoring, reliability, prevalence and pooling, as taught in the book."""

from carebook.methods.copenhagen import score_items, score_scales
from carebook.methods.pooling import pool_fixed, pool_random
from carebook.methods.prevalence import prevalence, wilson_interval
from carebook.methods.reliability import cronbach_alpha, mcdonald_omega

__all__ = [
    "cronbach_alpha",
    "mcdonald_omega",
    "pool_fixed",
    "pool_random",
    "prevalence",
    "score_items",
    "score_scales",
    "wilson_interval",
]
