"""The command line of `dspc-run` as one table, like dspc/options.py."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast

from dspc.diagnostics import usage_error
from dspc.options import LoopOptions
from dspc.source_options import OptionalText, OptionalTexts, option

if TYPE_CHECKING:
    from dspc.audio import SampleFormat

BLOCK, LONG_BLOCK = 512, 4096
BACKENDS = ("cpp", "interp", "llvm", "opencl")
MOST_VOICES = 1 << 20

OptionalNumber = float | None
OptionalWhole = int | None


@dataclass(frozen=True)
class RunOptions(LoopOptions):
    """Run FILE, a Faust program, on a sound file or a test signal, and write what it plays."""

    backend: Annotated[
        str,
        option("--backend", "-b", metavar="|".join(BACKENDS), help="What runs the program [cpp]."),
    ] = "cpp"
    input: Annotated[
        OptionalText, option("-i", "--input", metavar="FILE", help="Sound file to hear.")
    ] = None
    output: Annotated[
        OptionalText,
        option(
            "-o", "--output", metavar="FILE", help="Sound file to write; x.npy holds the array."
        ),
    ] = None
    form: Annotated[
        str,
        option("--format", metavar="16|24|32|float", help="Samples of the output file [16]."),
    ] = "16"
    seconds: Annotated[
        OptionalNumber,
        option("--seconds", metavar="SEC", help="How long [as the input file, or 5]."),
    ] = None
    rate: Annotated[
        OptionalWhole,
        option("--rate", metavar="HZ", help="Sampling rate [the input file's, or 48000]."),
    ] = None
    block: Annotated[
        int | None,
        option("--block", metavar="N", help=f"Frames at a time [{BLOCK}; opencl {LONG_BLOCK}]."),
    ] = None
    impulse: Annotated[bool, option("--impulse", help="Hear a single 1.")] = False
    noise: Annotated[bool, option("--noise", help="Hear white noise.")] = False
    sine: Annotated[OptionalNumber, option("--sine", metavar="HZ", help="Hear a sine of HZ.")] = (
        None
    )
    silence: Annotated[bool, option("--silence", help="Hear nothing.")] = False
    settings: Annotated[
        OptionalTexts, option("--set", metavar="PATH=VALUE", help="Set a control.")
    ] = None
    change_files: Annotated[
        OptionalTexts,
        option(
            "--set-file",
            metavar="FILE",
            help="Set controls over time: JSON, {path: value or [[seconds, value], ...]}.",
        ),
    ] = None
    presses: Annotated[
        OptionalTexts,
        option(
            "--press",
            metavar="PATH[=SEC]",
            help="Hold a button down for the first block, or for SEC seconds.",
        ),
    ] = None
    list_controls: Annotated[
        bool, option("--controls", help="List the program's controls and stop.")
    ] = False
    normalize: Annotated[bool, option("--normalize", help="Bring the loudest sample to -1 dB.")] = (
        False
    )
    plot: Annotated[
        OptionalText,
        option("--plot", metavar="FILE.png", help="Draw waveforms and spectrograms."),
    ] = None

    voices: Annotated[
        OptionalWhole,
        option(
            "--voices",
            metavar="N",
            help="Run N instances at once (opencl); -o x.npy writes them as one array.",
        ),
    ] = None
    batch: Annotated[
        OptionalText,
        option(
            "--batch",
            metavar="FILE",
            help="Run an instance for each object of controls in a JSON list (opencl).",
        ),
    ] = None
    fail: Annotated[
        OptionalText,
        option(
            "--fail-allocation",
            metavar="N|N+|SEED:P",
            help="Let the Nth request for memory fail, all from it on, or P in 1000 (interp).",
        ),
    ] = None
    platform: Annotated[
        OptionalText,
        option(
            "--platform",
            metavar="TEXT",
            help="OpenCL device: part of its name, or its platform's name or version.",
        ),
    ] = None

    seed: Annotated[
        OptionalWhole,
        option(
            "--seed",
            metavar="N",
            help="With -omp or -sch, the interp back end's order of what may run at once [0].",
        ),
    ] = None

    @property
    def frames(self) -> int:
        """The frames of a block: to launch one costs time, so that those of opencl are long."""
        if self.block is not None:
            return self.block
        return LONG_BLOCK if self.backend == "opencl" else BLOCK

    def settings_of_backend(self, voices: int) -> dict[str, Any]:
        """What only the chosen back end's instances take."""
        if self.backend == "interp":
            return {"seed": self.seed or 0, "fail": self.fail}
        if self.backend != "opencl":
            return {}
        return {
            "voices": voices,
            "heap": self.heap,
            "platform": self.platform,
            "verbose": self.verbose,
        }

    def check(self) -> None:
        """Raise DspcError, exit status 2, for what cannot be meant."""
        if self.file is None:
            raise usage_error(1, "no file to run", "dspc-run --help lists the options")
        self.check_loops()
        if self.backend not in BACKENDS:
            hint = f"there are {', '.join(BACKENDS)}"
            raise usage_error(3, f"no back end is called {self.backend}", hint)
        if self.backend != "opencl":
            only = {"--voices": self.voices, "--batch": self.batch, "--platform": self.platform}
            given = [name for name, value in only.items() if value is not None]
            if given:
                message = f"{given[0]} goes with --backend opencl, not with {self.backend}"
                raise usage_error(7, message)
        if self.seed is not None and self.backend != "interp":
            raise usage_error(7, f"--seed goes with --backend interp, not with {self.backend}")
        if self.fail is not None and self.backend != "interp":
            message = f"--fail-allocation goes with --backend interp, not with {self.backend}"
            raise usage_error(7, message)
        if self.voices is not None and not 1 <= self.voices <= MOST_VOICES:
            raise usage_error(8, f"--voices is a number from 1 to {MOST_VOICES}")
        if self.form not in ("16", "24", "32", "float"):
            raise usage_error(8, f"--format is one of 16, 24, 32, float, not {self.form}")
        heard = (self.input is not None, self.impulse, self.noise, self.sine is not None)
        if sum((*heard, self.silence)) > 1:
            raise usage_error(7, "-i, --impulse, --noise, --sine and --silence exclude each other")
        if self.frames < 1 or (self.rate is not None and self.rate < 1):
            raise usage_error(8, "--block and --rate are at least 1")
        if self.seconds is not None and not 0 < self.seconds < 1e6:
            raise usage_error(8, "--seconds is more than 0 and less than a million")

    def sample_format(self) -> "SampleFormat":
        """`--format`, checked before."""
        return cast("SampleFormat", self.form)

    def title(self) -> str:
        """The program's name for a heading."""
        return os.path.splitext(os.path.basename(self.file or ""))[0].replace("_", " ")
