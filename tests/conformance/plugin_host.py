"""A host of LADSPA and DSSI plug-ins: `python -m tests.conformance.plugin_host PATH`.

Prints eight frames of the first plug-in's response to an impulse, with its first control, if it has
any, at 1/4 and others at 0; a synthesizer plays a note. In a process of its own, since code that is
linked with -ffast-math sets the flush-to-zero mode as it loads.
"""

from __future__ import annotations

import ctypes
import os
import sys

FRAMES = 8
_INPUT, _OUTPUT, _CONTROL, _AUDIO = 1, 2, 4, 8
_RUN = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_ulong)


class Descriptor(ctypes.Structure):
    """The head of a LADSPA_Descriptor."""

    _fields_ = [
        ("id", ctypes.c_ulong),
        ("label", ctypes.c_char_p),
        ("properties", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("maker", ctypes.c_char_p),
        ("copyright", ctypes.c_char_p),
        ("ports", ctypes.c_ulong),
        ("port_descriptors", ctypes.POINTER(ctypes.c_int)),
        ("port_names", ctypes.POINTER(ctypes.c_char_p)),
        ("port_hints", ctypes.c_void_p),
        ("data", ctypes.c_void_p),
        ("instantiate", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)),
        ("connect", ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p)),
        ("activate", ctypes.CFUNCTYPE(None, ctypes.c_void_p)),
        ("run", _RUN),
    ]


class SynthDescriptor(ctypes.Structure):
    """The head of a DSSI_Descriptor."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("plugin", ctypes.POINTER(Descriptor)),
        ("configure", ctypes.c_void_p),
        ("get_program", ctypes.c_void_p),
        ("select_program", ctypes.c_void_p),
        ("get_midi_controller", ctypes.c_void_p),
        (
            "run_synth",
            ctypes.CFUNCTYPE(
                None, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong
            ),
        ),
    ]


def impulse_response(path: str) -> list[float]:
    """The frames of the response. Raises AttributeError for a library of another kind."""
    library = ctypes.CDLL(path, mode=os.RTLD_LAZY)
    synth = None
    if hasattr(library, "dssi_descriptor"):
        library.dssi_descriptor.restype = ctypes.POINTER(SynthDescriptor)
        synth = library.dssi_descriptor(0).contents
        descriptor = synth.plugin.contents
    else:
        library.ladspa_descriptor.restype = ctypes.POINTER(Descriptor)
        descriptor = library.ladspa_descriptor(0).contents
    instance = descriptor.instantiate(ctypes.addressof(descriptor), 48000)
    rows = [(ctypes.c_float * FRAMES)() for _ in range(descriptor.ports)]
    kinds = [descriptor.port_descriptors[port] for port in range(descriptor.ports)]
    for port, row in enumerate(rows):
        descriptor.connect(instance, port, ctypes.addressof(row))
    for kind, value in ((_INPUT | _CONTROL, 0.25), (_INPUT | _AUDIO, 1.0)):
        if kind in kinds:
            rows[kinds.index(kind)][0] = value
    if descriptor.activate:
        descriptor.activate(instance)
    if descriptor.run:
        descriptor.run(instance, FRAMES)
    elif synth is not None:
        # A snd_seq_event_t of ALSA: note 60 of channel 0 begins with velocity 100.
        event = (ctypes.c_ubyte * 28)(6)
        event[17], event[18] = 60, 100
        synth.run_synth(instance, FRAMES, ctypes.addressof(event), 1)
    return list(rows[kinds.index(_OUTPUT | _AUDIO)])


if __name__ == "__main__":
    print(*impulse_response(sys.argv[1]), flush=True)
    # Faust's plug-ins free what others own as they are unloaded.
    os._exit(0)
