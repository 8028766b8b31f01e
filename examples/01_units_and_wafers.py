"""Units and wafers: from a slice of silicon to a factory's gigawatts, and back.

Run it with ``python examples/01_units_and_wafers.py``.
"""

import wafer_calc as wc
from wafer_calc.wafers import find_format, formats

# A quantity is a number with its unit. Adding a length to a power is an error, not a number.
side = wc.Q_(210, "mm")
print(f"A G12 wafer is {side:~P} wide, which is {side.to('inch'):.1f~P}.")

# The trade's formats, with the area that their outline gives: a square (or rectangle) whose
# corners the round ingot cuts off.
print("\nformat        area        power at 23 %")
for fmt in formats():
    power = wc.power_per_wafer(fmt, cell_efficiency=0.23)
    print(f"{fmt.name:12s}  {fmt.area.m_as('cm^2'):6.1f} cm²   {power.m_as('W/wafer'):5.2f} W")

# Names are read as the trade writes them.
assert find_format("182mm").name == "M10"
assert find_format("210R").name == "G12R"

# A factory slices four billion G12 wafers a year. With cells of 22.7 % they become:
capacity = wc.capacity_from_wafers(wc.Q_(4e9, "wafer"), "G12", cell_efficiency=wc.Q_(22.7, "%"))
print(f"\n4 billion G12 wafers at 22.7 %: {capacity:.1f~P} of modules")
assert abs(capacity.m_as("GW") - 40.0) < 0.1

# Not every wafer survives. Losses on the way are arguments, and nothing is hidden in a default.
careful = wc.capacity_from_wafers(
    wc.Q_(4e9, "wafer"),
    "G12",
    cell_efficiency=0.227,
    cell_to_module=0.98,
    wafer_yield=0.98,
    cell_yield=0.98,
    module_yield=0.995,
)
print(f"with two per cent lost at most steps:  {careful:.1f~P}")

# The other way round: how many wafers do 40 GW take, by format?
for name in ("M6", "M10", "G12"):
    wafers = wc.wafers_from_capacity(wc.Q_(40, "GW"), name, cell_efficiency=0.227)
    print(f"40 GW take {wafers.m_as('wafer') / 1e9:.2f} billion {name} wafers")

# And the question for a newspaper: what efficiency do 40 GW out of 4 billion wafers imply?
for name in ("G12", "M10"):
    implied = wc.implied_efficiency(wc.Q_(40, "GW"), wc.Q_(4e9, "wafer"), name)
    verdict = "possible" if implied.possible else f"above silicon's limit of {implied.limit:.1f~P}"
    print(f"on {name} it takes cells of {implied.value:.1f~P}: {verdict}")

assert wc.implied_efficiency(wc.Q_(40, "GW"), wc.Q_(4e9, "wafer"), "G12").possible
assert not wc.implied_efficiency(wc.Q_(40, "GW"), wc.Q_(4e9, "wafer"), "M10").possible
