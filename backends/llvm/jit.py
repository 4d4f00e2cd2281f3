"""Access to LLVM through llvmlite: verification, optimisation, code generation and JIT."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, Any

from dspc.backends.llvm.code import FREE_LOOPS
from dspc.backends.llvm.object_cache import cached_object
from dspc.support.diagnostics import DspcError

if TYPE_CHECKING:
    import llvmlite.binding

_serial = itertools.count()


@cache
def binding() -> Any:
    """llvmlite's binding, with all targets initialised; DspcError E0015 if it is missing."""
    try:
        import llvmlite.binding as llvm
    except ImportError as error:
        reason = "is not installed" if error.name == "llvmlite" else f"can't be loaded: {error}"
        raise DspcError(
            "E0015",
            f"LLVM code needs the package llvmlite, which {reason}",
            hint="pip install 'dspc[jit]'",
            exit_status=2,
        ) from None
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    return llvm


def make_target_machine(
    triple: str | None = None, extensions: str = ""
) -> llvmlite.binding.TargetMachine:
    """The target machine of a triple with `extensions`, or of this CPU.

    Raises DspcError E0905 for an unknown triple.
    """
    llvm = binding()
    chosen = triple or llvm.get_process_triple()
    try:
        target = llvm.Target.from_triple(chosen)
    except RuntimeError as error:
        raise DspcError("E0905", f"LLVM knows no machine {triple}", exit_status=2) from error
    cpu = llvm.get_host_cpu_name() if triple is None else ""
    features = llvm.get_host_cpu_features().flatten() if triple is None else extensions
    # Position-independent WebAssembly would need a table of offsets from a dynamic loader.
    reloc = "static" if chosen.startswith("wasm") else "pic"
    return target.create_target_machine(
        cpu=cpu, features=features, opt=3, reloc=reloc, codemodel="default"
    )


def llvm_version() -> str:
    """The version of LLVM that llvmlite brings."""
    return ".".join(map(str, binding().llvm_version_info))


@cache
def host_key() -> str:
    """The version of LLVM, and the processor with its features."""
    llvm = binding()
    features = llvm.get_host_cpu_features().flatten()
    return f"{llvm_version()} {llvm.get_process_triple()} {llvm.get_host_cpu_name()} {features}"


def parse(text: str) -> llvmlite.binding.ModuleRef:
    """Parse and verify a module of LLVM IR."""
    llvm = binding()
    try:
        module = llvm.parse_assembly(text)
        module.verify()
    except RuntimeError as error:
        reason = " ".join(str(error).split())
        raise DspcError("E0099", f"LLVM refuses the code made for it: {reason}", None) from error
    return module


def optimize(
    module: llvmlite.binding.ModuleRef,
    machine: llvmlite.binding.TargetMachine,
    is_distributed: bool,
    level: int = 3,
) -> None:
    """Run LLVM's passes on a module, in place; `is_distributed` if it has loops over chunks.

    SLP vectorization then serves the short ones, which are unrolled first. In one loop over the
    frames it packs parts of serial chains: `StiffString` takes 2.5 times as long with it.
    """
    llvm = binding()
    options = llvm.create_pipeline_tuning_options(speed_level=level)
    options.loop_vectorization = level > 1
    options.slp_vectorization = level > 1 and is_distributed
    options.loop_interleaving = level > 1
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    builder.close()


def compiled(text: str, form: str, triple: str | None = None, extensions: str = "") -> bytes:
    """The optimised program in a file format `form`: o, s, bc or ll.

    `extensions` are those of the triple's instruction set that code may use, as LLVM writes them.
    Raises DspcError E0015 without llvmlite, E0905 for an unknown triple.
    """
    machine = make_target_machine(triple, extensions)
    module = parse(text)
    module.triple = machine.triple
    module.data_layout = str(machine.target_data)
    optimize(module, machine, FREE_LOOPS in text)
    if form == "o":
        return machine.emit_object(module)
    if form == "s":
        return machine.emit_assembly(module).encode()
    return module.as_bitcode() if form == "bc" else str(module).encode()


class Jit:
    """A program compiled into this process (LLVM ORC); its code lives as long as this object."""

    def __init__(self, text: str, functions: list[str], level: int = 2) -> None:
        """Compile at an optimization level of LLVM: at 3, our code is no faster than at 2, and some
        programs take three times as long to optimize.
        """
        llvm = binding()
        machine = make_target_machine()

        def compiled() -> bytes:
            module = parse(text)
            module.triple = machine.triple
            module.data_layout = str(machine.target_data)
            optimize(module, machine, FREE_LOOPS in text, level)
            return machine.emit_object(module)

        code = cached_object(f"{host_key()}\0{level}", text, compiled)
        self._jit = llvm.create_lljit_compiler(machine, use_jit_link=True, suppress_errors=True)
        library = llvm.JITLibraryBuilder().add_object_img(code)
        library.add_current_process()
        for name in functions:
            library.export_symbol(name)
        try:
            self._library = library.link(self._jit, f"dspc{next(_serial)}")
        except RuntimeError as error:
            reason = " ".join(str(error).split())
            raise DspcError("E0906", f"the program can't be linked: {reason}") from error
        self._addresses = {name: self._library[name] for name in functions}

    def address(self, function: str) -> int:
        """The address of a function."""
        return self._addresses[function]
