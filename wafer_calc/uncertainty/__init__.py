"""How sure: distributions, quasi-Monte-Carlo propagation, sensitivity and needed values."""

from wafer_calc.uncertainty.ageing import PassingYear, lifetime_spread, passing_year
from wafer_calc.uncertainty.distributions import Distribution, Empirical, Lognormal
from wafer_calc.uncertainty.makers import (
    between,
    complement,
    empirical,
    from_fact,
    frozen,
    normal,
    triangular,
)
from wafer_calc.uncertainty.needed import Needed, needed
from wafer_calc.uncertainty.product import product
from wafer_calc.uncertainty.propagation import Probability, Propagation, propagate
from wafer_calc.uncertainty.sensitivity import SobolIndices, Swing, Tornado, sobol, tornado

__all__ = [
    "Distribution", "Empirical", "Lognormal", "Needed", "PassingYear", "Probability", "Propagation",
    "SobolIndices", "Swing", "Tornado", "between", "complement", "empirical", "from_fact",
    "frozen", "lifetime_spread", "needed", "normal", "passing_year", "product", "propagate", "sobol", "tornado", "triangular",
]  # fmt: skip
