"""The programs that the suite runs: the examples that Debian's faust package installs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from . import oracle

EXAMPLES = Path("/usr/share/faust/examples")

FAUST_CRASHES = ("physicalModeling/fds/2dKirchhoffThinPlate.dsp",)
"""Faust 2.54.9 ends by a segmentation fault on these."""

CORE = (
    "SAM/freeverb/freeverb.dsp",
    "SAM/chorus/chorus.dsp",
    "SAM/flanger/flanger.dsp",
    "SAM/echo/echo.dsp",
    "SAM/effects/effects.dsp",
    "SAM/sawtooth_synth/sawtooth_synth.dsp",
    "SAM/sine_synth/sine_synth.dsp",
    "SAM/volume/volume.dsp",
    "SAM/16_channel_volume/16_channel_volume.dsp",
    "SAM/virtualAnalog/virtualAnalog.dsp",
    "ambisonics/fourSourcesToOcto.dsp",
    "ambisonics/oneSourceToStereo.dsp",
    "analysis/FFT.dsp",
    "analysis/dbmeter.dsp",
    "analysis/spectralLevel.dsp",
    "analysis/spectralTiltLab.dsp",
    "analysis/vumeter.dsp",
    "bela/AdditiveSynth.dsp",
    "bela/FMSynth2.dsp",
    "delayEcho/echo.dsp",
    "delayEcho/smoothDelay.dsp",
    "delayEcho/tapiir.dsp",
    "dynamic/compressor.dsp",
    "dynamic/distortion.dsp",
    "dynamic/noiseGate.dsp",
    "filtering/graphicEqLab.dsp",
    "filtering/parametricEqLab.dsp",
    "filtering/parametricEqualizer.dsp",
    "filtering/vcfWahLab.dsp",
    "filtering/cryBaby.dsp",
    "filtering/moogVCF.dsp",
    "filtering/vocoder.dsp",
    "filtering/bandFilter.dsp",
    "filtering/DNN.dsp",
    "filtering/filterBank.dsp",
    "gameaudio/bubble.dsp",
    "gameaudio/fire.dsp",
    "gameaudio/rain.dsp",
    "generator/noise.dsp",
    "generator/osc.dsp",
    "generator/sawtoothLab.dsp",
    "generator/virtualAnalog.dsp",
    "generator/virtualAnalogLab.dsp",
    "misc/matrix.dsp",
    "misc/mixer.dsp",
    "misc/statespace.dsp",
    "misc/capture.dsp",
    "misc/tester.dsp",
    "old/freeverb.dsp",
    "old/rewriting/fact.dsp",
    "old/rewriting/mesh.dsp",
    "phasing/flanger.dsp",
    "phasing/phaser.dsp",
    "phasing/phaserFlangerLab.dsp",
    "physicalModeling/karplus.dsp",
    "physicalModeling/brass.dsp",
    "physicalModeling/clarinet.dsp",
    "physicalModeling/flute.dsp",
    "physicalModeling/violin.dsp",
    "physicalModeling/churchBell.dsp",
    "physicalModeling/vocalBP.dsp",
    "physicalModeling/elecGuitarMIDI.dsp",
    "physicalModeling/faust-stk/bass.dsp",
    "physicalModeling/faust-stk/piano.dsp",
    "physicalModeling/faust-stk/sitar.dsp",
    "physicalModeling/faust-stk/voiceForm.dsp",
    "physicalModeling/fds/1dDampedWaveEquation.dsp",
    "physicalModeling/fds/StiffString.dsp",
    "physicalModeling/mi-faust/00_BasicOscillator/harmonicOscillator.dsp",
    "physicalModeling/mi-faust/09_TinyString/tinyString.dsp",
    "physicalModeling/old/karplus32.dsp",
    "pitchShifting/pitchShifter.dsp",
    "psychoacoustic/harmonicExciter.dsp",
    "quantizing/quantizedChords.dsp",
    "reverb/freeverb.dsp",
    "reverb/zitaRev.dsp",
    "reverb/greyhole.dsp",
    "reverb/jprev.dsp",
    "reverb/dattorro.dsp",
    "reverb/fdnRev.dsp",
    "reverb/reverbDesigner.dsp",
    "smartKeyboard/trumpet.dsp",
    "smartKeyboard/vocal.dsp",
    "smartKeyboard/associatedEffects/reverb.dsp",
    "spat/panpot.dsp",
    "spat/spat.dsp",
)
"""The examples that run at every change: some of every folder, what musicians know first."""


def without_process(path: Path) -> bool:
    """Whether an example is a layout that others read: it defines no `process`."""
    return path.name.startswith("layout")


def example_names() -> list[str]:
    """The names, relative to the examples' folder, of all that Faust compiles."""
    names = (path.relative_to(EXAMPLES).as_posix() for path in _files())
    return sorted(name for name in names if name not in FAUST_CRASHES)


def layout_names() -> list[str]:
    """The names of the layouts that define no `process`."""
    paths = (path for path in EXAMPLES.rglob("*.dsp") if without_process(path))
    return sorted(path.relative_to(EXAMPLES).as_posix() for path in paths)


def _files() -> list[Path]:
    return [path for path in EXAMPLES.rglob("*.dsp") if not without_process(path)]


def known_differences() -> dict[str, KnownDifference]:
    """What known_differences.toml states, by program."""
    table = tomllib.loads((Path(__file__).parent / "known_differences.toml").read_text())
    return {name: KnownDifference(**entry) for name, entry in table.items()}


@dataclass(frozen=True)
class KnownDifference:
    """A program that may differ by more than the rule allows, by how much, and why."""

    reason: str
    tolerance: float = oracle.TOLERANCE
    relative: float = 0.0
    frames: int = oracle.FRAMES
