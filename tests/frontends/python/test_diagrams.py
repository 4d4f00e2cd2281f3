"""Programs built from Python are the same modules as the same programs in Faust."""

from __future__ import annotations

import pytest
from xdsl.dialects.builtin import ModuleOp

from dspc.dialects.dsp.interface import ProgramOp
from dspc.frontends.faust.compile import compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.frontends.python import (
    Diagram,
    abs_,
    add,
    button,
    cut,
    delay,
    equal,
    faust,
    hslider,
    mem,
    multiply,
    program,
    rdtable,
    select2,
    sin,
    vbargraph,
    vgroup,
    waveform,
    wire,
)
from dspc.support.diagnostics import DspcError, Source


def body(module: ModuleOp) -> list[str]:
    """The ops of a program's body, without the names of values."""
    op = module.body.block.first_op
    assert isinstance(op, ProgramOp)
    for inner in op.walk():
        for value in (
            *inner.results,
            *[a for r in inner.regions for b in r.blocks for a in b.args],
        ):
            value.name_hint = None
    return str(op).split(" body {")[1].splitlines()


def in_faust(code: str) -> ModuleOp:
    source = Source("test.dsp", f'import("stdfaust.lib"); process = {code};')
    return compile_source(source, FrontendOptions())


SAME = [
    (wire >> mem, "_ : mem"),
    ((wire | wire) >> add, "_, _ : +"),
    (wire.split(wire | wire).merge(wire), "_ <: _, _ :> _"),
    (add >> ~(wire * 0.5), "+ ~ (_ * 0.5)"),
    (1 - 2 * sin(wire) / 3, "1 - 2 * sin(_) / 3"),
    (wire.delay(hslider("d", 1, 0, 9, 1)), '_ @ hslider("d", 1, 0, 9, 1)'),
    (delay(wire, 3) % 2, "(_ @ 3) % 2"),
    (select2(button("b"), 1, wire), 'select2(button("b"), 1, _)'),
    (
        rdtable(3, waveform(1, 2, 3) >> (cut | wire), wire),
        "rdtable(3, (waveform{1,2,3} : !, _), _)",
    ),
    (vgroup("g", wire * button("b")), 'vgroup("g", _ * button("b"))'),
    (wire >> vbargraph("m", 0, 1), '_ : vbargraph("m", 0, 1)'),
    (equal(wire, 1) | (wire > 2) | (wire <= 3), "(_ == 1), (_ > 2), (_ <= 3)"),
    (multiply(2), "*(2)"),
    (-abs_, "0 - abs"),
    (faust("fi.lowpass(2, 800)"), "fi.lowpass(2, 800)"),
]


@pytest.mark.parametrize(("diagram", "code"), SAME, ids=[code for _, code in SAME])
def test_same_as_in_faust(diagram: Diagram, code: str) -> None:
    assert body(program(diagram)) == body(in_faust(code))


def test_arities() -> None:
    assert (add.ins, add.outs) == (2, 1)
    assert ((wire | wire) >> add).ins == 2
    with pytest.raises(DspcError, match="do not fit together with `:`"):
        _ = (wire | wire) >> sin
    with pytest.raises(DspcError, match="3 arguments for 2 inputs"):
        add(1, 2, 3)


def test_a_program_has_outputs() -> None:
    with pytest.raises(DspcError, match="no outputs"):
        program(cut)


def test_names_and_metadata() -> None:
    text = str(program(wire, "tone", "double", {"author": "me"}))
    assert '@tone f64 metadata [["author", "me"], ["name", "tone"]]' in text
