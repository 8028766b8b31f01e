"""Floats and arrays only: sun, plane, power, engine and wafer."""
