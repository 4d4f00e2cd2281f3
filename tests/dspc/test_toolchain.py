"""Faust's scripts (`faust2plot`, `faust2ladspa`, ...) with dspc in the place of its compiler."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.conformance.plugin_host import impulse_response
from tests.conformance.scripts import fault_of

PROGRAM = """declare name "strip";
g = hslider("gain", 0.5, 0, 1, 0.1);
process = vgroup("channel", *(g) : + ~ *(0.5) : hbargraph("level", 0, 2));
"""
PRODUCTS = {
    "faust2alqt": "strip", "faust2alsa": "strip", "faust2alsaconsole": "strip",
    "faust2api": "dsp-faust", "faust2audiokit": "strip", "faust2bela": "strip",
    "faust2csound": "strip.so", "faust2csvplot": "strip", "faust2dssi": "strip.so",
    "faust2dummymem": "strip", "faust2esp32": "strip.zip", "faust2gen": "strip.maxpat",
    "faust2graph": "strip.dsp.graph.pdf", "faust2jackconsole": "strip", "faust2juce": "strip",
    "faust2ladspa": "strip.so", "faust2linuxunity": "FaustPlugin_strip", "faust2minimal": "strip",
    "faust2netjackconsole": "strip", "faust2netjackqt": "strip", "faust2octave": "strip.m",
    "faust2owl": "stripPatch.hpp", "faust2plot": "strip", "faust2puredata": "strip~.pd_linux",
    "faust2pure": "strip.so", "faust2sam": "strip-sam.zip", "faust2sig": "strip.dsp.sig.pdf",
}  # fmt: skip
"""What each script makes of strip.dsp, where the tools that it calls are installed."""
SAMPLE = ("faust2plot", "faust2ladspa")


def build_output(script: str, folder: Path, ours: bool) -> Path:
    """The product of a script, of our compiler or of Faust's; skips where neither can make it."""
    if shutil.which(script) is None or shutil.which("g++") is None:
        pytest.skip(f"{script} or g++ is not installed")
    folder.mkdir()
    (folder / "strip.dsp").write_text(PROGRAM)
    search = os.environ["PATH"]
    if ours:
        (folder / "bin").mkdir()
        command = [sys.executable, "-m", "dspc", "--install-faust", str(folder / "bin")]
        subprocess.run(command, check=True, capture_output=True)
        search = f"{folder / 'bin'}{os.pathsep}{search}"
    done = subprocess.run(
        [script, "strip.dsp"],
        cwd=folder,
        env={**os.environ, "PATH": search},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    product = folder / PRODUCTS[script]
    if not ours and (done.returncode != 0 or not product.exists()):
        pytest.skip(f"{script} does not work with Faust itself: {done.stderr[-300:]}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert product.exists(), done.stdout + done.stderr
    return product


def numbers(text: str) -> list[float]:
    """The samples that a plotting program prints."""
    return [float(one) for one in re.findall(r"^\s*(-?[\d.]+(?:e-?\d+)?)\s*;", text, re.MULTILINE)]


@pytest.mark.conformance
def test_a_console_program_plots_the_samples_of_fausts(tmp_path: Path) -> None:
    theirs = build_output("faust2plot", tmp_path / "theirs", ours=False)
    ours = build_output("faust2plot", tmp_path / "ours", ours=True)
    printed = [
        subprocess.run([one, "-n", "40"], capture_output=True, text=True, check=True).stdout
        for one in (ours, theirs)
    ]
    assert len(numbers(printed[0])) == 40
    assert numbers(printed[0]) == pytest.approx(numbers(printed[1]), abs=1e-6)


@pytest.mark.conformance
def test_a_plugin_runs_in_a_host(tmp_path: Path) -> None:
    plugin = str(build_output("faust2ladspa", tmp_path / "ours", ours=True))
    # In a process of its own: code linked with -ffast-math sets the flush-to-zero mode as it loads.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as host:
        response = host.submit(impulse_response, plugin).result()
    assert response == [0.25 * 0.5**frame for frame in range(8)]


@pytest.mark.full
@pytest.mark.conformance
@pytest.mark.parametrize("script", sorted(set(PRODUCTS) - set(SAMPLE)))
def test_scripts_make_their_products(script: str, tmp_path: Path) -> None:
    theirs = build_output(script, tmp_path / "theirs", ours=False)
    ours = build_output(script, tmp_path / "ours", ours=True)
    assert ours.is_dir() == theirs.is_dir()
    made = [path for path in (theirs, *theirs.rglob("*")) if path.is_file()]
    for path in made:
        assert fault_of(ours / path.relative_to(theirs), path) == "", path.name
