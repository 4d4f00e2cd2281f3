"""Sound devices, by the package sounddevice, and one that nobody hears."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from dspc.messages import usage_error
from dspc.running.render import Samples
from dspc.support.diagnostics import DspcError

Render = Callable[[Samples], Samples]
"""Computes a block: inputs of shape (inputs, frames) to outputs of shape (outputs, frames)."""


class Sink(Protocol):
    """Something that asks for sound until it is stopped."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class NullSink:
    """Asks for sound at the pace of a device, and drops it."""

    def __init__(self, render: Render, inputs: int, rate: int, block: int) -> None:
        self._render, self._silence = render, np.zeros((inputs, block), np.float32)
        self._period = block / rate
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.peak = 0.0
        """The largest sample so far."""
        self.frames = 0
        """The frames asked for so far."""

    def start(self) -> None:
        """Ask for sound in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._ended.is_set():
            outputs = self._render(self._silence)
            self.peak = max(self.peak, float(np.abs(outputs).max(initial=0.0)))
            self.frames += outputs.shape[1]
            due += self._period
            self._ended.wait(max(0.0, due - time.monotonic()))


def check_sounddevice() -> Any:
    """The package sounddevice; raises DspcError E0015 where it or its library is missing."""
    try:
        import sounddevice
    except ImportError:
        hint = "pip install 'dspc[play]', or --device null"
        raise usage_error(15, "playing needs the package sounddevice", hint) from None
    except OSError as error:
        hint = "apt install libportaudio2, or --device null"
        raise usage_error(15, f"sounddevice cannot be loaded: {error}", hint) from None
    return sounddevice


def open_device(
    render: Render, channels: tuple[int, int], rate: int, block: int, name: str | None
) -> Sink:
    """The sound device of a name or number, or the system's for None.

    `channels` are those of inputs and outputs. Raises DspcError E0015 without sounddevice, E0030
    where the device cannot be opened.
    """
    sounddevice = check_sounddevice()
    inputs, outputs = channels

    def called(input_block: Any, output_block: Any, frames: int, when: Any, status: Any) -> None:
        output_block[:] = render(input_block.T).T

    def only_output(output_block: Any, frames: int, when: Any, status: Any) -> None:
        output_block[:] = render(np.zeros((0, frames), np.float32)).T

    settings: dict[str, Any] = {"samplerate": rate, "blocksize": block, "dtype": "float32"}
    settings["device"] = int(name) if name is not None and name.isdecimal() else name
    try:
        if inputs:
            return sounddevice.Stream(channels=channels, callback=called, **settings)
        return sounddevice.OutputStream(channels=outputs, callback=only_output, **settings)
    except (sounddevice.PortAudioError, ValueError) as error:
        reason = " ".join(str(error).split())
        hint = "--devices lists them; --device null plays without"
        raise usage_error(30, f"no sound device can be opened: {reason}", hint) from None


def device_list() -> str:
    """The sound devices and the MIDI inputs, one a line."""
    from dspc.live.midi_inputs import input_names

    devices = f"{check_sounddevice().query_devices()}".strip("\n") or "sound devices: none"
    devices += "\n"
    try:
        names = input_names()
    except DspcError as error:
        return f"{devices}MIDI inputs: none: {error.message}\n"
    return devices + "".join(f"MIDI input {name}\n" for name in names)
