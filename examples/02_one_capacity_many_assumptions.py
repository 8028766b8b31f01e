"""One capacity under many irradiance assumptions: 40 GW from Germany to the desert.

Run it with ``python examples/02_one_capacity_many_assumptions.py``.
"""

import wafer_calc as wc
from wafer_calc import assumptions, facts
from wafer_calc.energy import factory_fleet, lifetime_energy

capacity_dc = wc.Q_(40, "GW")  # a year's modules, counted on the DC side

# What a kilowatt makes in a year depends on where it stands, and on whose statistics one reads.
# The default set holds national fleets, single plants and a policy, as they were known on a date.
print(f"{'assumption':58s} kWh/kW    TWh")
for assumption in assumptions.default_set(on="2022-07"):
    made = wc.annual_energy(capacity_dc, assumption)
    print(
        f"{assumption.name:58s} {assumption.specific_yield:6.0f} {made.energy_ac.m_as('TWh'):6.1f}"
    )

# Two series of one country differ, and are never mixed: every plant, or the larger ones only.
every = wc.annual_energy(capacity_dc, assumptions.fleet("China", 2021, series="all"))
large = wc.annual_energy(capacity_dc, assumptions.fleet("China", 2021, series="large"))
print(f"\nChina 2021, all plants:    {every.energy_ac:.1f~P}")
print(f"China 2021, larger plants: {large.energy_ac:.1f~P}")
assert round(every.energy_ac.m_as("TWh"), 1) == 46.6
assert round(large.energy_ac.m_as("TWh"), 1) == 51.2

# Statistics mix modules' watts (DC) with the grid's (AC); the interval says what that leaves open.
print(f"read as AC capacity, all plants would make {every.low:.1f~P} only")
for source in every.sources:
    print(f"  source: {source.cite()}")

# Figures of your own go in the same way, each with its basis …
mine = assumptions.full_load_hours(
    wc.Q_(1800, "hour"), basis="ac", dc_ac_ratio=1.25, place="My plant", source="its own meter"
)
print(f"\n1800 h on AC at a ratio of 1.25 are {mine.specific_yield:.0f} kWh per kW DC")

# … or as irradiation and a performance ratio.
sun = assumptions.insolation(wc.Q_(1950, "kWh/m^2"), plane="poa", performance_ratio=0.8)
print(f"1950 kWh/m² in the plane at 0.80 are {sun.specific_yield:.0f} kWh per kW DC")
assert round(sun.specific_yield) == 1560

# Modules age. Over 25 years the larger plants' year becomes:
yearly_loss = facts.find("pv.degradation_annual").best
ageing = {"first_year_loss": 0.02, "annual_degradation": yearly_loss.value}
life = lifetime_energy(large, 25, **ageing)
print(f"\n25 years of one year's modules: {life.total:.0f~P}, not {25 * large.energy_ac:.0f~P}")
print(f"  annual loss {yearly_loss.value:.2%}, {yearly_loss.source.cite()}")
assert life.total < 25 * large.energy_ac

# And a factory that runs for years passes a yardstick that one year's output does not reach.
dam = facts.find("three_gorges.generation", period=2021).best
fleet = factory_fleet(
    capacity_dc, 6, assumption=assumptions.fleet("China", 2021, series="large"), **ageing
)
year = fleet.first_year_above(wc.Q_(dam.value, dam.unit))
print(f"its fleet passes the {dam.value:.1f} TWh of Three Gorges in 2021 in year {year}")
assert year == 3
