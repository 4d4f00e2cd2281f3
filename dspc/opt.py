"""`dspc-opt`: xDSL's `xdsl-opt` with the dialects, passes and targets of dspc, a front end for .dsp
files, and diagnostics in place of tracebacks."""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Sequence
from io import StringIO
from typing import IO, Any, NoReturn

from xdsl.dialects.builtin import ModuleOp
from xdsl.utils.exceptions import (
    ArgSpecParseError,
    DiagnosticException,
    ParseError,
    PassFailedException,
    VerifyException,
)
from xdsl.xdsl_opt_main import xDSLOptMain

from dspc.cli import guarded
from dspc.failures import leave
from dspc.messages import usage_error, warnings_shown
from dspc.mlir_text import MlirText
from dspc.multiverse import merged
from dspc.options.source_options import SourceOptions
from dspc.output import write_text
from dspc.pipelines.parsing import check_order, from_spec, parse_pipeline, read_target_spec
from dspc.pipelines.verification import verify_module
from dspc.support.diagnostics import DspcError, Source, Span
from dspc.support.limits import limited
from dspc.support.texts import unicode_text
from dspc.targets.registry import near


def main(argv: Sequence[str] | None = None) -> None:
    """The console script `dspc-opt`."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    with warnings_shown("dspc-opt"):
        sys.exit(guarded(lambda: _run(arguments), "dspc-opt", arguments))


def _run(arguments: list[str]) -> int:
    try:
        tool = DspcOptMain("Read MLIR or Faust, run passes, print the module.", arguments)
        options = SourceOptions(time_limit=tool.args.time_limit, memory_limit=tool.args.memory)
        limited(options.limits(), tool.run, leave)
        tool.write_output()
    except ParseError as error:
        raise _located(error) from None
    except ArgSpecParseError as error:
        # `-t` is read while arguments are parsed; the pipeline by `parse_pipeline`.
        raise usage_error(3, "invalid target: " + _last_line(error)) from None
    except VerifyException as error:
        raise DspcError("E0021", "the module is invalid: " + _last_line(error)) from None
    except (DiagnosticException, PassFailedException) as error:
        raise DspcError("E0022", _last_line(error)) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise usage_error(11, f"{error.filename}: cannot be read: {reason}") from None
    return 0


class _UnclosedText(StringIO):
    """An output stream whose text can be read after the driver has closed it."""

    def close(self) -> None:
        pass


class DspcOptMain(xDSLOptMain):
    """xDSL's driver with the dialects, passes and targets of every universe that can be loaded."""

    version_format = "dspc-opt built on xdsl {xdsl_version}"

    def register_all_dialects(self) -> None:
        for name, factory in merged().all_dialects.items():
            self.ctx.register_dialect(name, factory)

    def register_all_passes(self) -> None:
        for name, factory in merged().all_passes.items():
            self.register_pass(name, factory)

    def register_all_targets(self) -> None:
        for name, factory in merged().all_targets.items():
            self.available_targets.setdefault(name, factory)

    def register_all_frontends(self) -> None:
        # xDSL 0.75 has front ends in universes; ours need arguments of the driver.
        self.available_frontends.update(getattr(merged(), "all_frontends", {}))
        self.available_frontends.update(dsp=self.read_faust, mlir=self.read_mlir)

    def read_mlir(self, file: IO[bytes]) -> ModuleOp:
        """The module of a text, verified unless that is switched off; raises DspcError."""
        data = file.read()
        name = unicode_text(self.get_input_name())
        try:
            text = MlirText(data.decode("utf-8"), name)
        except UnicodeDecodeError as error:
            message = f"{name}: byte {error.start}: this is not UTF-8"
            raise usage_error(11, message) from None
        module = text.read(self.ctx, not self.args.no_implicit_module)
        text.place(module)
        if not self.args.disable_verify:
            text.verify(module)
        return module

    def apply_passes(self, prog: ModuleOp) -> None:
        """Apply passes in order; raises DspcError E0503 where one leaves an invalid module."""
        try:
            super().apply_passes(prog)
        except (DiagnosticException, VerifyException, PassFailedException):
            verify_module(prog, "after a pass")
            raise

    def read_faust(self, file: IO[bytes]) -> ModuleOp:
        """The module of a Faust program; raises DspcError for errors in the program."""
        from dspc.driver import read_program
        from dspc.frontends.faust.options import FrontendOptions

        options = FrontendOptions(
            precision="double" if self.args.double else "single",
            import_dirs=tuple(self.args.import_dir),
            process=self.args.process_name,
        )
        text = file.read().decode("utf-8", errors="replace")
        return read_program(Source(unicode_text(self.get_input_name()), text), options)

    def register_all_arguments(self, arg_parser: argparse.ArgumentParser) -> None:
        super().register_all_arguments(arg_parser)
        arg_parser.prog = "dspc-opt"
        arg_parser.usage = "dspc-opt [options] [FILE.mlir|FILE.dsp]"
        faust = arg_parser.add_argument_group("Faust programs")
        faust.add_argument("-double", "--double", action="store_true", help="64-bit floats")
        faust.add_argument("-I", "--import-dir", action="append", default=[], metavar="DIR")
        faust.add_argument("-pn", "--process-name", default="process", metavar="NAME")
        bounds = arg_parser.add_argument_group("limits, as in dspc")
        bounds.add_argument(
            "--timeout", dest="time_limit", type=float, default=120.0, metavar="SEC"
        )
        bounds.add_argument("--memory-limit", dest="memory", metavar="SIZE")

        def error(message: str) -> NoReturn:
            if hasattr(self, "args"):
                # The command line is parsed already: the target is unknown.
                name = read_target_spec(self.args.target).name
                raise usage_error(3, f"unknown target {name}", near(name, self.target_list()))
            raise usage_error(1, message.split(" (choose from")[0])

        # argparse would print a page of usage with the names of all passes.
        setattr(arg_parser, "error", error)  # noqa: B010

    def target_list(self) -> list[str]:
        """The names that `-t` accepts."""
        return list(self.available_targets)

    def check_target(self) -> None:
        """Refuse unknown options of the target of `-t`, before a file is read."""
        spec = read_target_spec(self.args.target)
        entry: Any = self.available_targets[spec.name]
        if inspect.signature(entry).parameters:
            # A function of a module and a stream: it has no options.
            return
        from_spec(entry(), spec, 3)

    def setup_pipeline(self) -> None:
        self.check_target()
        check_order(parse_pipeline(self.args.passes or ""), None)
        try:
            super().setup_pipeline()
        except Exception as error:
            raise usage_error(5, _last_line(error)) from None

    def prepare_input(self) -> tuple[list[tuple[IO[bytes], int]], str]:
        try:
            return super().prepare_input()
        except ValueError as error:
            raise usage_error(
                12, _last_line(error), "the front ends are mlir and dsp; see -f"
            ) from None

    def prepare_output(self) -> IO[str]:
        self.output = _UnclosedText()
        return self.output

    def write_output(self) -> None:
        """Write the printed text to the file of `-o` or to standard output."""
        write_text(self.args.output_file, self.output.getvalue())


def _located(error: ParseError) -> DspcError:
    span = error.span
    content = span.input.content
    text = content if isinstance(content, str) else content.decode("utf-8", errors="replace")
    place = Span(Source(span.input.name, text), span.start, span.end)
    return DspcError("E0020", error.msg, place)


def _last_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip(" ^-\t")]
    return lines[-1] if lines else type(error).__name__


if __name__ == "__main__":
    main()
