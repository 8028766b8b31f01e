"""The command line: arguments in, text out; the only place that prints or exits."""

from wafer_calc.cli import check, maps, tables, weather
from wafer_calc.cli.app import app, main

# the modules whose import adds the commands
__all__ = ["app", "check", "main", "maps", "tables", "weather"]
