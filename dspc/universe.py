"""The dialects, passes and targets of dspc for `xdsl-opt` and other xDSL tools, loaded lazily."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from xdsl.ir import Dialect
from xdsl.universe import Universe
from xdsl.utils.target import Target

from dspc.pipelines.standard import PASSES, load_pass
from dspc.targets.registry import target_names

DIALECTS: dict[str, str] = {
    "dsp": "dspc.dialects.dsp:Dsp",
    "dsp_mem": "dspc.dialects.dsp_mem:DspMem",
    "dsp_par": "dspc.dialects.dsp_par:DspPar",
}
"""The dialects of dspc: name -> `module:object`."""


def _dialect(name: str) -> Dialect:
    return _load(DIALECTS[name])


def _target(name: str) -> type[Target]:
    from dspc.targets.xdsl_target import xdsl_target

    return xdsl_target(name)


def _load(place: str) -> Any:
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)


TARGETS: dict[str, Callable[[], type[Target]]] = {
    f"dspc-{name}": partial(_target, name) for name in target_names()
}
"""The targets of dspc and of installed plug-ins, for xDSL's `-t`."""

DSPC_UNIVERSE = Universe(
    all_dialects={name: partial(_dialect, name) for name in DIALECTS},
    all_passes={name: partial(load_pass, name) for name in PASSES},
    all_targets=dict(TARGETS),
)
