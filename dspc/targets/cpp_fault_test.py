"""`--fault-test`: runs a program once for each of its allocations, with that one failing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dspc.messages import usage_error
from dspc.output import flush_output
from dspc.support.diagnostics import DspcError
from dspc.support.files.transient import run_command, scratch_folder
from dspc.support.limits import limited
from dspc.support.texts import text_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dspc.options.compile_options import CompileOptions

FLAGS = ("-std=c++17", "-O1")
WRAPPED = (
    "-DDSPC_WRAP_MALLOC",
    *(f"-Wl,--wrap={name}" for name in ("malloc", "calloc", "realloc")),
)
"""Further flags, for linkers with --wrap: direct calls of malloc are counted as well."""
_MAIN = """
// A life with two blocks in each instance, all controls as they start.
int main()
{
	const int count = 64;
	std::vector<FAUSTFLOAT> silence(count, 0), sink(count * %(outputs)d, 0);
	std::vector<FAUSTFLOAT*> inputs(%(inputs)d, silence.data()), outputs(%(outputs)d);
	for (int i = 0; i < %(outputs)d; ++i) outputs[i] = sink.data() + i * count;
	const auto compute = [&](FAUSTCLASS& program) {
		program.compute(count, inputs.data(), outputs.data());
		program.compute(count, inputs.data(), outputs.data());
	};
	dspc::UnwatchedHeap heap;
	const dspc::Watch watch;
	const bool good = dspc::rehearse<FAUSTCLASS>(44100, compute, stdout, &heap);
	const size_t hidden = watch.hidden();
	if (hidden) std::printf("%%zu allocations went around the allocator: FAILED\\n", hidden);
	return good && !hidden ? 0 : 1;
}
"""


def run_fault_test(options: CompileOptions, flags: Sequence[str] = FLAGS) -> int:
    """Print the table of `dspc::rehearse`; 0 if every failure was handled, else 1.

    Raises DspcError for errors in the options or the program, or if the C++ compiler fails.
    """
    if options.emit or options.output or options.architecture or options.manager:
        raise usage_error(7, "--fault-test excludes -o, -a, -mem and --emit")
    flush_output()
    with scratch_folder() as folder:
        beside = f"-I{Path(options.file or '.').parent}"

        def build() -> Path:
            return build_program(fault_test_code(options), Path(folder), (*flags, beside))

        program = limited(options.limits(), build)
        return 0 if subprocess.run([str(program)], check=False).returncode == 0 else 1


def fault_test_code(options: CompileOptions) -> str:
    """The C++ program that runs a DSP program under `dspc::rehearse`."""
    from dspc.backends.common.lowered import read_unit
    from dspc.compile_checks import check_options
    from dspc.driver import Clock, read_program, run_passes
    from dspc.pipelines.selection import choose_passes
    from dspc.targets.cpp import CppTarget

    chosen = replace(options, allocator_api=True, fault_test=False)
    check_options(chosen)
    module = read_program(chosen.file or "", chosen.frontend())
    run_passes(module, choose_passes(chosen), chosen, Clock())
    unit = read_unit(module)
    host = _backend() / "native_host.hpp"
    parts = (
        f"#define FAUSTFLOAT {'float' if unit.single else 'double'}",
        host.read_text(encoding="utf-8"),
        '#include "dspc/rehearse.h"',
        '#include "dspc/watch.h"',
        CppTarget().text(module, chosen),
        _MAIN % {"inputs": unit.inputs, "outputs": unit.outputs},
    )
    return "\n".join(parts)


def build_program(code: str, folder: Path, flags: Sequence[str] = FLAGS) -> Path:
    """Build an executable in `folder`; raises DspcError E0720 (no compiler) or E0721 (it fails)."""
    from dspc.backends.cpp.build import find_compiler

    source, executable = folder / "program.cpp", folder / "program"
    source.write_bytes(text_bytes(code))
    wrapped = WRAPPED if sys.platform == "linux" else ()
    command = [*find_compiler(), *flags, *wrapped, f"-I{_backend() / 'runtime'}", str(source)]
    # Headers of foreign functions may be in the working folder or beside the program.
    command += [f"-I{os.getcwd()}", "-o", str(executable), "-pthread"]
    status, _, errors = run_command(command)
    if status:
        said = "\n".join(os.fsdecode(errors).splitlines()[:20])
        raise DspcError("E0721", f"the C++ compiler failed ({command[0]}):\n{said}")
    return executable


def _backend() -> Path:
    import dspc.backends.cpp

    return Path(dspc.backends.cpp.__file__ or "").parent
