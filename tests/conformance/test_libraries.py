"""A sample of the libraries' documented functions; library_tests runs all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import library_docs
from .library_tests import judged

SAMPLE = (
    "an.amp_follower_ud", "ba.bitcrusher", "ba.pulse", "co.compressor_mono", "de.fdelay",
    "ef.echo", "en.adsr", "fi.lowpass", "fi.resonlp", "fi.zero", "ma.tanh", "mi.spring",
    "os.osc", "os.sawtooth", "pm.ks", "re.mono_freeverb", "ro.cross", "si.smooth",
)  # fmt: skip

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def functions() -> dict[str, library_docs.Function]:
    documented = library_docs.documented_functions(library_docs.library_folder())
    return {function.full_name: function for function in documented}


def test_the_libraries_document_hundreds_of_functions(
    functions: dict[str, library_docs.Function],
) -> None:
    assert len(functions) > 700
    assert set(SAMPLE) <= set(functions)


@pytest.mark.parametrize("name", SAMPLE)
def test_library_function_agrees(
    functions: dict[str, library_docs.Function], name: str, tmp_path: Path
) -> None:
    outcome = judged(functions[name], tmp_path, compile_only=False)
    assert outcome.status == "agree", outcome.detail
