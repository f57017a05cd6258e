"""The formulas behind every figure, in plain Python: values in, values out.

Conventions that hold in every file here:

* periods are half-open, [start, end);
* a ratio keeps its numerator and denominator, and has no value when the denominator is 0;
* what is not known is a named value (`absent.py`), never 0 and never a bare `None` in a figure;
* nothing here reads a clock: `now` is always given.
"""
