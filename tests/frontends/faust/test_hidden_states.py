"""States that no output depends on: their widgets are those of Faust, and their meters move."""

from __future__ import annotations

import numpy as np
import pytest
from elaborating import elaborated

import dspc
from dspc.dialects.dsp.ui import placed_widgets

HEAD = 'process = (a letrec {{ {} }}) + vslider("v", 1, 0, 3, 0.1);'
LABELS = {
    "'a = a + 1; 'b = b * 0.5 + checkbox(\"k\");": ["k", "v"],
    "'a = a + 1; 'b = b * 0.5 + checkbox(\"k\"); 'c = b;": ["k", "v"],
    # No state reads b, or c: Faust computes neither.
    "'a = a + 1; 'b = a * 0.5 + checkbox(\"k\");": ["v"],
    '\'a = a + 1; \'b = checkbox("k"); \'c = a + hslider("z", 0, 0, 1, 0.1) * b;': ["k", "v"],
    "'a = a + 1; 'b = b + (u letrec { 't = t + checkbox(\"k\"); 'u = u + 1; });": ["k", "v"],
    '\'a = a + 1; \'b = button("x") + b : hbargraph("m", 0, 9);': ["m", "v", "x"],
}


@pytest.mark.parametrize(("equations", "labels"), LABELS.items())
def test_widgets_of_states_without_an_output(equations: str, labels: list[str]) -> None:
    result = elaborated(HEAD.format(equations))
    assert [widget.label for _, widget in placed_widgets([result.ui])] == labels


def test_a_meter_of_a_state_without_an_output_moves() -> None:
    equations = "'a = a + 1; 'b = b + 1 : hbargraph(\"m\", 0, 9);"
    program = dspc.load(HEAD.format(equations), "interp")
    np.testing.assert_array_equal(program(frames=5)[0], [2, 3, 4, 5, 6])
    assert program["m"] == 5
