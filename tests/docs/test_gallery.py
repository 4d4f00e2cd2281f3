"""The gallery: each program has a page, and sounds in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import dspc
from tests.browser import Browser, browser
from tests.conformance.in_browser import compared, in_browser

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted((ROOT / "examples" / "gallery").glob("*.dsp"))


@pytest.fixture(scope="module")
def page() -> Iterator[Browser]:
    with browser() as running:
        yield running


def test_each_program_has_a_page_with_its_source_and_player() -> None:
    index = (ROOT / "docs" / "gallery" / "index.md").read_text(encoding="utf-8")
    assert len(PROGRAMS) == 10
    for program in PROGRAMS:
        name = program.stem
        text = (ROOT / "docs" / "gallery" / f"{name}.md").read_text(encoding="utf-8")
        assert f'--8<-- "examples/gallery/{name}.dsp"' in text
        assert f'src="players/{name}.html' in text
        assert f"({name}.md)" in index


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_each_program_sounds_by_itself(page: Browser, program: Path) -> None:
    text = dspc.compile(program, target="web").code
    samples = in_browser(page, text, np.zeros((2, 88200), np.float32))
    assert samples.shape[0] == 2
    assert np.isfinite(samples).all()
    peak = np.abs(samples).max(axis=1)
    assert (peak > 0.02).all()
    assert (peak <= 1).all()


@pytest.mark.slow
def test_a_program_of_the_gallery_plays_the_samples_of_cpp(page: Browser) -> None:
    assert compared(page, str(ROOT / "examples" / "gallery" / "string.dsp")) <= 1e-5
