"""docs/faust_options.md, from the table of Faust's options."""

from __future__ import annotations

from collections.abc import Iterable

from dspc.faust_option_rows import DONE_ROWS
from dspc.faust_options import ACCEPTED, REFUSED, RENAMED, FaustOption

_HEAD = """# Faust's options

`dspc` accepts the command line of Faust, of Debian's 2.54.9 and of the 2.8x series. This page lists
what each option does, for those who replace `faust` by `dspc` in a build:

    dspc -vec -vs 64 -double -cn Reverb -a minimal.cpp reverb.dsp -o reverb.cpp

or by a command of that name, which scripts such as `faust2jack` then run:

    dspc --install-faust ~/bin

Long names (`--vectorize`) are accepted where Faust has them, and every short name with two dashes
as well. A file that is named several times is compiled once. An option that is refused is an error
(`E0009`, exit status 2) with a hint at an alternative. The comment at the head of generated C++,
its metadata and `-json` give the options that rebuild the text; folders (`-I`, `-A`) are left out.

## As in Faust

| options | |
| --- | --- |
"""

_SCRIPTS = """## Faust's scripts

With the `faust` of `--install-faust` first in `$PATH`, these of Debian's 68 scripts make their
product from a small program (Debian 12, with the libraries that they link):

| | scripts `faust2...` |
| --- | --- |
| make it | alqt, alsa, alsaconsole, api, audiokit, bela, csound, csvplot, dssi, \
dummymem, esp32, gen, \
graph, jackconsole, juce, ladspa, linuxunity, minimal, netjackconsole, netjackqt, octave, owl, \
plot, puredata, pure, sam, sig |
| need what dspc does not make | cmajor, dplug, portaudiojulia (languages), mathdoc, \
mathviewer (LaTeX) |
| stop in the script or its architecture file | bench, daisy, lv2 |
| were not run to their end | dummy, jack, jackserver, jaqt, jaqtchain, paqt, raqt: stopped \
after two minutes in the C++ compiler; cpalrust, eps, feh, jackrust, pdf, png, portaudiorust, ros, \
rosgtk, sc: without the tools that they call |

`pytest --full tests/dspc/test_toolchain.py` runs the first row beside Faust; a sample of it, a
console program whose samples are compared and a LADSPA plug-in in a host, is among the tests of
each change.
"""


def page() -> str:
    """The text of the page."""
    done = [f"| {_code(names.split())} | {told} |" for names, _, told in DONE_ROWS]
    parts = [
        _HEAD + _lines(done),
        "## Under another name\n\n| options | name | |\n| --- | --- | --- |\n"
        + _lines(
            f"| {_code(row.names[:1])} | `{' '.join(row.instead)}` | {row.why} |" for row in RENAMED
        ),
        "## Accepted without effect\n\n| options | why |\n| --- | --- |\n"
        + _lines(_grouped(ACCEPTED)),
        "## Refused\n\n| options | what to do |\n| --- | --- |\n" + _lines(_grouped(REFUSED)),
        "Other values of `-lang` are refused: take the C++ class, or LLVM's object files with a C "
        "header.\n",
        _SCRIPTS,
    ]
    return "\n".join(parts)


def _grouped(rows: Iterable[FaustOption]) -> list[str]:
    """One line for each text; options that share it stand together."""
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row.why, []).append(row.names[0])
    return [f"| {_code(found)} | {why} |" for why, found in names.items()]


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _lines(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)
