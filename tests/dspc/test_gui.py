"""The interactive viewer on a program, without a terminal."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from dspc.gui import GuiOptions, main, viewer

FILTERS = Path(__file__).resolve().parents[2] / "examples" / "two_filters.dsp"


@pytest.mark.slow
def test_the_viewer_shows_the_program_and_applies_passes() -> None:
    app = viewer(GuiOptions(file=str(FILTERS), pipeline="dsp-size-delays,dsp-lower-to-loops"))

    async def shown() -> tuple[str, str]:
        async with app.run_test() as pilot:
            await pilot.pause()
            return app.input_text_area.text, app.output_text_area.text

    before, after = asyncio.run(shown())
    assert "dsp.program" in before
    assert "scf.for" in after
    assert "dsp_mem.buffer" in after


@pytest.mark.slow
def test_the_viewer_knows_the_passes_of_all_universes() -> None:
    names = [name for name, _ in viewer(GuiOptions(file=str(FILTERS))).all_passes]
    assert {"dsp-simplify", "canonicalize"} <= set(names)


def test_errors_of_the_viewer(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["no_such_file.dsp"], [str(FILTERS), "-p", "no-pass"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        assert "dspc-gui: error[E0" in capsys.readouterr().err
