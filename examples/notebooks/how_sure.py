# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # How sure, and why
#
# 40 GW of modules, 60 TWh a year: what would have to be true, how likely is it, and which input
# decides?

# %%
# %matplotlib inline
import wafer_calc as wc
from wafer_calc.report.yield_figures import tornado as draw_tornado
from wafer_calc.uncertainty import between, needed, propagate, sobol, tornado, triangular

capacity = wc.Q_(40, "GW")
claim = wc.Q_(60, "TWh")


def energy(capacity_dc, full_load_hours, uncurtailed, first_year):
    """Annual energy of the first full year."""
    return (capacity_dc * full_load_hours * uncurtailed * first_year).to("TWh")


# %% [markdown]
# What it would take, everything else as printed:

# %%
hours = needed(
    lambda capacity_dc, full_load_hours: (capacity_dc * full_load_hours).to("TWh"),
    claim,
    "full_load_hours",
    fixed={"capacity_dc": capacity},
)
print(f"{hours.value.to('hour'):.0f~P}")
assert round(hours.value.m_as("hour")) == 1500  # 60 TWh / 40 GW

# %% [markdown]
# How sure: 9 in 10 between the ends of each input. The hours span what Chinese fleets reported for
# 2021 and what fixed plants make at the stations of Inner Mongolia.

# %%
inputs = {
    "capacity_dc": capacity,
    "full_load_hours": between(wc.Q_(1281, "hour"), wc.Q_(1650, "hour")),
    "uncurtailed": triangular(0.94, 0.975, 0.995, ""),
    "first_year": triangular(0.97, 0.98, 0.99, ""),
}
result = propagate(energy, inputs, rng=1)
low, high = result.quantile(0.1), result.quantile(0.9)
chance = result.exceeds(claim)
print(f"8 in 10: {low:.1f~P} to {high:.1f~P}; {chance.value:.0%} of draws exceed 60 TWh")
assert low < claim < high or chance.value < 0.2
assert 0.01 < chance.value < 0.5

# %% [markdown]
# Which input decides: each moved from its 10 % to its 90 % quantile, the others at their medians.

# %%
swings = tornado(energy, inputs)
assert swings.swings[0].name == "full_load_hours"
draw_tornado(swings).figure

# %%
shares = sobol(energy, inputs, rng=1)
for name, share in shares.total_order.items():
    print(f"{name}: {share:.0%} of the variance")
assert shares.total_order["full_load_hours"] > 0.8

# %% [markdown]
# `check` does the same with named classes of plants, and says the odds in tenths beside the class
# they hold for; and what each input would have to be.

# %%
check = wc.check(
    "In Inner Mongolia, 40 GW of solar power stations would generate 60 TWh a year.", on="2022-07"
)
for odds in check.odds:
    print(odds.sentence)
for value in check.needed_values:
    print(value.sentence)
assert {odds.needed for odds in check.odds} == {1500.0}  # 60 TWh / 40 GW
assert min(odds.probability for odds in check.odds) < 0.1  # the Chinese fleet of 2021
assert max(odds.probability for odds in check.odds) > 0.8  # trackers in Inner Mongolia
