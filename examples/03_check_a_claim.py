"""A claim checked: what a press release says, what follows from it, and what the record says.

Run it with ``python examples/03_check_a_claim.py``.
"""

import wafer_calc as wc

# Someone announces a factory. The sentence is ours, the figures are those of a real announcement.
claim = (
    "A new plant in Inner Mongolia, China, will slice 4 billion wafers a year, enough for 40 GW of "
    "solar modules. "
    "Installed in solar parks, they would generate more than 60 TWh a year, "
    "60% of what the Three Gorges dam produces."
)

# First: what does the text say? Each quantity comes with its place in the text.
for quantity in wc.read_quantities(claim):
    print(
        f"{quantity.kind:13s} {quantity.cmp:2s} {quantity.value!s:>10s} {quantity.unit:12s} {quantity.text!r}"
    )

# Then: hold it against what was known in July 2022. Nothing published later is used.
checked = wc.check(claim, on="2022-07")

print("\nWhat follows from the claim's own figures:")
for statement in checked.statements:
    value = "" if statement.value is None else f"{statement.value:.4g} {statement.unit}"
    print(f"  {value:24s} {statement.rating:14s} {statement.needed}")

print(f"\n{checked.scenario_title}:")
for scenario in checked.scenarios:
    print(f"  {scenario.name:58s} {scenario.energy_twh:6.1f} TWh")

print(f"\n{checked.verdict.rating}: {checked.verdict.summary}")

# 40 GW / 4 billion = 10 W a wafer; 60 TWh / 40 GW = 1500 h
values = {(s.unit, round(s.value, 2)) for s in checked.statements if s.value is not None}
assert ("W/piece", 10.0) in values
assert ("hour", 1500.0) in values
assert checked.verdict.rating == "holds_if"
energies = [scenario.energy_twh for scenario in checked.scenarios]
assert min(energies) < 60 < max(energies)
