"""MIDI inputs of the machine, by the package mido."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from dspc.messages import usage_error
from dspc.running.notes import MidiEvent, check_mido, event_of
from dspc.support.diagnostics import DspcError

NEW_INPUT = "dspc-play"
"""The name of the input that is made where the machine has none."""


def check_inputs() -> Any:
    """The package mido; raises DspcError E0015 where it, or what it opens ports by, is missing."""
    check_mido()
    mido: Any = import_module("mido")
    try:
        mido.backend.load()
    except ImportError as error:
        message = (
            f"MIDI inputs need the package {str(error.name).replace('rtmidi', 'python-rtmidi')}"
        )
        raise usage_error(15, message, "pip install 'dspc[midi-ports]'") from None
    return mido


def input_names() -> list[str]:
    """The names of the MIDI inputs; raises DspcError E0015 and E0030."""
    mido = check_inputs()
    try:
        return list(dict.fromkeys(mido.get_input_names()))
    except Exception as error:  # what mido's back ends raise has no common class
        raise _refused(error) from None


def open_inputs(handle: Callable[[MidiEvent], None], name: str | None = None) -> list[Any]:
    """Open the input that has `name` in its own, or all; where there is none, a new one.

    `handle` is called with each event, from threads of the ports. Raises DspcError E0015 without
    the packages, E0030 where an input cannot be opened.
    """
    names = input_names()
    if name is not None:
        matching = [one for one in names if name.lower() in one.lower()]
        if not matching:
            known = f"the inputs are {', '.join(names)}" if names else "there is none"
            raise usage_error(30, f"there is no MIDI input {name}", known)
        names = matching[:1]

    def receive(message: Any) -> None:
        event = event_of(0.0, message)
        if event is not None:
            handle(event)

    mido = check_inputs()
    opened: list[Any] = []
    try:
        for one in names:
            opened.append(mido.open_input(one, callback=receive))
        if not names:
            opened.append(mido.open_input(NEW_INPUT, virtual=True, callback=receive))
    except Exception as error:  # what mido's back ends raise has no common class
        for port in opened:
            port.close()
        raise _refused(error) from None
    return opened


def _refused(error: Exception) -> DspcError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return usage_error(30, f"no MIDI input can be opened: {reason}", "--devices lists them")
