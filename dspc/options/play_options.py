"""The command line of `dspc-play` as one table, like dspc/options/compile_options.py."""

# No `from __future__ import annotations`: the annotations are read as objects, from any module.

from dataclasses import dataclass
from typing import Annotated, ClassVar

from dspc.messages import usage_error
from dspc.options.loop_options import LoopOptions
from dspc.options.source_options import OptionalText, OptionalWhole
from dspc.options.specs import option
from dspc.running.rates import check_rate
from dspc.targets.registry import check_fast_math, find_backend, required

NULL_DEVICE = "null"
_BLOCK = 256
_LARGEST_PORT = 65535


@dataclass(frozen=True)
class PlayOptions(LoopOptions):
    """Play the Faust program FILE through the machine's sound device, with its interface in a
    page of the browser; edits of the file are heard when it is saved."""

    HEADING: ClassVar[str] = "Playing"

    backend: Annotated[
        str,
        option("--backend", "-b", metavar="llvm|cpp", help="Back end that runs it [llvm]."),
    ] = "llvm"
    device: Annotated[
        OptionalText,
        option(
            "--device",
            metavar="NAME",
            help="Sound device, by a part of its name or its number [the system's]; null: none.",
        ),
    ] = None
    list_devices: Annotated[
        bool, option("--devices", help="List the sound devices and MIDI inputs, and exit.")
    ] = False
    rate: Annotated[int, option("--rate", metavar="HZ", help="Sampling rate [48000].")] = 48000
    block: Annotated[int, option("--block", metavar="N", help=f"Frames of a block [{_BLOCK}].")] = (
        _BLOCK
    )
    voices: Annotated[
        OptionalWhole,
        option(
            "--voices",
            metavar="N",
            help="Notes that sound at once [what the program declares, or 16]; 0: no voices.",
        ),
    ] = None
    midi: Annotated[
        bool, option("--midi", help="Play by all MIDI inputs, or by a new one where there is none.")
    ] = False
    midi_port: Annotated[
        OptionalText,
        option("--midi-port", metavar="NAME", help="Play by the MIDI input of this name only."),
    ] = None
    port: Annotated[int, option("--port", metavar="N", help="Port of the page [a free one].")] = 0
    no_browser: Annotated[
        bool, option("--no-browser", help="Print the page's address, and open no browser.")
    ] = False

    @property
    def plays_midi(self) -> bool:
        """Whether MIDI inputs play the program."""
        return self.midi or self.midi_port is not None

    def check(self) -> None:
        """Refuse invalid options; raises DspcError, exit status 2."""
        if self.file is None and not self.list_devices:
            raise usage_error(1, "no file to play", "dspc-play --help lists the options")
        self.check_loops()
        target = find_backend(self.backend)
        if not target.plays_live:
            raise usage_error(7, required("dspc-play", "plays_live", "--backend", target))
        check_fast_math(target, self)
        from dspc.running.polyphony import MOST_VOICES

        if self.voices is not None and not 0 <= self.voices <= MOST_VOICES:
            raise usage_error(8, f"--voices is a number from 0 to {MOST_VOICES}")
        check_rate(self.rate)
        if not 1 <= self.block <= 1 << 16:
            raise usage_error(8, f"--block is at least 1 and at most {1 << 16}")
        if not 0 <= self.port <= _LARGEST_PORT:
            raise usage_error(8, f"--port is at most {_LARGEST_PORT}, not {self.port}")
