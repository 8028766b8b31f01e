"""Figures about the world, each with unit, scope, date and source: `find` them by key and date."""

from wafer_calc.facts.lookup import all_facts, find, has, keys, known_from, later, sources, version
from wafer_calc.facts.records import Fact, FactSet, Source, to_dataframe

__all__ = [
    "Fact", "FactSet", "Source", "all_facts", "find", "has", "keys", "known_from", "later", "sources",
    "to_dataframe", "version",
]  # fmt: skip
