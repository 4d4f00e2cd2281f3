"""docs/faust_options.md, from the table of Faust's options."""

from __future__ import annotations

from collections.abc import Iterable

from dspc.options.faust_option_rows import DONE_ROWS
from dspc.options.faust_options import ACCEPTED, REFUSED, RENAMED, FaustOption

_HEAD = """# Faust's options

`dspc` accepts the command line of Faust, of Debian's 2.54.9 and of the 2.8x series. This page lists
what each option does, for those who replace `faust` by `dspc` in a build:

    dspc -vec -vs 64 -double -cn Reverb -a minimal.cpp reverb.dsp -o reverb.cpp

or by a command of that name, which scripts such as `faust2jack` then run:

    dspc --install-faust ~/bin

Long names (`--vectorize`) are accepted where Faust has them, and every short name with two dashes
as well. A file that is named several times is compiled once. An option that is refused is an error
(`E0009`, exit status 2) with a hint at an alternative. The comment at the head of generated code
(C++, C, OpenCL C, LLVM IR and its header, Python), the metadata of classes and `-json` give the
options that rebuild the text; folders (`-I`, `-A`) are left out.

## As in Faust

| options | |
| --- | --- |
"""

_SCRIPTS = """## Faust's scripts

With the `faust` of `--install-faust` first in `$PATH`, `python -m tests.conformance.scripts` runs
each of Debian's 47 scripts that source `faustpath` on a small program, with dspc and with Faust,
and compares what they make: the files and what archives hold, plug-ins loaded by a process of their
own and the functions that hosts look up, samples that LADSPA and DSSI plug-ins play in a host and
that programs print, how other programs end without sound and screen. On Debian 12, with the
libraries that they link and C++ without optimization:

| | scripts `faust2...` |
| --- | --- |
| 32 make the same with both | alqt, alsa, alsaconsole, audiokit, bela, csound, csvplot, dssi, \
dummy, dummymem, esp32, gen, jack, jackconsole, jackserver, jaqt, jaqtchain, juce, ladspa, \
linuxunity, minimal, netjackconsole, netjackqt, octave, owl, paqt, plot, puredata, raqt, sam, \
supercollider, wasm |
| 4 need what dspc does not make | cmajor, dplug, portaudiojulia, webaudiowasm: languages |
| 11 make nothing with Faust either | api and daisy ask for options, bench does not compile; \
cpalrust, jackrust, portaudiorust, ros, rosgtk, sndfile, teensy, unity: without the tools that \
they call |

Of the others, graph, pure and sig make the same with both; mathdoc and mathviewer need LaTeX of
signals, which dspc does not make; lv2 stops in the script; eps, feh, pdf, png and sc were not
run.

A sample, a console program whose samples are compared and a LADSPA plug-in that runs in a host,
is among the tests of each change; `pytest --full tests/dspc/test_toolchain.py` runs 27 scripts.
"""


def page() -> str:
    """The text of the page."""
    done = [f"| {_code(names.split())} | {description} |" for names, _, description in DONE_ROWS]
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
    return [f"| {_code(options)} | {why} |" for why, options in names.items()]


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _lines(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)
