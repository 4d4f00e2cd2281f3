"""The command `dspc-play`: live sound, the interface in a page, reloading of the source."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dspc.cli import run_command
from dspc.messages import render as rendered
from dspc.messages import usage_error, warnings_shown
from dspc.options.play_options import NULL_DEVICE, PlayOptions
from dspc.output import print_text, write_stderr
from dspc.support.diagnostics import DspcError

if TYPE_CHECKING:
    from dspc.live.live_sound import LiveSound
    from dspc.live.sound_devices import Sink
    from dspc.running.processor import Processor

_PERIOD = 0.2
"""Seconds between two looks at the source files."""


def main(argv: Sequence[str] | None = None) -> None:
    """The console script `dspc-play`."""
    run_command("dspc-play", lambda _: PlayOptions, _run, argv)


def _run(options: PlayOptions) -> int:
    options.check()
    from dspc.live.midi_inputs import check_inputs
    from dspc.live.sound_devices import check_sounddevice, device_list

    if options.list_devices:
        print_text(device_list())
        return 0
    if options.device != NULL_DEVICE:
        check_sounddevice()
    if options.plays_midi:
        check_inputs()
    with warnings_shown("dspc-play"):
        session = Session(options)
        session.start()
    print_text(f"{session.address}\n")
    if not options.no_browser:
        import webbrowser

        webbrowser.open(session.address)
    try:
        threading.Event().wait()
    finally:
        session.stop()
    return 0


class Session:
    """A program that plays, its page, and the watch over its source files."""

    def __init__(self, options: PlayOptions) -> None:
        """Raises DspcError for errors in the program, and for devices that cannot be opened."""
        from dspc.live.live_sound import LiveSound
        from dspc.live.server import LiveServer

        self._options = options
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._stamps: dict[str, Any] = {}
        self._version, self._fault, self._info = 0, "", {}
        self._effect: dict[str, Any] | None = None
        self.live: LiveSound = LiveSound(self._load(), options.rate)
        self.sink = self._sink(self.live)
        self.midi = self._midi_inputs()
        try:
            self._server = LiveServer(self.state, self.live.set, self.live.note, options.port)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise usage_error(28, f"port {options.port}: {reason}") from None
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    @property
    def address(self) -> str:
        """The address of the page, with its token."""
        return self._server.address

    def start(self) -> None:
        """Play, serve and watch, in threads of their own."""
        self._server.start()
        self.sink.start()
        self._watcher.start()

    def stop(self) -> None:
        """End all of them."""
        self._ended.set()
        for port in self.midi:
            port.close()
        self.sink.stop()
        self._server.stop()

    def state(self) -> dict[str, Any]:
        """The state that the page shows; `version` changes with the program."""
        with self._lock:
            shown = {"version": self._version, "fault": self._fault}
            shown |= {"info": self._info, "effect": self._effect}
        live, parts = self.live, [f"{self.live.inputs} in, {self.live.outputs} out"]
        parts += [f"{live.rate} Hz", self._options.backend]
        parts += [f"{live.voices} voice{'s' if live.voices > 1 else ''}"] if live.voices else []
        parts += [f"MIDI from {port.name}" for port in self.midi]
        return shown | {
            "about": ", ".join(parts),
            "voices": live.voices,
            "values": self.live.values(),
            "meters": self.live.meters(),
        }

    def look(self) -> None:
        """Compile the program anew if one of its files has changed, and fade over to it.

        An error is shown in the page, and the old program plays on.
        """
        if all(_stamp(path) == stamp for path, stamp in self._stamps.items()):
            return
        try:
            self.live.replace(self._load())
        except DspcError as error:
            fault = rendered(error, "text", "dspc-play")
            write_stderr(fault + "\n")
            with self._lock:
                self._fault = fault

    def _load(self) -> Any:
        """The running program of the files as they are."""
        from dspc.api import open_processor
        from dspc.live.live_sound import describe
        from dspc.running.performance import live_program
        from dspc.running.polyphony import Polyphony
        from dspc.support.files.input_record import noted_sources

        options = self._options
        with noted_sources() as sources:
            before = {path: _stamp(path) for path in self._stamps or (options.file or "",)}
            try:
                processor: Processor = open_processor(options.file or "", options.backend, options)
                instance = live_program(processor, options.rate, options.voices)
                effect = processor.effect() if isinstance(instance, Polyphony) else None
            finally:
                # A file that is written again meanwhile differs from its stamp, and is read again.
                self._stamps = {path: before.get(path, _stamp(path)) for path in sources} or before
        with self._lock:
            self._version += 1
            self._fault, self._info = "", describe(processor.module)
            self._effect = None if effect is None else describe(effect.module)
        return instance

    def _sink(self, live: LiveSound) -> Sink:
        from dspc.live.sound_devices import NullSink, open_device

        options = self._options
        if options.device == NULL_DEVICE:
            return NullSink(live.render, live.inputs, options.rate, options.block)
        channels = live.inputs, max(live.outputs, 1)
        return open_device(live.render, channels, options.rate, options.block, options.device)

    def _midi_inputs(self) -> list[Any]:
        """The open MIDI inputs, which play the program."""
        from dspc.live.midi_inputs import open_inputs
        from dspc.running.polyphony import takes_no_notes

        options = self._options
        if not options.plays_midi:
            return []
        if not self.live.takes_midi:
            raise takes_no_notes()
        return open_inputs(self.live.handle, options.midi_port)

    def _watch(self) -> None:
        while not self._ended.wait(_PERIOD):
            self.look()


def _stamp(path: str) -> tuple[int, int, int] | None:
    """Size and time of a file, which saving changes; None if it is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


if __name__ == "__main__":
    main()
