"""The example of each pass: `dspc-opt` makes the module after of the module before.

`pytest --update-golden` writes the modules after anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser
from xdsl.universe import Universe

from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import PASSES
from dspc.pipelines.verification import verify_module
from dspc.validation import Validation
from tests.docs.pass_examples import Example, examples

BOARD = "dsp-place-allocations"
"""The example for a machine with gigabytes, which the interpreter maps."""


def test_each_pass_has_an_example() -> None:
    assert {example.pass_name for example in examples()} == set(PASSES)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_example(example: Example, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    text = example.made(tmp_path)
    assert text != example.before, "the example shows nothing"
    if pytestconfig.getoption("--update-golden"):
        example.path.write_text(example.text_with(text))
    assert example.text_with(text) == example.path.read_text(), "see pytest --update-golden"


def module(text: str) -> ModuleOp:
    context = Context()
    for name, load in Universe.get_multiverse().all_dialects.items():
        context.register_dialect(name, load)
    return Parser(context, text).parse_module()


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(
            example, id=example.name, marks=pytest.mark.slow if example.name == BOARD else ()
        )
        for example in examples()
        if not example.is_error
    ],
)
def test_example_computes_the_same(example: Example) -> None:
    changed = module(example.before)
    verify_module(changed, "before")
    validation = Validation(changed)
    for one in parse_pipeline(example.keys["pipeline"]):
        one.apply(Context(), changed)
        validation.after(one)
    verify_module(changed, "after")
