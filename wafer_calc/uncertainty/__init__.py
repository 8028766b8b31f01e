"""How sure: distributions, quasi-Monte-Carlo propagation, sensitivity and needed values."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wafer_calc.uncertainty.ageing import PassingYear, lifetime_spread, passing_year
    from wafer_calc.uncertainty.closed_form import product
    from wafer_calc.uncertainty.distributions import Distribution, Empirical, Lognormal
    from wafer_calc.uncertainty.inverse import Needed, needed
    from wafer_calc.uncertainty.makers import (
        between,
        complement,
        empirical,
        from_fact,
        frozen,
        normal,
        triangular,
    )
    from wafer_calc.uncertainty.propagation import Probability, Propagation, propagate
    from wafer_calc.uncertainty.sensitivity import SobolIndices, Swing, Tornado, sobol, tornado

__all__ = [
    "Distribution", "Empirical", "Lognormal", "Needed", "PassingYear", "Probability",
    "Propagation", "SobolIndices", "Swing", "Tornado", "between", "complement", "empirical",
    "from_fact", "frozen", "lifetime_spread", "needed", "normal", "passing_year", "product",
    "propagate", "sobol", "tornado", "triangular",
]  # fmt: skip

# A fact-check needs distributions and their product, not what samples and searches: each file is
# loaded when one of its names is used.
_HOMES = {
    "ageing": ("PassingYear", "lifetime_spread", "passing_year"),
    "distributions": ("Distribution", "Empirical", "Lognormal"),
    "makers": (
        "between", "complement", "empirical", "from_fact", "frozen", "normal", "triangular",
    ),
    "inverse": ("Needed", "needed"),
    "closed_form": ("product",),
    "propagation": ("Probability", "Propagation", "propagate"),
    "sensitivity": ("SobolIndices", "Swing", "Tornado", "sobol", "tornado"),
}  # fmt: skip


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"{__name__}.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
