"""The passes on signals: modules before and after each."""

from __future__ import annotations

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.frontends.faust.compile import compile_file, compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.pipelines.standard import load_pass
from dspc.support.diagnostics import DspcError, Source


def program(text: str) -> ModuleOp:
    return compile_source(Source("p.dsp", text), FrontendOptions())


def after(module: ModuleOp, *names: str) -> str:
    for name in names:
        load_pass(name)().apply(Context(), module)
        module.verify()
    return str(module)


def test_rates_narrow_what_only_widgets_feed() -> None:
    module = program('process(x) = x * sin(hslider("g", 0, 0, 1, 0.1));')
    text = after(module, "dsp-rates")
    assert "dsp.sin" in text
    assert "(!dsp.signal<f32, block>) -> !dsp.signal<f32, block>" in text


def test_delays_are_sized_by_the_range_of_their_widget() -> None:
    text = after(
        program('process(x) = x@int(hslider("n", 3, 0, 99, 1));'), "dsp-rates", "dsp-size-delays"
    )
    assert "max = 99 : i64" in text


@pytest.mark.parametrize(
    ("amount", "code"),
    [("int(x*10)", "E0304"), ("(+(1) ~ _)", "E0303"), ("(int(x)-3)", "E0304")],
)
def test_a_delay_without_bounds_is_shown_in_the_source(
    amount: str, code: str, tmp_path: object
) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    path = tmp_path / "bad.dsp"
    path.write_text(f"// a comment\nprocess(x) = x@{amount};\n")
    module = compile_file(str(path), FrontendOptions())
    with pytest.raises(DspcError) as caught:
        after(module, "dsp-split-recursions", "dsp-rates", "dsp-size-delays")
    assert caught.value.code == code
    assert caught.value.span is not None
    assert caught.value.span.line == 2


def test_recursions_that_do_not_feed_each_other_part() -> None:
    module = program("process(x) = (x : + ~ *(0.5)) : + ~ *(0.25);")
    assert after(module, "dsp-split-recursions").count("dsp.rec") == 2


def test_simplify_folds_and_shares() -> None:
    text = after(program("process(x) = (x*2*3) + (x*2*3) + (1-1)*x;"), "dsp-simplify")
    assert text.count("dsp.mul") == 1
    assert "6.000000e+00" in text


@pytest.mark.parametrize(
    "name", ["dsp-simplify", "dsp-split-recursions", "dsp-rates", "dsp-size-delays"]
)
def test_a_second_run_changes_nothing(name: str) -> None:
    text = 'process(x) = (x@int(hslider("n", 3, 0, 9, 1)) : + ~ (*(0.5) : sin)) , x\';'
    module = program(text)
    once = after(module, "dsp-simplify", "dsp-split-recursions", "dsp-rates", "dsp-size-delays")
    assert after(module, name).count("\n") == once.count("\n")
