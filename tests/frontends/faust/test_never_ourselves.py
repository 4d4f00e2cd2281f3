"""A `faust` on the path that is dspc itself, or that never answers."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dspc.frontends.faust import installed

COMMAND = f"{shlex.quote(sys.executable)} -m dspc"
INDIRECT = f'{shlex.quote(sys.executable)} -m ds""pc'
"""The same for a shell, but no script that speaks of us."""
WRAPPERS = {
    "named": f'exec {COMMAND} "$@"',
    "with an empty environment": f"""exec env -i PATH="$PATH" PYTHONPATH="$PYTHONPATH" \\
        {COMMAND} "$@\"""",
    "indirect": f'exec {INDIRECT} "$@"',
    "indirect, as a child": f'{INDIRECT} "$@"; exit $?',
}


def place_faust(folder: Path, body: str) -> None:
    """An executable script `faust` that counts its starts in the file `starts`."""
    folder.mkdir()
    script = folder / "faust"
    script.write_text(f"#!/bin/sh\necho x >> {folder / 'starts'}\n{body}\n")
    script.chmod(0o755)


def dspc(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).parents[3])
    search = os.pathsep.join((str(folder / "bin"), "/usr/bin", "/bin"))
    return subprocess.run(
        [sys.executable, "-m", "dspc", *arguments],
        cwd=folder,
        env={"PATH": search, "PYTHONPATH": root, "DSPC_CACHE_DIR": str(folder / "cache")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("asked", ["-dspdir", "p.dsp", "-pathslist"])
def test_a_faust_that_is_dspc_ends(wrapper: str, asked: str, tmp_path: Path) -> None:
    place_faust(tmp_path / "bin", WRAPPERS[wrapper])
    (tmp_path / "p.dsp").write_text('import("nowhere.lib");\nprocess = _;\n')
    done = dspc(tmp_path, asked)
    assert "Traceback" not in done.stderr
    if asked == "p.dsp":
        assert done.returncode == 1
        assert "error[E0124]" in done.stderr
    starts = tmp_path / "bin" / "starts"
    assert not starts.exists() or len(starts.read_text().split()) <= 1


def test_an_answer_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    place_faust(tmp_path / "bin", f'[ "$1" = -dspdir ] && echo {libraries}')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    installed.installed_folders.cache_clear()
    assert str(libraries) in installed.installed_folders()
    installed.installed_folders.cache_clear()


def test_a_faust_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_faust(tmp_path / "bin", f"sleep 97 & echo $! > {tmp_path}/child\nwait")
    monkeypatch.setattr(installed, "_SECONDS", 0.5)
    assert installed._first_line([str(tmp_path / "bin" / "faust"), "-dspdir"]) == ""
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        status = Path(f"/proc/{child}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    raise AssertionError("what the command had started lives on")


def test_a_faust_that_we_install_runs_us_and_asks_the_other(tmp_path: Path) -> None:
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    (libraries / "nowhere.lib").write_text("half = *(0.5);")
    place_faust(tmp_path / "other", f'[ "$1" = -dspdir ] && echo {libraries}')
    (tmp_path / "bin").mkdir()
    installed = dspc(tmp_path, "--install-faust", "bin")
    assert (installed.returncode, installed.stderr) == (0, "")
    (tmp_path / "p.dsp").write_text('import("nowhere.lib");\nprocess = half;\n')
    search = os.pathsep.join(str(tmp_path / name) for name in ("bin", "other"))
    done = subprocess.run(
        ["faust", "p.dsp", "-cn", "Half", "p.dsp"],
        cwd=tmp_path,
        env={"PATH": f"{search}:/usr/bin:/bin", "DSPC_CACHE_DIR": str(tmp_path / "cache")},
        executable=str(tmp_path / "bin" / "faust"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "class Half : public dsp" in done.stdout
    assert (tmp_path / "other" / "starts").read_text() == "x\n"
    # Writing it anew is no harm; another program by that name stays.
    assert dspc(tmp_path, "--install-faust", "bin").returncode == 0
    refused = dspc(tmp_path, "--install-faust", "other")
    assert refused.returncode == 2
    assert "other/faust: is another program" in refused.stderr
    assert "echo x" in (tmp_path / "other" / "faust").read_text()
