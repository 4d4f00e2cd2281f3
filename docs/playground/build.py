"""Builds the playground: `python docs/playground/build.py FOLDER --pyodide DIR`.

DIR is Pyodide's package of npm (`npm install pyodide`), or its distribution unpacked. FOLDER is
served as it is, by any server of files.
"""

from __future__ import annotations

import argparse
import json
import shutil
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = ("dspc", "xdsl", "immutabledict", "ordered_set", "typing_extensions")
PROGRAM = """ma = library("maths.lib");
freq = hslider("freq[scale:log][unit:Hz]", 440, 50, 2000, 1);
level = hslider("level[style:knob]", 0.2, 0, 1, 0.01);
phase = +(freq / ma.SR) ~ (_ <: _, floor : -);
process = phase : *(2 * ma.PI) : sin : *(level) <: _, _;
"""
_WANTED = ("pyodide*", "python_stdlib.zip")
_ENDINGS = (".py", ".toml", ".h", ".hpp", ".js", ".css", ".html", ".cl", ".c", ".ll", ".typed")


def package_files() -> Iterator[tuple[Path, str]]:
    """The files of dspc and of its dependences, with their names in the archive."""
    for name in PACKAGES:
        spec = find_spec(name)
        assert spec is not None
        if not spec.submodule_search_locations:
            assert spec.origin is not None
            yield Path(spec.origin), f"{name}.py"
            continue
        for folder in map(Path, spec.submodule_search_locations):
            # The folders of a checkout are links.
            for part in (folder, *(one for one in folder.iterdir() if one.is_symlink())):
                for path in part.rglob("*"):
                    if path.is_file() and path.suffix in _ENDINGS:
                        yield path, str(Path(name) / path.relative_to(folder))


def libraries() -> Iterator[tuple[Path, str]]:
    """The installed Faust libraries; none where there are none."""
    from dspc.frontends.faust.files import FileFinder

    for folder in map(Path, FileFinder().all_folders()):
        if (folder / "stdfaust.lib").exists():
            yield from ((path, f"faust/{path.name}") for path in sorted(folder.glob("*.lib")))
            return


def programs() -> dict[str, str]:
    """The programs that the page offers by name, the one that it begins with first."""
    gallery = sorted((HERE.parents[1] / "examples" / "gallery").glob("*.dsp"))
    named = {path.stem.replace("_", " "): path.read_text(encoding="utf-8") for path in gallery}
    return {"sine": PROGRAM} | named


def build(folder: Path, pyodide: Path) -> None:
    """Write the playground into a folder."""
    (folder / "pyodide").mkdir(parents=True, exist_ok=True)
    for pattern in _WANTED:
        for path in pyodide.glob(pattern):
            shutil.copy(path, folder / "pyodide")
    listed = json.dumps(programs()).replace("<", "\\u003c")
    page = (HERE / "index.html").read_text(encoding="utf-8").replace("@programs@", listed)
    (folder / "index.html").write_text(page, encoding="utf-8")
    for name in ("page.js", "worker.js", "playground.css"):
        shutil.copy(HERE / name, folder)
    shutil.copy(HERE.parents[1] / "dspc" / "player" / "player.css", folder)
    with zipfile.ZipFile(folder / "dspc.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(HERE / "run.py", "run.py")
        for path, name in (*package_files(), *libraries()):
            archive.write(path, name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pyodide", type=Path, required=True)
    given = parser.parse_args()
    build(given.folder, given.pyodide)
