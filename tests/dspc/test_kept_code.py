"""Results of `re`, `typing` and `dataclasses` that are kept in a cache, and deferred modules."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dspc.kept_code import KeptCode
from dspc.support.files.caches import generated_code

COMPILER: Any = vars(re)["_compiler"]
EXPRESSIONS = (
    'PATTERN = re.compile(r"(?P<name>[a-z_]\\w*)\\s*=\\s*(\\d+)?", re.IGNORECASE)\n'
    'BYTES = re.compile(rb"(?x) a+ [^\\x00-\\x1f] # a comment")\n'
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DSPC_CACHE_DIR", str(tmp_path / "cache"))


def _module(monkeypatch: pytest.MonkeyPatch, text: str = EXPRESSIONS) -> tuple[dict[str, Any], int]:
    """The names of a module with expressions, and how many of them were translated."""
    code = KeptCode()
    translated: list[object] = []
    plain = COMPILER._code

    def count(*arguments: Any) -> Any:
        translated.append(arguments)
        return plain(*arguments)

    re.purge()
    names: dict[str, Any] = {"re": re}
    with monkeypatch.context() as patch:
        patch.setattr(COMPILER, "_code", count)
        patch.setattr(COMPILER, "compile", code.translated(COMPILER))
        exec(compile(text, "module", "exec"), names)
    code.store()
    return names, len(translated)


def test_expressions_of_modules_are_translated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    (first, cold), (again, warm) = _module(monkeypatch), _module(monkeypatch)
    re.purge()
    assert (cold, warm) == (2, 0)
    plain = re.compile(r"(?P<name>[a-z_]\w*)\s*=\s*(\d+)?", re.IGNORECASE)
    for names in (first, again):
        found = names["PATTERN"].match("Level = 12")
        assert found.groupdict() == {"name": "Level"}
        assert (found.group(2), names["PATTERN"].match("1 = 2")) == ("12", None)
        assert (names["PATTERN"].flags, names["PATTERN"].groupindex) == (
            plain.flags,
            plain.groupindex,
        )
        assert names["BYTES"].fullmatch(b"aab")
        assert not names["BYTES"].fullmatch(b"aa\x01")


def test_expressions_of_functions_and_faults_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "def find(text): return re.compile(text).search('ab')\nfind('b'), find('[ab]')\n"
    assert [_module(monkeypatch, text)[1] for _ in range(2)] == [2, 2]
    for _ in range(2):
        with pytest.raises(re.error):
            _module(monkeypatch, "re.compile('(')")


def test_damaged_results_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _module(monkeypatch)
    path = Path(generated_code().python_file() or "")
    path.write_bytes(path.read_bytes()[:-3] + b"abc")
    names, translated = _module(monkeypatch)
    assert (translated, names["PATTERN"].match("a=1").group(1)) == (2, "a")
    path.write_bytes(b"")
    assert _module(monkeypatch)[1] == 2


def test_a_group_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dspc.kept_code._MOST", 2)
    _module(monkeypatch)
    _module(monkeypatch, "re.compile('[xy]+')")
    assert _module(monkeypatch, "re.compile('[xy]+')")[1] == 0
    assert _module(monkeypatch)[1] == 2


def test_annotations_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = KeptCode()
    code = first.annotation("list[int]", "<string>", "eval")
    first.store()
    monkeypatch.setattr("builtins.compile", None)
    again = KeptCode().annotation("list[int]", "<string>", "eval")
    assert eval(code) == eval(again) == list[int]


def test_deferred_modules_are_loaded_where_they_are_used() -> None:
    check = """
import sys
for name in ("ast", "tokenize", "tempfile"):
    sys.modules.pop(name, None)
from dspc.deferred_modules import DeferredLoader, DeferredModules
sys.meta_path.insert(0, DeferredModules())
import ast, tempfile
import ast, tempfile
assert "parse" not in vars(ast) and isinstance(ast.__spec__.loader, DeferredLoader)
from tokenize import generate_tokens
assert ast.literal_eval("[1, 2]") == [1, 2]
assert not isinstance(ast.__spec__.loader, DeferredLoader) and ast.__file__.endswith("ast.py")
for module in (ast, tempfile):
    try:
        module.missing
    except AttributeError as error:
        assert "missing" in str(error)
    else:
        sys.exit("an attribute that is missing")
with tempfile.TemporaryDirectory() as folder:
    assert folder
"""
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
