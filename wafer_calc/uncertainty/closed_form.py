"""The product of independent factors in closed form: the odds of a fact-check without sampling."""

from math import log1p, prod, sqrt

from wafer_calc.errors import RangeError
from wafer_calc.uncertainty.distributions import Distribution, Lognormal
from wafer_calc.units import Q_, Quantity

__all__ = ["product"]


def product(*factors: Distribution | Quantity | float, unit: str | None = None) -> Lognormal:
    """Give the distribution of a product of independent positive factors.

    Parameters
    ----------
    *factors : Distribution, Quantity or float
        The certain ones only scale the result.
    unit : str, optional
        Unit of the result; that of the multiplied units without it.

    Returns
    -------
    Lognormal
        Exact for symmetric lognormal factors. For others mean and standard deviation are exact
        and the shape is the limit that products of many factors tend to.

    Raises
    ------
    RangeError
        A factor whose mean is not positive.

    Notes
    -----
    ``E = Π mean_i`` and ``1 + cv² = Π (1 + cv_i²)``, which hold for any independent factors; a
    lognormal with these has ``σ² = ln(1 + cv²)`` and the median ``E / sqrt(1 + cv²)``
    (L. A. Goodman, J. Am. Stat. Assoc. 55 (1960), 708-713, for the variance of products).

    Examples
    --------
    >>> from wafer_calc.uncertainty import between, product
    >>> energy = product(Q_(40, "GW"), between(Q_(1166, "hour"), Q_(1281, "hour")), unit="TWh")
    >>> print(f"{energy.median:.1f~P}; above 50 TWh: {energy.exceeds(Q_(50, 'TWh')):.2f}")
    48.9 TWh; above 50 TWh: 0.22
    """
    means: list[Quantity] = []
    spread = 1.0
    for position, factor in enumerate(factors):
        if isinstance(factor, Distribution):
            mean, std = factor.moments()
            means.append(Q_(mean, factor.unit))
        else:
            mean, std = float(getattr(factor, "magnitude", factor)), 0.0
            means.append(factor * Q_(1.0, ""))
        if not mean > 0.0:
            raise RangeError(f"factors[{position}]: its mean is {mean:g}, wanted a positive factor")
        spread *= 1.0 + (std / mean) ** 2
    total: Quantity = prod(means, start=Q_(1.0, ""))
    if unit is not None:
        total = total.to(unit)
    width = sqrt(log1p(spread - 1.0))
    return Lognormal(
        unit="" if total.unitless else str(total.units),
        middle=float(total.magnitude) / sqrt(spread),
        below=width,
        above=width,
    )
