"""The cache of programs that Python loads: one whose sources are as they were is not compiled.

An entry is an image of the target's `images`, named and checked as those of the cache of
finished output (`output_cache`): by the source, the options, the environment, and digests of all
files that the program was read from. Machine code is in a cache of its own.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from dspc.output_cache import Request
from dspc.support.diagnostics import DspcError, Source, warnings_given
from dspc.support.files.input_record import Accesses, noted_alone
from dspc.support.files.private import mark_used

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.loop_options import LoopOptions
    from dspc.targets.base import Images, Target


class ImageCache:
    """The place of one program with its options, for the target of a name; `lowered` compiles it,
    and returns the module and the settings for `Images.make`."""

    def __init__(
        self,
        target: str,
        images: Images,
        program: str | Source,
        options: LoopOptions,
        lowered: Callable[[], tuple[ModuleOp, dict[str, Any]]],
    ) -> None:
        text = program if isinstance(program, str) else f"{program.name}\0{program.text}"
        asked = [f"{field.name}={getattr(options, field.name)!r}" for field in fields(options)]
        self._request = Request(["dspc.load", target, *asked, text])
        self._images = images
        self._lowered = lowered

    def find(self) -> Any:
        """The image of an entry that is not stale; None if there is none."""
        path = self._request.path
        entry = None if path is None else self._request.valid_entry(path)
        if path is None or entry is None:
            return None
        mark_used(path)
        return pickle.loads(entry["parts"][0])

    def make(self) -> tuple[ModuleOp, dict[str, Any], Any]:
        """Compile the program; the module, the settings, and the image if there is one, stored.

        A program with warnings is not stored: they are given each time.
        """
        before = warnings_given()
        with noted_alone() as accesses:
            module, settings = self._lowered()
        if accesses is None or warnings_given() != before:
            return module, settings, None
        try:
            image = self._images.make(module, **settings)
        except DspcError:
            return module, settings, None  # reported when the program is started
        if image is not None:
            self._store(image, accesses)
        return module, settings, image

    def _store(self, image: Any, accesses: Accesses) -> None:
        accesses.sources.update(dict.fromkeys(self._images.sources()))
        self._request.inputs_read(accesses)
        self._request.store([("image", pickle.dumps(image))], [])


_APART = ("machine", "pipeline", "insert", "without", "print_after")
"""Options with which programs are not stored: they name files and passes that are not recorded, or
print."""


def images_of(target: Target, options: LoopOptions) -> Images | None:
    """How programs with these options are stored; None where not all that they depend on is
    recorded."""
    if target.images is None or options.validate != "off" or options.verbose:
        return None
    return target.images if all(getattr(options, name) is None for name in _APART) else None
