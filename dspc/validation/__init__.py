"""Translation validation (Pnueli, Siegel and Singerman, TACAS 1998), by running the interpreter.

The program before and after a pass is run by the same scripts (`runs.py`). A pass that may change
floating-point rounding has the class attribute `REASSOCIATES = True`, and its results are compared
within a bound that is measured on the program (`backends/interp/checks/error_bounds.py`). One that
replaces subnormal numbers by 0 has `FLUSHES = True`, one that assumes the declared ranges of inputs
and controls `SIZES = True`. All others must preserve every bit. docs/validation.md has the details.

Errors: E0501 a pass changed the results, E0502 the module cannot be run after a pass.
"""

from dspc.validation.validator import LOOSE, Validation

__all__ = ["LOOSE", "Validation"]
