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
# # The 40 GW claim, from text to verdict
#
# A wafer factory of 40 GW a year is said to make 4 billion wafers a year, which as solar plants
# would generate over 60 TWh a year, 60 % of the Three Gorges dam. Is that so?

# %%
# %matplotlib inline
import wafer_calc as wc

claim = (
    "The plant will have a capacity of 40 GW of monocrystalline silicon and make 4 billion wafers "
    "a year. If all of them went into solar power stations, these would generate more than "
    "60 billion kWh a year, 60% of the annual generation of the Three Gorges dam. "
    "Its annual output value is expected to exceed 30 billion yuan."
)

# %% [markdown]
# First, what the text says: every figure with its unit, its comparator and what it belongs to.

# %%
quantities = wc.read_quantities(claim)
quantities

# %% [markdown]
# Then what follows. `on` is the claim's date: only what had been published by then is used.

# %%
check = wc.check(claim, on="2022-07", lang="en")
check

# %%
implied = {s.relation: s.value for s in check.statements}
assert round(implied["watt_per_wafer"], 1) == 10.0  # 40 GW / 4 billion
assert round(implied["full_load_hours"]) == 1500  # 60 TWh / 40 GW
assert round(implied["implied_yardstick"] / 1e9) == 100  # 60 TWh / 60 %
assert round(implied["yuan_per_wafer"], 1) == 7.5  # 30 billion / 4 billion
assert check.verdict.rating == "holds_if"
print(check.verdict.summary)

# %% [markdown]
# The scenario table says which assumptions reach the claim. As a data frame, units in its column
# names:

# %%
scenarios = check.to_dataframe()
assert scenarios["meets"].nunique() == 2  # some reach 60 TWh, some do not
scenarios[["name", "kind", "yield_kwh_per_kw_dc", "energy_twh", "meets"]]

# %% [markdown]
# The same as a picture. The dotted lines are 60 % of what the dam made in recent years.

# %%
figure = wc.report.figure(check, lang="en")
figure.set_dpi(70)  # small, since a notebook keeps its pictures
figure

# %% [markdown]
# Watts per wafer decide the format: 10 W is a 210 mm wafer at an efficiency that was on the
# market, and more than silicon can give on 182 mm.

# %%
g12 = wc.implied_efficiency(wc.Q_(40, "GW"), wc.Q_(4e9, "wafer"), "G12")
m10 = wc.implied_efficiency(wc.Q_(40, "GW"), wc.Q_(4e9, "wafer"), "M10")
print(f"G12: {g12.value.to('percent'):.1f~P}, M10: {m10.value.to('percent'):.1f~P}")
assert g12.possible
assert not m10.possible

# %% [markdown]
# And the whole report as a page that needs nothing but itself:

# %%
page = wc.report.html(check, lang="en")
print(f"{len(page.encode()) / 1000:.0f} kB")
assert len(page.encode()) < 500_000
