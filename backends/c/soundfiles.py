"""Reading sound files through the host's `Soundfile` structure."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Operation

from dspc.backends.c.arithmetic import c_type
from dspc.backends.c.expressions import Expr, binary, call, element

_LAST_PART = 255
_CONTENTS = "@soundfile"

SoundfileHandler = Callable[..., Expr]


def _clamped(index: Expr, last: Expr) -> Expr:
    zero = Expr("0")
    return call("std::max<int>", zero, call("std::min<int>", index, last))


def _part(part: Expr) -> Expr:
    if part.low >= 0 and part.high <= _LAST_PART:
        return part
    return _clamped(part, Expr(str(_LAST_PART)))


def _field(name: str) -> SoundfileHandler:
    return lambda _op, handle, part: element(f"{handle.text}->{name}", _part(part), _CONTENTS)


def _read(op: Operation, handle: Expr, part: Expr, index: Expr) -> Expr:
    channel = op.properties["channel"]
    assert isinstance(channel, IntegerAttr)
    part = _part(part)
    length = element(f"{handle.text}->fLength", part, _CONTENTS)
    offset = element(f"{handle.text}->fOffset", part, _CONTENTS)
    within = _clamped(index, binary("-", length, Expr("1")))
    kind = c_type(op.results[0].type)
    samples = f"static_cast<{kind}**>({handle.text}->fBuffers)[{channel.value.data}]"
    return element(samples, binary("+", offset, within), _CONTENTS)


SOUNDFILE_HANDLERS: dict[str, SoundfileHandler] = {
    "dsp.soundfile_length": _field("fLength"),
    "dsp.soundfile_rate": _field("fSR"),
    "dsp.soundfile_read": _read,
}
