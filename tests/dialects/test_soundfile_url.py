"""Where a soundfile's sounds come from, as Faust 2.54.9 passes it to hosts."""

from __future__ import annotations

import pytest

from dspc.backends.common.sounds import file_names
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget, soundfile_url


@pytest.mark.parametrize(
    ("urls", "expected", "files"),
    [
        ((), "{'mylabel'}", ["mylabel"]),
        (("bell.wav",), "{'bell.wav'}", ["bell.wav"]),
        (("{ 'a.wav' ;\t'b.wav' }",), "{'a.wav';'b.wav'}", ["a.wav", "b.wav"]),
        (("{'my bell.wav'; 'b'}",), "{'my bell.wav';'b'}", ["my bell.wav", "b"]),
        (("first.wav", "{'last.wav'}"), "{'last.wav'}", ["last.wav"]),
        (("",), "{''}", [""]),
    ],
)
def test_the_url_of_a_soundfile(urls: tuple[str, ...], expected: str, files: list[str]) -> None:
    metadata = [("style", "x"), *(("url", url) for url in urls)]
    widget = UiWidget(WidgetKind.SOUNDFILE, "s", "my label", metadata)
    assert soundfile_url(widget) == expected
    assert file_names(widget) == files
