"""Running programs: callables on NumPy arrays, whose state persists from call to call."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from dspc.messages import usage_error
from dspc.running.control_values import ControlValues, automation
from dspc.running.controls import Change, check_changes, find_path, widgets_of
from dspc.running.quick_calls import QuickCall, quick_call
from dspc.running.rates import check_block, check_rate
from dspc.running.render import render
from dspc.running.samples import samples_of
from dspc.support.limits import NO_LIMITS, Limits, limited

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.running.pickling import Pickled
    from dspc.targets.base import Instance, Target

Samples = NDArray[np.floating[Any]]

DEFAULT_RATE = 48000
"""The sampling rate (Hz) of a program that no call has started yet."""


class Processor:
    """A running program, called on sound. Its state persists from call to call until `reset()`.

    Calls from several threads run one after the other. `copy.copy` and `copy.deepcopy` give an
    independent processor in the same state (as `clone`), and `pickle` one in another process.
    """

    def __init__(
        self,
        module: ModuleOp | Callable[[], ModuleOp],
        target: Target,
        folder: str = ".",
        settings: Mapping[str, Any] | None = None,
        limits: Limits = NO_LIMITS,
        diagram: Callable[[], str] = str,
        effect: Callable[[], Processor | None] = lambda: None,
        image: Any = None,
    ) -> None:
        """A `module` that a `target` runs, with `settings` as further arguments of `Target.open`.

        Relative names of sound files start at `folder`; `limits` bounds `start`; `diagram` returns
        the SVG text of the block diagram, `effect` the processor of the definition that mixed
        voices pass through. With an `image` of `target.images`, the module may be a function
        that returns it, called when it is asked for.
        """
        self._lock = threading.RLock()
        self._limits = limits
        self._module = module
        self._image = image
        self._settings = dict(settings or {})
        self._target = target
        self._folder = folder
        self.diagram = diagram
        self.effect = effect
        self._rate = 0
        self._instance: Instance | None = None
        self._quick: QuickCall | None = None

    def __call__(
        self,
        x: ArrayLike | None = None,
        rate: int = DEFAULT_RATE,
        controls: Mapping[str, ArrayLike] | None = None,
        *,
        frames: int | None = None,
        block: int = 512,
        dtype: DTypeLike | None = None,
    ) -> Samples:
        """The outputs, of shape (outputs, frames), for `x` of shape (inputs, frames).

        With one input, `x` may have one dimension; without inputs, `frames` replaces `x`. With more
        `frames` than `x` has, silence follows it.
        `controls` are set by path or a suffix of it, and persist: a number from the first frame on,
        an array of n values at n times, evenly spread over the frames. A change of `rate` (Hz)
        restarts the program. `block` is the largest number of frames that run at once. The result
        is float32 for an `x` of float32, otherwise float64; or of `dtype`.

        Raises DspcError E0008 for a rate, block or number of frames that can't be, E0016 and E0017
        for controls, ValueError and TypeError for arrays of another shape or type.
        """
        with self._lock:
            if not controls and self._quick is not None:
                outputs = self._quick(x, frames, dtype, rate, block)
                if outputs is not None:
                    return outputs
            if isinstance(rate, np.ndarray):
                raise TypeError("channels are the rows of one array, not several arguments")
            self.start(rate)
            array = samples_of(x, frames, self.inputs)
            kind = _result_type(array, dtype)
            changes: list[Change] = []
            if controls:
                changes = automation(controls, self.paths(), array.shape[1])
                check_changes(changes, self.widgets())
            return self.render(array, changes, block).astype(kind, copy=False)

    def start(self, rate: int) -> Instance:
        """The running program, started if there is none at this rate (Hz) yet."""
        rate = check_rate(rate)
        with self._lock:
            if self._instance is None or rate != self._rate:
                self._instance = limited(self._limits, lambda: self._opened(rate))
                self._rate = rate
                self._quick = quick_call(self._instance, rate)
            return self._instance

    def _opened(self, rate: int) -> Instance:
        images = self._target.images
        if self._image is not None and images is not None:
            return images.open(self._image, rate, self._folder)
        return self._target.open(self.module, rate, self._folder, **self._settings)

    @property
    def module(self) -> ModuleOp:
        """The lowered module."""
        if callable(self._module):
            self._module = self._module()
        return self._module

    def render(
        self,
        inputs: Samples,
        changes: Sequence[Change] = (),
        block: int = 512,
        progress: Callable[[int], None] | None = None,
    ) -> Samples:
        """The outputs, shape (outputs, frames), for `inputs` of shape (inputs, frames).

        The `changes` of controls are exact to the frame, and at most `block` frames run at once.
        `progress` is called with the number of frames rendered since its last call.
        """
        with self._lock:
            return render(self._running(), inputs, changes, check_block(block), progress)

    def midi(
        self,
        notes: Any,
        rate: int = DEFAULT_RATE,
        *,
        voices: int | None = None,
        seconds: float | None = None,
        x: ArrayLike | None = None,
        controls: Mapping[str, float] | None = None,
        block: int = 512,
    ) -> Samples:
        """The outputs, shape (outputs, frames), of the program played by notes.

        `notes` is the path of a MIDI file, or an array of shape (n, 4): key, start and duration in
        seconds, velocity from 0 to 1. The program is a voice where it has the controls `freq` or
        `key`, `gate` and `gain`; widgets with `[midi:...]` follow the other messages; the mixed
        voices pass through the definition `effect`, if there is one. There are `voices` voices, or
        as many as the program declares (`nvoices`), or 16. The sound lasts `seconds`, or as long
        as `x`, or until it is silent. At the sampling rate `rate` (Hz), at most `block` frames run
        at once. This processor keeps its state.

        Raises DspcError E0015 without the package mido for files, E0016 for a program that takes
        no notes, E0017 and E0028 for notes and files that can't be.
        """
        from dspc.running.performance import events_of, perform, polyphony_of

        events = events_of(notes)
        with self._lock:
            poly = polyphony_of(self, check_rate(rate), voices)
            inputs = None if x is None else samples_of(x, None, self.inputs)
        changes = automation(controls or {}, list(poly.widgets()), 1)
        check_changes(changes, poly.widgets())
        size = check_block(block)
        return perform(poly, events, rate, inputs, seconds, changes, size)

    def reset(self) -> None:
        """Clear the state: delay lines and filters are zero, written tables have their initial
        contents. Widgets keep their values."""
        with self._lock:
            if self._instance is not None:
                self._instance.reset()

    @property
    def inputs(self) -> int:
        """Number of input channels."""
        return self._running().inputs

    @property
    def outputs(self) -> int:
        """Number of output channels."""
        return self._running().outputs

    @property
    def backend(self) -> str:
        """The name of the back end that runs it."""
        return self._target.name

    @property
    def rate(self) -> int:
        """Sampling rate of the running program, in Hz."""
        self._running()
        return self._rate

    def paths(self) -> list[str]:
        """The paths of all widgets, in the order of the user interface."""
        return list(self.widgets())

    def widgets(self) -> Mapping[str, Any]:
        """The widgets by path; each has `kind`, `init`, `min`, `max`, `step`, `metadata`."""
        return widgets_of(self._running())

    @property
    def controls(self) -> ControlValues:
        """The values of widgets and meters by path, which can be set."""
        return ControlValues(self)

    def get(self, path: str) -> float:
        """The value of a widget or meter, by path or a suffix of it."""
        with self._lock:
            return self._running().get(find_path(path, self.paths()))

    def set(self, path: str, value: float) -> None:
        """Set a widget, by path or a suffix of it; warns of a value outside of its range.

        Raises DspcError E0016 for a meter, E0017 for other values than one finite number.
        """
        with self._lock:
            count = np.size(value)
            changes = automation({path: value}, self.paths(), 1)
            if count != 1:
                hint = "arrays over time are set by a call: processor(x, controls={...})"
                raise usage_error(17, f"{path}: one value is set, not {count}", hint)
            check_changes(changes, self.widgets())
            for change in changes:
                self._running().set(change.path, change.value)

    def __getitem__(self, path: str) -> float:
        return self.get(path)

    def __setitem__(self, path: str, value: float) -> None:
        self.set(path, value)

    def __contains__(self, path: object) -> bool:
        return path in self.controls

    def __iter__(self) -> Iterator[str]:
        return iter(self.controls)

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_") and name not in ("diagram", "effect"):
            message = f"a processor's {name} cannot be set; controls are set by processor[{name!r}]"
            raise AttributeError(message)
        super().__setattr__(name, value)

    def describe_controls(self) -> str:
        """One line for each widget: path, kind, initial value and range."""
        lines: list[str] = []
        for path, widget in self.widgets().items():
            span = f"{widget.init:g} in {widget.min:g}..{widget.max:g} step {widget.step:g}"
            ranged = not widget.kind.is_switch and widget.kind.value != "soundfile"
            lines.append(f"{path}  {widget.kind.value}{'  ' + span if ranged else ''}\n")
        return "".join(lines)

    def clone(self) -> Processor:
        """An independent processor in the same state."""
        fixed = (self._module, self._target, self._folder, self._settings, self._limits)
        twin = Processor(*fixed, self.diagram, self.effect, self._image)
        with self._lock:
            if self._instance is not None:
                twin._instance, twin._rate = self._instance.clone(), self._rate
                twin._quick = quick_call(twin._instance, twin._rate)
        return twin

    def forget(self) -> Processor:
        """Stop the running program, so that the next call starts it anew; returns itself."""
        with self._lock:
            self._instance, self._rate, self._quick = None, 0, None
        return self

    __copy__ = clone

    def __deepcopy__(self, memo: Any) -> Processor:
        return self.clone()

    def pickled(self) -> Pickled:
        """The program, its state and its effect as values, for `pickle`."""
        from dspc.running.pickling import pickled

        with self._lock:
            state = None if self._instance is None else (self._rate, self._instance.save())
        fixed = (self.module, self._target, self._folder, self._settings)
        return pickled(*fixed, state, self.effect)

    def __reduce__(self) -> tuple[Any, ...]:
        return Processor._unpickled, (self.pickled(),)

    @staticmethod
    def _unpickled(values: Pickled) -> Processor:
        """The processor of a pickled one, with the default limits on this machine's memory."""
        from dspc.options.source_options import SourceOptions
        from dspc.running.pickling import unpickled_module
        from dspc.targets.registry import find_backend

        module, target = unpickled_module(values.text), find_backend(values.target)
        limits = SourceOptions().limits()
        after = None if values.effect is None else Processor._unpickled(values.effect)
        processor = Processor(
            module, target, values.folder, values.settings, limits, effect=lambda: after
        )
        if values.state is not None:
            rate, content = values.state
            processor.start(rate).restore(content)
        return processor

    def __repr__(self) -> str:
        from dspc.running.notebook import describe

        return describe(self)

    def _repr_html_(self) -> str:
        from dspc.running.notebook import processor_html

        return processor_html(self)

    def widget(self) -> Any:
        """The controls as a widget of Jupyter, with a button that plays two seconds.

        Raises DspcError E0015 without the package anywidget.
        """
        from dspc.running.notebook_widget import control_widget

        return control_widget(self)

    def _ipython_display_(self) -> None:
        """In Jupyter the widget, where it is installed, under the diagram."""
        from dspc.running.notebook import display_processor

        display_processor(self)

    def _running(self) -> Instance:
        return self._instance or self.start(DEFAULT_RATE)


def _result_type(samples: Samples, dtype: DTypeLike | None) -> np.dtype[Any]:
    """The type of the result's samples."""
    if dtype is None:
        return samples.dtype
    result = np.dtype(dtype)
    if result.kind != "f" or result.itemsize not in (4, 8):
        raise TypeError(f"dtype is float32 or float64, not {result}")
    return result
