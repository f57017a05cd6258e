"""Measure: what happened, as numbers that say how they were made.

This room owns metric definitions, rollups, dashboards and reports. It reads the rows of the rooms below it and
writes nothing but its own rollups; it announces no facts that change what anybody may do. The formulas themselves
stand in `formulas/`, in plain Python that knows neither the database nor the web.
"""
