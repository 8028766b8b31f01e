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
# # A weather file to its yield, with its quality report
#
# Any hourly year will do: EPW, TMY2, TMY3, SAM/NSRDB or PVGIS. This one is the TMY3 of Greensboro,
# North Carolina, that pvlib ships.

# %%
# %matplotlib inline
from pathlib import Path

import pvlib

import wafer_calc as wc
from wafer_calc.plant import Tracker
from wafer_calc.weather import check_quality

path = Path(pvlib.__file__).parent / "data" / "723170TYA.CSV"
weather = wc.weather.read(path)
quality = check_quality(weather)
print(quality.text())
assert quality.clean

# %% [markdown]
# A plant is a record of named parts; what is left out is PVWatts' default.

# %%
plant = wc.Plant(surface_tilt=35, surface_azimuth=180)
made = wc.simulate(weather, plant)
made

# %%
hours = float(made.full_load_hours.m_as("hour"))
print(f"{hours:.0f} kWh per kW DC a year")
assert 1300 < hours < 1450

# %% [markdown]
# Month by month:

# %%
from wafer_calc.report.yield_figures import loss_waterfall, monthly_yield

monthly_yield(made).figure

# %% [markdown]
# Where the energy goes, from the irradiation on the horizontal to the AC side:

# %%
loss_waterfall(made).figure

# %% [markdown]
# The tilt that makes most, and what a tracker would add:

# %%
tilt = wc.energy.optimal_tilt(weather, plant)
tracker = wc.simulate(weather, wc.Plant(tracking=Tracker(gcr=0.4)))
gain = tracker.specific_yield / made.specific_yield - 1
print(f"best tilt {tilt:.0f~P}; a tracker makes {gain.to('percent'):.0f~P} more")
assert 25 < tilt.m_as("degree") < 40
assert 0.05 < gain.m_as("") < 0.25

# %% [markdown]
# The year as an assumption: 40 GW of such plants.

# %%
year = wc.annual_energy(wc.Q_(40, "GW"), wc.assumptions.weather(weather, plant=plant))
print(f"{year.energy_ac.to('TWh'):.1f~P}")
assert abs(year.energy_ac.m_as("TWh") - 0.04 * hours) < 0.01  # 40 GW at these full-load hours
year
