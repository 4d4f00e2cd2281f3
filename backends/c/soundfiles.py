"""Reading sound files through the host's `Soundfile` structure."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.dialects.builtin import Float32Type, IntegerAttr
from xdsl.ir import Operation

from dspc.backends.c.expressions import Expr, binary, call, element
from dspc.backends.c.language import SoundfileHandler

_LAST_PART = 255
_CONTENTS = "@soundfile"


def soundfile_handlers(
    minimum: str, maximum: str, pointer_cast: str
) -> Mapping[str, SoundfileHandler]:
    """The ops that read the structure, for a language with these spellings (see `Language`)."""

    def clamped(index: Expr, last: Expr) -> Expr:
        return call(maximum, Expr("0"), call(minimum, index, last))

    def part_of(part: Expr) -> Expr:
        if part.low >= 0 and part.high <= _LAST_PART:
            return part
        return clamped(part, Expr(str(_LAST_PART)))

    def field(name: str) -> SoundfileHandler:
        return lambda _op, handle, part: element(f"{handle.text}->{name}", part_of(part), _CONTENTS)

    def read(op: Operation, handle: Expr, part: Expr, index: Expr) -> Expr:
        channel = op.properties["channel"]
        assert isinstance(channel, IntegerAttr)
        part = part_of(part)
        length = element(f"{handle.text}->fLength", part, _CONTENTS)
        offset = element(f"{handle.text}->fOffset", part, _CONTENTS)
        within = clamped(index, binary("-", length, Expr("1")))
        kind = "float" if isinstance(op.results[0].type, Float32Type) else "double"
        rows = pointer_cast.format(type=f"{kind}**", value=f"{handle.text}->fBuffers")
        samples = f"{rows}[{channel.value.data}]"
        return element(samples, binary("+", offset, within), _CONTENTS)

    return {
        "dsp.soundfile_length": field("fLength"),
        "dsp.soundfile_rate": field("fSR"),
        "dsp.soundfile_read": read,
    }
