"""What modules still give as they age, and the fleet that a factory builds up, as floats."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = float | NDArray[np.float64]


def remaining_share(
    year: Floats | NDArray[np.int64], first_year_loss: Floats, annual_degradation: Floats
) -> NDArray[np.float64]:
    """Share of the nameplate yield that modules give in a year of service, counted from 1.

    Linear, as module warranties state it, and never below zero.
    """
    left = 1.0 - first_year_loss - annual_degradation * (np.asarray(year) - 1.0)
    return np.maximum(left, 0.0)


def fleet_energy(
    built: NDArray[np.float64], share_in_age: NDArray[np.float64], *, first_share: float
) -> NDArray[np.float64]:
    """Sum over the cohorts of a fleet of what each still gives, per year.

    `built` (..., year) is the capacity added in each year, `share_in_age` (..., age) the share of
    its nameplate that a cohort gives at an age, 0 after its retirement. A cohort works for
    `first_share` of the year it is built in, so that its n-th year of service spans two calendar
    years. The result (..., year) is in the unit of `built`: capacity weighted by what it gives.
    """
    n_years = built.shape[-1]
    shape = np.broadcast_shapes(built.shape[:-1], share_in_age.shape[:-1])
    none = np.zeros((*share_in_age.shape[:-1], 1))
    this_age = np.concatenate([share_in_age, none], axis=-1)
    age_before = np.concatenate([none, share_in_age], axis=-1)
    in_year = first_share * this_age + (1.0 - first_share) * age_before
    total = np.zeros((*shape, n_years))
    for age in range(min(n_years, in_year.shape[-1])):
        total[..., age:] += built[..., : n_years - age] * in_year[..., age : age + 1]
    return total
