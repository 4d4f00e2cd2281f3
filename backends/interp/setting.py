"""How translation validation executes programs: in double precision, with unknown C functions.

The engines read the setting when an instance is made; `apply` holds for the thread's context.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """`is_wide`: f32 is executed as f64, so that results differ by rounded constants only.

    `stands_in`: a C function that the interpreter does not know is replaced by `stand_in`.
    `tables` keeps the contents of tables, which programs before and after a pass have in common.
    """

    is_wide: bool = False
    stands_in: bool = False
    tables: dict[Any, list[Any]] | None = None


_setting: ContextVar[Setting] = ContextVar("setting", default=Setting())  # noqa: B039


def current() -> Setting:
    return _setting.get()


@contextmanager
def apply(setting: Setting) -> Generator[None]:
    token = _setting.set(setting)
    try:
        yield
    finally:
        _setting.reset(token)


def stand_in(name: str, is_integer: bool) -> Callable[..., float]:
    """A bounded smooth function of all arguments that depends on the name.

    It is pure, as the compiler assumes of foreign functions. Calls with exchanged, dropped or
    changed arguments differ. Its values are within [-1, 1], of integers within [-16, 16].
    """
    seed = zlib.crc32(name.encode()) % 1000 / 1000
    scale = 16.0 if is_integer else 1.0

    def function(*args: float) -> float:
        phase = 0.1 + seed
        for at, value in enumerate(args):
            phase += (0.3 + 0.17 * at) * float(value)
        return scale * math.sin(phase) if math.isfinite(phase) else seed

    return function
