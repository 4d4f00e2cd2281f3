"""The command line of `dspc-run` as one table, like dspc/options/compile_options.py."""

# No `from __future__ import annotations`: the annotations are read as objects, from any module.

import os
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast

from dspc.messages import usage_error
from dspc.options.source_options import OptionalText, OptionalTexts, OptionalWhole
from dspc.options.specs import option
from dspc.output import STANDARD_STREAM, check_sound_path
from dspc.running.rates import check_rate
from dspc.targets.base import Target
from dspc.targets.interp_options import InterpRunOptions
from dspc.targets.opencl_options import OpenClRunOptions
from dspc.targets.registry import (
    DEFAULT,
    check_backend,
    check_fast_math,
    find_backend,
    is_given,
    own_targets,
)

if TYPE_CHECKING:
    from dspc.running.audio import SampleFormat

BACKEND_FLAGS = ("--backend", "-b")
BLOCK = Target.block
_OTHER_BLOCKS = "".join(f"; {one.name} {one.block}" for one in own_targets() if one.block != BLOCK)
_NAMES = "|".join(one.name for one in own_targets() if one.runs)
MOST_VOICES, MOST_FRAMES = 1 << 20, 1 << 24

_NOTES = "Notes and voices"

OptionalNumber = float | None


@dataclass(frozen=True)
class RunOptions(OpenClRunOptions, InterpRunOptions):
    """Run the Faust program FILE on a sound file or a test signal and write its output."""

    HEADING: ClassVar[str] = "Sound"

    backend: Annotated[
        str,
        option(*BACKEND_FLAGS, metavar=_NAMES, help=f"Back end that runs the program [{DEFAULT}]."),
    ] = DEFAULT
    input: Annotated[
        OptionalText,
        option("-i", "--input", metavar="FILE", help="Read the input from a sound file."),
    ] = None
    output: Annotated[
        OptionalText,
        option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write the output to a sound file, or an array to x.npy.",
        ),
    ] = None
    form: Annotated[
        str,
        option("--format", metavar="16|24|32|float", help="Sample format of the output file [16]."),
    ] = "16"
    seconds: Annotated[
        OptionalNumber,
        option("--seconds", metavar="SEC", help="Duration [that of the input file, or 5]."),
    ] = None
    rate: Annotated[
        OptionalWhole,
        option("--rate", metavar="HZ", help="Sampling rate [the input file's, or 48000]."),
    ] = None
    resample: Annotated[
        bool,
        option("--resample", help="Convert the input file to --rate, if it has another."),
    ] = False
    block: Annotated[
        int | None,
        option("--block", metavar="N", help=f"Frames of a block [{BLOCK}{_OTHER_BLOCKS}]."),
    ] = None
    impulse: Annotated[bool, option("--impulse", help="Use a unit impulse as input.")] = False
    noise: Annotated[bool, option("--noise", help="Use white noise as input.")] = False
    sine: Annotated[OptionalNumber, option("--sine", metavar="HZ", help="Use a sine as input.")] = (
        None
    )
    silence: Annotated[bool, option("--silence", help="Use silence as input.")] = False
    settings: Annotated[
        OptionalTexts,
        option("--set", metavar="PATH=VALUE", help="Set a control before the first frame."),
    ] = None
    change_files: Annotated[
        OptionalTexts,
        option(
            "--set-file",
            metavar="FILE",
            help="Set controls over time, from JSON: {path: value or [[seconds, value], ...]}.",
        ),
    ] = None
    presses: Annotated[
        OptionalTexts,
        option(
            "--press",
            metavar="PATH[=SEC]",
            help="Press a button for the first block, or for SEC seconds.",
        ),
    ] = None
    list_controls: Annotated[bool, option("--controls", help="List the controls and exit.")] = False
    normalize: Annotated[
        bool, option("--normalize", help="Scale the output to a peak of -1 dBFS.")
    ] = False
    plot: Annotated[
        OptionalText,
        option(
            "--plot",
            metavar="FILE.png",
            help="Plot waveforms and spectrograms; with --impulse, also gain and group delay.",
        ),
    ] = None

    midi: Annotated[
        OptionalText,
        option("--midi", metavar="FILE.mid", help="Play the program by a MIDI file.", group=_NOTES),
    ] = None
    notes: Annotated[
        OptionalTexts,
        option(
            "--note",
            metavar="KEY:START[:SEC[:VELOCITY]]",
            help="Play a note: 60:0:1:0.8 is middle C from 0 s on, for 1 s, at velocity 0.8.",
            group=_NOTES,
        ),
    ] = None
    voices: Annotated[
        OptionalWhole,
        option(
            "--voices",
            metavar="N",
            help="With notes, play at most N at once [what the program declares, or 16]; otherwise "
            "run N instances in parallel, of which -o x.npy writes one array (opencl).",
            group=_NOTES,
        ),
    ] = None
    batch: Annotated[
        OptionalText,
        option(
            "--batch",
            metavar="FILE",
            help="Run one instance for each object of controls in a JSON list (opencl).",
            group=_NOTES,
        ),
    ] = None

    @property
    def plays(self) -> bool:
        """Whether notes play the program."""
        return self.midi is not None or bool(self.notes)

    @property
    def frames(self) -> int:
        """The frames of a block; the back end's default unless `--block` is given."""
        return find_backend(self.backend).block if self.block is None else self.block

    def settings_of_backend(self, voices: int) -> dict[str, Any]:
        """Arguments of `Target.open` from options of the chosen back end that are given."""
        target = find_backend(self.backend)
        settings = {
            name: getattr(self, name) for name in target.run_settings if is_given(self, name)
        }
        return {**settings, "voices": voices} if target.runs_voices else settings

    def check(self) -> None:
        """Refuse invalid and contradictory options; raises DspcError, exit status 2."""
        if self.file is None and not self.print_pipeline:
            raise usage_error(1, "no file to run", "dspc-run --help lists the options")
        if self.output is not None:
            check_sound_path(self.output)
        if self.output == STANDARD_STREAM:
            if self.plot == STANDARD_STREAM:
                raise usage_error(7, "-o and --plot would both be written to standard output")
            if (self.voices is not None or self.batch is not None) and not self.plays:
                raise usage_error(7, "several voices are several files: -o FILE names them")
        self.check_loops()
        target = find_backend(self.backend)
        self._check_notes(target)
        check_fast_math(target, self)
        if self.voices is not None and not 1 <= self.voices <= MOST_VOICES:
            raise usage_error(8, f"--voices is a number from 1 to {MOST_VOICES}")
        if self.form not in ("16", "24", "32", "float"):
            raise usage_error(8, f"--format is one of 16, 24, 32, float, not {self.form}")
        sources = (self.input is not None, self.impulse, self.noise, self.sine is not None)
        if sum((*sources, self.silence)) > 1:
            raise usage_error(7, "-i, --impulse, --noise, --sine and --silence exclude each other")
        if not 1 <= self.frames <= MOST_FRAMES:
            raise usage_error(8, f"--block is at least 1 and at most {MOST_FRAMES}")
        if self.rate is not None:
            check_rate(self.rate)
        if self.resample and (self.input is None or self.rate is None):
            raise usage_error(7, "--resample requires -i FILE and --rate HZ")
        if self.sine is not None and not isfinite(self.sine):
            raise usage_error(8, f"--sine is a frequency, not {self.sine}")
        if self.seconds is not None and not 0 < self.seconds < 1e6:
            raise usage_error(8, "--seconds is more than 0 and less than a million")

    def check_packages(self) -> None:
        """Refuse output that needs a missing package before it is rendered; raises E0015."""
        if self.plot is not None:
            from dspc.figures.plot import check_plot

            check_plot(self.plot)
        if self.output is not None:
            from dspc.running.audio import check_writable

            check_writable(self.output)

    def _check_notes(self, target: Target) -> None:
        """Refuse options of parallel instances with notes, and of back ends without them."""
        if not self.plays:
            check_backend(target, self)
            return
        if self.batch is not None:
            raise usage_error(7, "--batch excludes --midi and --note")
        if target.runs_voices:
            message = f"--midi and --note are not for --backend {target.name}"
            raise usage_error(7, message, "--backend llvm, cpp and interp play notes")
        check_backend(target, replace(self, voices=None))
        if self.midi is not None:
            from dspc.running.notes import check_mido

            check_mido()

    def sample_format(self) -> "SampleFormat":
        """`--format`, after `check`."""
        return cast("SampleFormat", self.form)

    def title(self) -> str:
        """The program's name for a heading."""
        return os.path.splitext(os.path.basename(self.file or ""))[0].replace("_", " ")
