"""Finding, reading, caching and merging files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from faust_tree import definitions

from dspc.frontends.faust import files, installed, library_cache
from dspc.frontends.faust.files import read_program, read_source
from dspc.frontends.faust.library_cache import LazyDefinitions, load_library
from dspc.frontends.faust.loader import Loader, ParsedFile
from dspc.frontends.faust.parser import parse
from dspc.support.diagnostics import DspcError, Source, Span
from dspc.support.files import private

LIBRARY = 'import("other.lib");\ndeclare name "N";\nf(0) = 1;\ng = f(2);\nf(n) = n * f(n - 1);\n'


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, a cache of its own, and no installed libraries."""
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("FAUST_LIB_PATH", raising=False)
    monkeypatch.setattr(files, "SYSTEM_FOLDERS", ())
    monkeypatch.setattr(files, "installed_folders", lambda: ())
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


def write(path: str, text: str) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)
    return path


def caught(call: object, *arguments: object) -> DspcError:
    assert callable(call)
    with pytest.raises(DspcError) as raised:
        call(*arguments)
    return raised.value


# Reading ---------------------------------------------------------------------------------------


def test_missing_program_suggests_a_neighbour() -> None:
    write("freeverb.dsp", "process = _;")
    error = caught(read_program, "freverb.dsp")
    assert (error.code, error.exit_status, error.span) == ("E0120", 2, None)
    assert error.message.startswith("freverb.dsp: ")
    assert error.hint == "did you mean `freeverb.dsp`?"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\udcff"])
def test_impossible_names(name: str) -> None:
    assert caught(read_program, name).code in ("E0120", "E0123")


def test_folder(folders: Path) -> None:
    error = caught(read_program, str(folders))
    assert (error.code, error.exit_status) == ("E0121", 2)


def test_binary() -> None:
    Path("a.dsp").write_bytes(b"\x7fELF\x02\x01\x01\0\0")
    assert caught(read_program, "a.dsp").code == "E0122"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable() -> None:
    Path(write("a.dsp", "process = _;")).chmod(0)
    error = caught(read_program, "a.dsp")
    assert (error.code, error.exit_status) == ("E0123", 2)


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_empty_program(text: str) -> None:
    error = caught(read_program, write("a.dsp", text))
    assert (error.code, error.exit_status) == ("E0125", 2)


def test_endless_file() -> None:
    if os.path.exists("/dev/zero"):
        assert caught(read_program, "/dev/zero").code == "E0126"


def test_latin_1_and_byte_order_marks() -> None:
    Path("a.dsp").write_bytes(b"// caf\xe9\nprocess = _;")
    assert read_source("a.dsp").text == "// café\nprocess = _;"
    Path("b.dsp").write_bytes(b"\xef\xbb\xbfprocess = _;")
    assert read_source("b.dsp").text == "process = _;"


# Finding ---------------------------------------------------------------------------------------


def who(include: tuple[str, ...] = ()) -> str:
    """Which `who.lib` an import of the program reaches."""
    loader = Loader(include=include)
    module = loader.load_program("main/p.dsp")
    return definitions([loader.definitions(module.statements)["who"]])


def test_search_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder, -I, FAUST_LIB_PATH, the program's folder, the library's own, the rest."""
    write("main/p.dsp", 'import("sub/a.lib"); process = who;')
    write("main/sub/a.lib", 'import("who.lib");')
    monkeypatch.setenv("FAUST_LIB_PATH", f"env{os.pathsep}env2")
    monkeypatch.setattr(files, "SYSTEM_FOLDERS", ("system",))
    order = ["./who.lib", "inc", "env", "env2", "main", "main/sub", "system"]
    places = [place if place.endswith(".lib") else f"{place}/who.lib" for place in order]
    for number, place in enumerate(places):
        write(place, f"who = {number};")
    for number, place in enumerate(places):
        assert who(("inc",)) == f"{{who = {number}}}"
        Path(place).unlink()
    assert caught(who).code == "E0124"


def test_absent_libraries_are_explained() -> None:
    write("main/p.dsp", 'import("stdfaust.lib"); process = _;')
    error = caught(who)
    assert (error.code, str(error.span)) == ("E0124", "main/p.dsp:1:1")
    for way in ("apt install", "pip install 'dspc[libraries]'", "FAUST_LIB_PATH"):
        assert way in (error.hint or "")
    assert "\n" not in (error.hint or "")


@pytest.mark.parametrize("folder", ["cyfaust/resources/libraries", "dawdreamer/faustlibraries"])
def test_packages_that_carry_the_libraries_are_found(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layouts of cyfaust 0.2.1 and dawdreamer 0.9.0; neither is imported."""
    write(f"site/{folder.partition('/')[0]}/__init__.py", "raise SystemExit('imported')")
    write(f"site/{folder}/stdfaust.lib", "here = 1;")
    monkeypatch.syspath_prepend("site")
    monkeypatch.setattr(files, "installed_folders", installed.installed_folders)
    monkeypatch.setenv(installed.ASKING, "1")  # no Faust is asked
    installed.installed_folders.cache_clear()
    write("main/p.dsp", 'import("stdfaust.lib"); process = here;')
    try:
        loader = Loader()
        module = loader.load_program("main/p.dsp")
        assert definitions([loader.definitions(module.statements)["here"]]) == "{here = 1}"
    finally:
        installed.installed_folders.cache_clear()


def test_other_files_get_a_suggestion() -> None:
    write("stdfaust.lib", "")
    write("main/mylib.lib", "")
    write("main/p.dsp", 'import("mylb.lib");')
    error = caught(who)
    assert error.hint == "did you mean `mylib.lib`?"
    assert "main" in error.notes[0].message


def test_a_folder_in_place_of_a_library() -> None:
    write("main/p.dsp", 'import("sub");')
    write("main/sub/a.lib", "")
    assert caught(who).code == "E0121"


def test_addresses_are_not_fetched() -> None:
    write("main/p.dsp", 'import("https://example.org/a.lib");')
    assert caught(who).code == "E0127"


@pytest.mark.parametrize("name", ["", "\\0", "../" * 50 + "x.lib", "x" * 5000])
def test_odd_names_in_programs(name: str) -> None:
    write("main/p.dsp", f'import("{name}");')
    assert caught(who).exit_status == 1


def test_faults_of_a_library_carry_its_place_and_status_1() -> None:
    write("main/p.dsp", 'import("a.lib");')
    write("main/a.lib", "x = ;")
    error = caught(who)
    assert (str(error.span), error.exit_status) == ("main/a.lib:1:5", 1)


# Merging ---------------------------------------------------------------------------------------


def merged(loader: Loader, module: ParsedFile) -> dict[str, str]:
    by_name = loader.definitions(module.statements)
    return {name: definitions([by_name[name]]) for name in by_name}


def test_imports_in_circles() -> None:
    write("p.dsp", 'import("p.dsp"); import("a.lib"); process = a;')
    write("a.lib", 'import("b.lib"); a = b;')
    write("b.lib", 'import("a.lib"); b = 7;')
    loader = Loader()
    module = loader.load_program("p.dsp")
    assert merged(loader, module) == {
        "process": "{process = a}",
        "a": "{a = b}",
        "b": "{b = 7}",
    }
    library = loader.load("a.lib", Span(module.source, 0, 1))
    assert list(merged(loader, library)) == ["a", "b"]


def test_one_file_is_one_module() -> None:
    write("p.dsp", "process = _;")
    write("a.lib", "a = 1;")
    loader = Loader()
    span = Span(loader.load_program("p.dsp").source, 0, 1)
    assert loader.load("a.lib", span) is loader.load("./a.lib", span)


def test_same_definition_in_two_files() -> None:
    write("p.dsp", 'import("a.lib"); x = 5 + /* five */ 1; process = x;')
    write("a.lib", "x = 5\n+1;")
    loader = Loader()
    assert merged(loader, loader.load_program("p.dsp"))["x"] == "{x = (5 + 1)}"


@pytest.mark.parametrize("other", ["x = 6;", "x(5) = 5;", "x(n) = 5; x(m) = 6;"])
def test_different_definitions_in_two_files(other: str) -> None:
    write("p.dsp", 'import("a.lib"); x = 5; process = x;')
    write("a.lib", "\n" + other)
    loader = Loader()
    error = caught(loader.definitions, loader.load_program("p.dsp").statements)
    assert (error.code, str(error.span)) == ("E0109", "a.lib:2:1")
    assert str(error.notes[0].span) == "p.dsp:1:18"


# The cache -------------------------------------------------------------------------------------


def entries() -> list[Path]:
    folder = private.cache_folder()
    assert folder is not None
    return sorted(Path(folder).rglob("*.json"))


def loaded(text: str = LIBRARY) -> dict[str, object]:
    """Everything that loading gives, to compare; lazily parsed parts are parsed."""
    statements = load_library(Source("a.lib", text), "single")
    return {
        "definitions": [definitions([d]) for d in statements.definitions.values()],
        "spans": [[r.span[1:] for r in d.rules] for d in statements.definitions.values()],
        "imports": [(i.file, i.span[1:]) for i in statements.imports],
        "declares": [(d.key, d.value, d.function, d.span[1:]) for d in statements.declares],
    }


def test_second_loading_is_lazy_and_gives_the_same() -> None:
    first = loaded()
    assert len(entries()) == 1
    statements = load_library(Source("b.lib", LIBRARY), "single")
    assert isinstance(statements.definitions, LazyDefinitions)
    assert "f" in statements.definitions
    assert "h" not in statements.definitions
    assert statements.definitions.get("h") is None
    assert len(statements.definitions) == 2
    assert statements.definitions["f"] is statements.definitions["f"]
    assert statements.definitions["f"].span.source.name == "b.lib"
    assert loaded() == first


def test_text_and_precision_have_entries_of_their_own() -> None:
    text = "singleprecision x = 1; doubleprecision x = 2;"
    for _ in range(2):
        for precision, value in (("single", 1), ("double", 2)):
            source = Source("a.lib", text)
            library = load_library(source, precision).definitions  # pyright: ignore[reportArgumentType]
            assert definitions([library["x"]]) == f"{{x = {value}}}"
    loaded()
    assert len(entries()) == 3


def test_a_faulty_library_is_reported_every_time_and_never_cached() -> None:
    for _ in range(2):
        assert caught(loaded, "x = ;").code == "E0101"
    assert entries() == []


def test_damaged_entries_are_recomputed() -> None:
    first = loaded()
    (entry,) = entries()
    whole = entry.read_bytes()
    for at in range(0, len(whole), 3):
        entry.write_bytes(whole[:at])
        assert loaded() == first
        entry.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert loaded() == first
        assert entry.read_bytes() == whole


def test_an_entry_of_another_text_is_not_trusted() -> None:
    loaded("x = 1; y = 2;")
    (foreign,) = entries()
    first = loaded()
    (own,) = set(entries()) - {foreign}
    own.write_bytes(foreign.read_bytes())
    assert loaded() == first


@pytest.mark.parametrize(
    "body",
    [
        "null", "[]", "{}", "1e999", "[" * 100_000,
        '{"definitions":{"f":[[0,999]]},"imports":[],"declares":[]}',
        '{"definitions":{"f":[[0,"a"]]},"imports":[],"declares":[]}',
        '{"definitions":{"f":[7]},"imports":[],"declares":[]}',
        '{"definitions":[],"imports":[],"declares":[]}',
        '{"definitions":{},"imports":[1],"declares":[]}',
        '{"definitions":{},"imports":[],"declares":[[1]]}',
    ],
    ids=lambda body: str(body)[:30],
)  # fmt: skip
def test_entries_with_a_right_checksum_and_wrong_contents(body: str) -> None:
    first = loaded()
    (entry,) = entries()
    key = entry.read_text().split()[4]
    entry.write_bytes(library_cache._header(key, body.encode()) + body.encode())  # pyright: ignore[reportPrivateUsage]
    assert loaded() == first


def test_without_a_usable_folder_nothing_is_cached(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("file", "")
    monkeypatch.setenv("DSPC_CACHE_DIR", str(folders / "file" / "cache"))
    assert loaded() == loaded()


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DSPC_CACHE_DIR", "/a")
    assert private.cache_folder() == "/a"
    monkeypatch.delenv("DSPC_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "/b")
    assert private.cache_folder() == "/b/dspc"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/c")
    assert private.cache_folder() == "/c/.cache/dspc"


def test_entries_hold_no_more_than_places() -> None:
    loaded()
    (entry,) = entries()
    body = json.loads(entry.read_text().split("\n", 1)[1])
    assert body["definitions"] == {"f": [[39, 47], [59, 78]], "g": [[49, 57]]}


@pytest.mark.skipif(not os.path.exists("/usr/share/faust"), reason="no installed libraries")
def test_installed_libraries_load_the_same_by_index() -> None:
    for path in sorted(Path("/usr/share/faust").glob("*.lib"))[::4]:
        source = read_source(str(path))
        load_library(source, "double")
        lazy = load_library(source, "double").definitions
        assert isinstance(lazy, LazyDefinitions)
        direct = parse(source, "double").definitions
        assert list(lazy) == list(direct)
        for name, definition in direct.items():
            assert [r.span for r in lazy[name].rules] == [r.span for r in definition.rules]
            assert [type(r.body) for r in lazy[name].rules] == [
                type(r.body) for r in definition.rules
            ]
