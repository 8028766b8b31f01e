"""Press claims into checked facts: what a text says, what follows from it, how it is rated."""

from wafer_calc.claims.checking import check
from wafer_calc.claims.reading import read_quantities
from wafer_calc.claims.records import FactCheck, Statement, TextQuantity, Verdict

__all__ = ["FactCheck", "Statement", "TextQuantity", "Verdict", "check", "read_quantities"]
