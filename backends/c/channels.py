"""The arrays of inputs and outputs that a host passes to `compute`."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import SSAValue

from dspc.backends.c.functions import FunctionPrinter
from dspc.backends.c.names import Names
from dspc.backends.c.storage import host_array


def bind_channels(
    printer: FunctionPrinter, channels: Sequence[SSAValue], inputs: int, names: Names
) -> list[str]:
    """Bind the channels, inputs first, to pointers; the declarations of those that are used."""
    lines: list[str] = []
    for number, channel in enumerate(channels):
        at = number - inputs
        source = f"inputs[{number}]" if at < 0 else f"outputs[{at}]"
        name = names.fresh(f"input{number}" if at < 0 else f"output{at}", "channel")
        if channel.uses:
            lines.append(f"FAUSTFLOAT* {name} = {source};")
        printer.bind(channel, host_array(name, channel.type, printer.language))
    return lines
