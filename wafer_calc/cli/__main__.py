"""The command line as ``python -m wafer_calc.cli``."""

from wafer_calc.cli import main

if __name__ == "__main__":
    main()
