"""What `xdsl-opt` and every other xDSL tool finds of ours, each loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from xdsl.ir import Dialect
from xdsl.universe import Universe
from xdsl.utils.target import Target

from dspc.pipelines import PASSES, load_pass

DIALECTS: dict[str, str] = {
    "dsp": "dspc.dialects.dsp:Dsp",
    "dsp_mem": "dspc.dialects.dsp_mem:DspMem",
    "dsp_par": "dspc.dialects.dsp_par:DspPar",
}
"""Our dialects: name -> `module:object`."""


def _dialect(name: str) -> Dialect:
    return _load(DIALECTS[name])


def _cpp_target() -> type[Target]:
    from dspc.backends.cpp.target import CppTarget

    return CppTarget


def _llvm_target() -> type[Target]:
    from dspc.backends.llvm.target import LlvmTarget

    return LlvmTarget


def _load(place: str) -> Any:
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)


TARGETS: dict[str, Callable[[], type[Target]]] = {
    "dspc-cpp": _cpp_target,
    "dspc-llvm": _llvm_target,
}
"""Our targets for xDSL's `-t`."""

DSPC_UNIVERSE = Universe(
    all_dialects={name: partial(_dialect, name) for name in DIALECTS},
    all_passes={name: partial(load_pass, name) for name in PASSES},
    all_targets=dict(TARGETS),
)
