"""The `dspc-run` command: renders a program to a sound file."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dspc.cli import run_command
from dspc.failures import leave
from dspc.messages import usage_error, warnings_shown
from dspc.output import print_text, write_all, write_stderr
from dspc.support.diagnostics import warn

if TYPE_CHECKING:
    from dspc.api import Processor
    from dspc.options.run_options import RunOptions
    from dspc.running.audio import Sound
    from dspc.running.batch import Batch
    from dspc.running.controls import Change

_SECONDS = 5.0
"""The duration in seconds without `--seconds` and input file."""


def main(argv: Sequence[str] | None = None) -> None:
    """The console script `dspc-run`."""
    run_command("dspc-run", _table, _run, argv)


def _table(arguments: list[str]) -> type[RunOptions]:
    from dspc.options.run_options import BACKEND_FLAGS
    from dspc.targets.option_tables import named, run_table
    from dspc.targets.registry import DEFAULT

    return run_table(named(arguments, BACKEND_FLAGS, DEFAULT))


def _run(options: RunOptions) -> int:
    options.check()
    if options.print_pipeline:
        return _print_pipeline(options)
    options.check_packages()

    from dspc.support.limits import Limits, limited

    memory = options.limits().memory
    with warnings_shown("dspc-run"):
        return limited(Limits(memory=memory), lambda: _run_file(options), leave)


def _print_pipeline(options: RunOptions) -> int:
    """Print the pipeline of the options; the exit status."""
    from dspc.pipelines.edits import pipeline_text
    from dspc.run_plan import run_plan
    from dspc.targets.registry import find_backend

    settings = options.settings_of_backend(options.voices or 1)
    plan = run_plan(find_backend(options.backend), options, settings)
    print_text(pipeline_text(plan.passes) + "\n")
    return 0


def _run_file(options: RunOptions) -> int:
    from dspc.api import open_processor

    recording, rate = _read_input(options)
    batch = _batch(options)
    voices = len(batch.voices) if batch is not None else options.voices or 1
    settings = options.settings_of_backend(voices)
    processor = open_processor(options.file or "", options.backend, options, settings)
    instance: Any = processor.start(rate)
    if options.list_controls:
        print_text(processor.describe_controls())
        return 0
    if options.plays:
        _play(options, processor, recording, rate)
        return 0
    inputs = _inputs(options, processor, recording, rate)
    changes = _changes(options, processor.widgets(), rate)
    started = time.perf_counter()
    with _progress(inputs.shape[1]) as progress:
        if options.voices is not None or batch is not None:
            _render_voices(options, instance, batch, inputs, changes, progress)
            return 0
        outputs = processor.render(inputs, changes, options.frames, progress)
        sound = outputs.astype("float64", copy=False)
    spent = time.perf_counter() - started
    _write(options, sound, rate, spent)
    return 0


def _play(options: RunOptions, processor: Processor, recording: Sound | None, rate: int) -> None:
    """Render the program as notes play it, and write the sound."""
    from dspc.running.notes import read_midi, read_note, sorted_events
    from dspc.running.performance import perform, polyphony_of

    events = [] if options.midi is None else read_midi(options.midi)
    for text in options.notes or ():
        events += read_note(text)
    poly = polyphony_of(processor, rate, options.voices)
    is_given = recording is not None or options.noise or options.impulse or options.sine is not None
    inputs = _inputs(options, processor, recording, rate) if is_given and poly.inputs else None
    changes = _changes(options, poly.widgets(), rate)
    started = time.perf_counter()
    settings = inputs, options.seconds, changes, options.frames
    with _progress(0 if inputs is None else inputs.shape[1]) as progress:
        sound = perform(poly, sorted_events(events), rate, *settings, progress)
    _write(options, sound.astype("float64", copy=False), rate, time.perf_counter() - started)


def _batch(options: RunOptions) -> Batch | None:
    """The controls of each voice; None where no file gives them."""
    if options.batch is None:
        return None
    from dspc.running.batch import read_batch

    batch = read_batch(options.batch)
    count = len(batch.voices)
    if options.voices not in (None, count):
        message = f"{options.batch} has {count} voices, --voices says {options.voices}"
        raise usage_error(7, message)
    return batch


def _render_voices(
    options: RunOptions,
    instance: Any,
    batch: Batch | None,
    inputs: Sound,
    changes: Sequence[Change],
    progress: Callable[[int], None] | None,
) -> None:
    """Render all voices, write them, and print a summary."""
    from dspc.running.batch import Chorus, set_voices, write_voices
    from dspc.running.render import render

    for change in changes:
        if change.frame == 0:
            instance.set(change.path, change.value)
    set_voices(instance, batch)
    later = [change for change in changes if change.frame > 0]
    started = time.perf_counter()
    sound = render(Chorus(instance), inputs, later, options.frames, progress)
    spent = time.perf_counter() - started
    sound = sound.reshape(instance.voices, instance.outputs, -1)
    written = options.file
    if options.output is not None:
        written = write_voices(options.output, sound, instance.rate, options.sample_format())
    seconds = sound.shape[-1] / instance.rate
    write_stderr(
        f"{written}: {instance.voices} voices, {seconds:.2f} s, "
        f"{instance.voices * seconds / spent:.0f}x real time in all\n"
    )


def _read_input(options: RunOptions) -> tuple[Sound | None, int]:
    """The sound of the input file, if one is given, and the sampling rate in Hz."""
    if options.input is None:
        return None, options.rate or 48000
    from dspc.running.audio import read_sound

    sound, rate = read_sound(options.input)
    if options.resample and options.rate is not None:
        from dspc.running.resampling import resample

        return resample(sound, rate, options.rate), options.rate
    if options.rate not in (None, rate):
        message = f"{options.input}: the sampling rate is {rate} Hz, not {options.rate} Hz"
        raise usage_error(18, message, "leave out --rate, or add --resample")
    return sound, rate


def _inputs(options: RunOptions, processor: Processor, recording: Sound | None, rate: int) -> Sound:
    from dspc.running import stimuli

    channels = processor.inputs
    if options.seconds is not None:
        frames = round(options.seconds * rate)
    else:
        frames = recording.shape[1] if recording is not None else round(_SECONDS * rate)
    if recording is not None:
        return stimuli.fit(recording, channels, frames)
    if options.impulse:
        return stimuli.impulse(channels, frames)
    if options.noise:
        return stimuli.noise(channels, frames)
    if options.sine is not None:
        return stimuli.sine(channels, frames, options.sine, rate)
    if channels and not options.silence:
        plural = "s" if channels > 1 else ""
        hint = "give -i FILE, or one of --impulse, --noise, --sine HZ, --silence"
        raise usage_error(
            19, f"the program has {channels} input{plural}, and no input is given", hint
        )
    return stimuli.fit(stimuli.impulse(0, 0), channels, frames)


def _changes(options: RunOptions, widgets: Mapping[str, Any], rate: int) -> list[Change]:
    from dspc.options.run_options import BLOCK
    from dspc.running import controls

    paths = list(widgets)
    changes = controls.read_settings(options.settings or (), paths)
    changes += controls.read_presses(options.presses or (), paths, rate, options.block or BLOCK)
    for name in options.change_files or ():
        changes += controls.read_change_file(name, paths, rate)
    controls.check_changes(changes, widgets)
    return changes


@contextmanager
def _progress(frames: int) -> Generator[Callable[[int], None] | None]:
    """A progress bar if standard error is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():  # pyright: ignore[reportUnnecessaryComparison]
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rendering", total=frames)
        yield lambda done: bar.advance(task, done)


def _write(options: RunOptions, sound: Sound, rate: int, spent: float) -> None:
    """Write the sound file and the plot that the options ask for, and print a summary."""
    import numpy as np

    peak = float(np.abs(np.nan_to_num(sound)).max(initial=0.0))
    _warn(options, sound, peak)
    if options.normalize and peak > 0:
        sound = sound * (10 ** (-1 / 20) / peak)
    files: list[tuple[str, bytes]] = []
    if options.output is not None:
        from dspc.running.audio import sound_bytes

        data = sound_bytes(options.output, sound, rate, options.sample_format())
        files.append((options.output, data))
    if options.plot is not None:
        from dspc.figures.plot import plot_bytes

        files.append(
            (options.plot, plot_bytes(options.plot, sound, rate, options.title(), options.impulse))
        )
    write_all(files)
    seconds = sound.shape[1] / rate
    level = f"{20 * np.log10(peak):.1f} dBFS" if peak > 0 else "silent"
    speed = f"{seconds / spent:.0f}x real time" if spent > 0 else ""
    channels = "1 channel" if len(sound) == 1 else f"{len(sound)} channels"
    write_stderr(
        f"{options.output or options.file}: {seconds:.2f} s, {channels}, {rate} Hz, "
        f"peak {level}, {speed}\n"
    )


def _warn(options: RunOptions, sound: Sound, peak: float) -> None:
    import numpy as np

    broken = int(sound.size - np.isfinite(sound).sum())
    if broken:
        warn(f"{broken} samples are infinite or not a number")
    is_array = options.output is not None and options.output.lower().endswith(".npy")
    clips = options.output is not None and options.form != "float" and not options.normalize
    clips = clips and not is_array
    if clips and peak > 1.0:
        over = int((np.abs(sound) > 1.0).sum())
        warn(
            f"{over} samples are beyond full scale and clipped; "
            "--normalize or --format float keeps them"
        )


if __name__ == "__main__":
    main()
