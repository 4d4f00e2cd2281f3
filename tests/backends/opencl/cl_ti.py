"""A program's TI branch under emulated built-ins: `cl_ti.py FILE HEAP FOLDER STORAGE FORM`.

Prints the largest difference of any voice from the C++ code's sound.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from cl_agree import RATE, loops, play

from dspc.backends.cpp.native import NativeInstance
from dspc.backends.opencl.printer import ClOptions, ClProgram, print_opencl
from dspc.dialects.dsp.ui import widget_paths

sys.path.insert(0, str(Path(__file__).with_name("ti_sim")))
from ti_sim import LocalBytes, TiProgram, build

VOICES, PIECES, HEAP_BYTES = 3, 4, 1 << 25


class TiInstance:
    """The voices of a program on the emulated device."""

    def __init__(self, program: ClProgram, library: TiProgram) -> None:
        self.program, self.library, self.turn = program, library, 0
        self.inputs = program.unit.inputs
        blocks = len(program.layout.blocks)
        self.heaps = {space: np.zeros(HEAP_BYTES // 8, np.uint64) for space in ("ddr", "msmc")}
        self.memory = np.zeros(blocks if program.heap else HEAP_BYTES // 8, np.uint64)
        first = {w.symbol: w.init for _, w in widget_paths(program.unit.tree)}
        zones = [0.0 if np.isnan(first[s]) else first[s] for s in program.layout.zones]
        self.zones = np.tile(np.array(zones, np.float64), VOICES) if zones else np.zeros(1)
        if program.heap:
            for space, heap in self.heaps.items():
                args = () if program.c_text else (heap, np.uint32(heap.nbytes))
                library.run(f"dspc_heap_init_{space}", 1, *args)
        missing = np.full(1, 99, np.int32)
        counts = np.int32(VOICES), np.int32(RATE)
        self.run("init", 1, *counts, missing, self.memory)
        assert missing[0] == 0, f"no room for block {missing[0]}"
        self.run("reset", 2, *counts, self.zones, self.memory)

    def run(self, kernel: str, items: int, *args: Any, parts: int | None = None) -> None:
        self.library.run(f"{self.program.name}_{kernel}", items, *args, parts=parts)

    def compute(self, sound: Any) -> Any:
        """One block; two work-items loop over three voices, whose memory is contiguous."""
        frames = sound.shape[1]
        outputs = np.zeros((VOICES, self.program.unit.outputs, frames))
        uploaded = np.ascontiguousarray(sound)
        counts = np.int32(frames), np.int32(VOICES), np.int32(1), np.int32(self.turn)
        near = (LocalBytes(self.program.local_bytes),) if self.program.local_argument else ()
        rest = uploaded, outputs, self.zones, self.memory, *near
        if not self.program.is_levelled:
            self.run("compute", 2, *counts, *rest)
        for now in self.program.rounds if self.program.is_levelled else ():
            for first in range(0, frames, now.chunk or frames):
                for launch in now.launches:
                    parts = launch.parts or PIECES
                    args = *counts, np.int32(first), *rest
                    self.run(launch.suffix, 2, *args, parts=parts)
        self.turn = 1 - self.turn
        return outputs


def main() -> None:
    path, heap, folder, storage, form = sys.argv[1:]
    module = loops(path, form, heap=heap)
    program = print_opencl(module, ClOptions(heap=heap, storage=storage))
    source = Path(folder) / "program.cl"
    source.write_text(program.text)
    c_file = source.with_suffix(".c") if program.c_text else None
    if c_file is not None:
        c_file.write_text(program.c_text)
    library = build(source, Path(folder), [f"-DDSPC_VOICES={VOICES}"], c_file)
    instance = TiInstance(program, TiProgram(library))
    expected = play(NativeInstance(loops(path, target="cpp"), RATE, ("-O1",)))
    print(float(np.abs(play(instance) - expected).max()))
    if program.heap:
        instance.run("destroy", 1, instance.memory)
        assert not instance.memory.any()


if __name__ == "__main__":
    main()
