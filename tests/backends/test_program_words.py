"""Names, labels, metadata and file names of any characters, in every language that is generated.

Each text is compiled or parsed, and what comes back is what the program said.
"""

from __future__ import annotations

import ast
import json
import random
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ArrayAttr, DictionaryAttr, ModuleOp, StringAttr
from xdsl.ir import Attribute
from xdsl.parser import Parser
from xdsl.universe import Universe

from dspc.backends.c.names import string_literal
from dspc.backends.common.lowered import read_unit
from dspc.backends.cpp.class_text import ClassOptions
from dspc.backends.cpp.printer import print_cpp
from dspc.backends.description.content import Description
from dspc.backends.description.json_text import print_json
from dspc.backends.description.xml_text import print_xml
from dspc.backends.interp.generated.standalone import print_python
from dspc.backends.interp.instance import find_unit, widgets_of
from dspc.backends.llvm.header import header_of
from dspc.backends.llvm.printer import LlvmPrinting, print_llvm
from dspc.backends.opencl.host import host_files
from dspc.backends.opencl.printer import ClOptions, print_opencl
from dspc.dialects.dsp.ui import UiGroup, UiWidget, widget_paths
from dspc.dialects.text_attributes import make_text
from dspc.driver import Clock, compile_all
from dspc.figures.task_graph import graph_of, print_dot
from dspc.figures.task_graph_svg import graph_svg
from dspc.frontends.python import hgroup, hslider, program, wire
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.printing import print_module
from dspc.pipelines.standard import LOOP_PASSES, load_pass
from dspc.support.texts import text_bytes, unicode_text

pytestmark = pytest.mark.builds

PIECES = [
    '"', "'", "\\", "\n", "\r", "\t", "\x0b", "\x0c", "*/", "/*", "//", ')"', ')dspc_cl"', "??/",
    "??=", "???", "?", "\0", "]]>", "-->", "<!--", "%", "%s", "$", "$(shell false)", "`", "#",
    "@NAME@", "{", "}", "{{", "\x01", "\x1b", "\x7f", "\x85", "\u2028", "é", "𝄞", "\udcff",
    "\ud800", "&amp;", "<", ">", "&", "0", "7", "a", " ", "\\N", "'''", '"""', "\\x41", "\\u0041",
    "\\101", "*", "/", "(", ")", "[", "]", ";", ",", "\ufffe", "\ufeff", "R\"(", "L\"", "\\\n",
]  # fmt: skip
MARKS = ("@name@", "@key@", "@value@", "@group@", "@label@", "@told@", "@note@")
COUNT = 24
WITH_TRIGRAPHS = ("-std=c++14", "-w", "-trigraphs")


def words(seed: int, pieces: Sequence[str] = PIECES) -> dict[str, str]:
    chosen = random.Random(seed)
    return {m: "".join(chosen.choices(pieces, k=chosen.randint(1, 9))) for m in MARKS}


def replaced(attribute: Attribute, by: dict[str, str]) -> Attribute:
    if isinstance(attribute, StringAttr):
        return make_text(by.get(attribute.data, attribute.data))
    if isinstance(attribute, ArrayAttr):
        return ArrayAttr([replaced(item, by) for item in attribute])
    if isinstance(attribute, DictionaryAttr):
        entries = attribute.data.items()
        return DictionaryAttr({by.get(k, k): replaced(v, by) for k, v in entries})
    return attribute


@cache
def plain() -> ModuleOp:
    """A lowered program whose words are the marks."""
    level = hslider("@label@[@told@:@note@]", 0, 0, 1, 0.1)
    module = program(hgroup("@group@", wire * level), "@name@", metadata={"@key@": "@value@"})
    for name in LOOP_PASSES:
        load_pass(name)().apply(Context(), module)
    return module


def module_of(by: dict[str, str]) -> ModuleOp:
    """The same program with other words, which front ends could not all make."""
    module = plain().clone()
    for op in module.walk():
        for store in (op.attributes, op.properties):
            for name, attribute in store.items():
                if name != "sym_name":
                    store[name] = replaced(attribute, by)
                elif attribute == StringAttr("@name@"):
                    store[name] = StringAttr(by["@name@"])
    return module


def c_bytes(text: str) -> bytes:
    """What a C string of a text holds."""
    return text_bytes(text).partition(b"\0")[0]


def compiled(folder: Path, text: bytes, *flags: str) -> list[bytes]:
    """What a C++ program prints, as lines of hexadecimal digits."""
    source = folder / "words.cpp"
    source.write_bytes(text)
    executable = folder / "words"
    command = ["g++", *WITH_TRIGRAPHS, "-O0", *flags, str(source), "-o", str(executable)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr[:4000]
    output = subprocess.run([str(executable)], capture_output=True, check=True, text=True).stdout
    return [bytes.fromhex(line) for line in output.splitlines()]


HEX = """
#include <cstdio>
static void tell(const char* text)
{
	for (; *text; ++text) std::printf("%02x", (unsigned char)*text);
	std::printf("\\n");
}
"""
HOST = """
#define FAUSTFLOAT float
struct Told : UI, Meta {
	void openTabBox(const char* l) override { tell(l); }
	void openHorizontalBox(const char* l) override { tell(l); }
	void openVerticalBox(const char* l) override { tell(l); }
	void closeBox() override {}
	void addButton(const char* l, float*) override { tell(l); }
	void addCheckButton(const char* l, float*) override { tell(l); }
	using F = float;
	void addVerticalSlider(const char* l, F*, F, F, F, F) override { tell(l); }
	void addHorizontalSlider(const char* l, F*, F, F, F, F) override { tell(l); }
	void addNumEntry(const char* l, F*, F, F, F, F) override { tell(l); }
	void addHorizontalBargraph(const char* l, float*, float, float) override { tell(l); }
	void addVerticalBargraph(const char* l, float*, float, float) override { tell(l); }
	void addSoundfile(const char* l, const char* u, Soundfile**) override { tell(l); tell(u); }
	void declare(float*, const char* k, const char* v) override { tell(k); tell(v); }
	void declare(const char* k, const char* v) override { tell(k); tell(v); }
};
"""


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
def test_cpp_contains_every_word(tmp_path: Path) -> None:
    host = (Path(str(print_cpp.__code__.co_filename)).parent / "native_host.hpp").read_text()
    parts = ["#define FAUSTFLOAT float", "#define FAUST_UIMACROS", host, HEX, HOST]
    parts += [f"#define FAUST_ADD{kind}(...)" for kind in ("HORIZONTALSLIDER",)]
    calls: list[str] = []
    expected: list[str] = []
    for seed in range(COUNT):
        by = words(seed)
        module = module_of(by)
        options = ClassOptions(
            class_name=f"dsp{seed}",
            namespace=f"n{seed}",
            file_name=by["@value@"],
            options=by["@key@"],
        )
        parts.append(print_cpp(module, options))
        calls.append(
            f"{{ Told t; n{seed}::dsp{seed} d; d.buildUserInterface(&t); d.metadata(&t); }}"
        )
        expected += ["\1ui", by["@group@"], by["@told@"], by["@note@"], by["@label@"]]
        pairs = {"name": by["@name@"], by["@key@"]: by["@value@"], "compile_options": by["@key@"]}
        expected += ["\1meta", *(word for key in sorted(pairs) for word in (key, pairs[key]))]
    parts.append(f"int main() {{ Told t; {' '.join(calls)} }}")
    decoded = compiled(tmp_path, text_bytes("\n".join(parts)))
    assert len(decoded) > 10 * COUNT - 1
    remaining = list(decoded)
    for word in expected:
        if not word.startswith("\1"):
            assert c_bytes(word) in remaining, word
            remaining.remove(c_bytes(word))


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
def test_string_literals_of_all_characters(tmp_path: Path) -> None:
    texts = [chr(code) for code in range(1, 0x180)] + [f"?{a}?{b}" for a in "?/=" for b in "?/=("]
    texts += [f"{chr(code)}7" for code in range(1, 32)] + ["\udc80", "\udcff9", "𝄞"]
    texts += ["".join(words(seed).values()).replace("\0", "") for seed in range(200)]
    body = "".join(f"tell({string_literal(text)});\n" for text in texts)
    decoded = compiled(tmp_path, text_bytes(f"{HEX}int main() {{\n{body}}}\n"))
    assert decoded == [text_bytes(text) for text in texts]


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
def test_the_opencl_host_holds_the_same_kernels_and_paths(tmp_path: Path) -> None:
    parts, calls, expected = [HEX], list[str](), list[bytes]()
    for seed in range(COUNT):
        by = words(seed)
        module = module_of(by)
        cl = print_opencl(module, ClOptions(f"mydsp{seed}"))
        files = host_files(cl)
        assert files[f"mydsp{seed}.cl"] == cl.text
        parts.append(files["program.h"].replace("namespace program", f"namespace program{seed}"))
        calls.append(f"{{ using namespace program{seed};")
        calls.append("for (auto& zone : ZONES) tell(zone.path);")
        calls.append('for (const char* part : SOURCE) std::printf("%s", hex(part).c_str());')
        calls.append('std::printf("\\n"); }')
        expected += [c_bytes(path) for path in dict(widget_paths(read_unit(module).tree))]
        expected.append(c_bytes(cl.text))
    helper = "#include <string>\nstatic std::string hex(const char* t) { std::string s; char b[3]; "
    helper += 'for (; *t; ++t) { std::sprintf(b, "%02x", (unsigned char)*t); s += b; } return s; }'
    parts += [helper, f"int main() {{ {' '.join(calls)} }}"]
    assert compiled(tmp_path, text_bytes("\n".join(parts))) == expected


@pytest.mark.skipif(shutil.which("clang") is None, reason="needs clang")
def test_opencl_kernels_compile(tmp_path: Path) -> None:
    for seed in range(3):
        source = tmp_path / f"{seed}.cl"
        source.write_bytes(text_bytes(print_opencl(module_of(words(seed)), ClOptions()).text))
        command = ["clang", "-cl-std=CL1.2", "-Xclang", "-finclude-default-header", "-w"]
        command += ["-trigraphs", "-fsyntax-only", str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[:2000]


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
def test_llvm_modules_and_their_headers(tmp_path: Path) -> None:
    pytest.importorskip("llvmlite")
    from dspc.backends.llvm.jit import compiled as machine_code

    includes, calls, objects, expected = [HEX], list[str](), list[str](), list[bytes]()
    for seed in range(COUNT // 3):
        module = module_of(words(seed))
        text = print_llvm(module, LlvmPrinting(f"dsp{seed}")).text
        object_file = tmp_path / f"{seed}.o"
        object_file.write_bytes(machine_code(text, "o", None))
        objects.append(str(object_file))
        head = header_of(text)
        assert head is not None
        includes.append(head)
        calls.append(f"for (auto z = dsp{seed}_zones; z->path; ++z) tell(z->path);")
        expected += [c_bytes(path) for path in dict(widget_paths(read_unit(module).tree))]
    text = "\n".join([*includes, f"int main() {{ {' '.join(calls)} }}"])
    assert compiled(tmp_path, text_bytes(text), *objects) == expected


@pytest.mark.parametrize("seed", range(COUNT))
def test_python(seed: int) -> None:
    module = module_of(words(seed))
    text = text_bytes(print_python(module))
    tree = ast.parse(text)
    about = ast.get_docstring(tree, clean=False)
    assert about is not None
    assert about.startswith(f"{words(seed)['@name@']}: ")
    values: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            values |= {name: node.value} if name in ("NAME", "CONTROLS") else {}
    values = {name: ast.literal_eval(value) for name, value in values.items()}
    assert values["NAME"] == words(seed)["@name@"]
    assert list(values["CONTROLS"]) == [path for path, _ in widgets_of(find_unit(module))]


def description(by: dict[str, str]) -> Description:
    (ui,) = read_unit(module_of(by)).tree
    assert isinstance(ui, UiGroup)
    pairs = [("name", by["@name@"]), (by["@key@"], by["@value@"])]
    files = (by["@note@"],)
    fields = (
        by["@name@"],
        by["@value@"],
        "1",
        by["@told@"],
        files,
        files,
        1,
        1,
        pairs,
        ui,
        "mydsp",
        True,
    )
    return Description(*fields)


def labels(ui: UiGroup) -> list[str]:
    """All labels and metadata, in the order of the tree."""
    result: list[str] = []
    waiting: list[UiGroup | UiWidget] = [ui]
    while waiting:
        item = waiting.pop()
        result += [item.label, *(word for pair in item.metadata for word in pair)]
        if isinstance(item, UiGroup):
            waiting += reversed(item.children)
    return result


@pytest.mark.parametrize("seed", range(COUNT))
def test_json_and_xml(seed: int) -> None:
    by = words(seed)
    about = description(by)
    parsed = json.loads(text_bytes(print_json(about)).decode())
    assert parsed["name"] == by["@name@"]
    assert parsed["filename"] == by["@value@"]
    assert parsed["library_list"] == [by["@note@"]]
    assert {by["@key@"]: by["@value@"]} in parsed["meta"]
    said = json.dumps(parsed["ui"])
    for label in labels(about.ui):
        assert json.dumps(label) in said
    root = ElementTree.fromstring(text_bytes(print_xml(about)))
    assert root.findtext("name") == in_xml(by["@name@"])
    assert in_xml(by["@label@"]) in [e.text or "" for e in root.iter("label")]
    assert in_xml(by["@group@"]) in [e.text or "" for e in root.iter("label")]
    metadata = {e.get("key"): e.text or "" for e in root.iter("meta")}
    assert metadata[in_xml(by["@told@"])] == in_xml(by["@note@"])
    assert metadata[in_xml(by["@key@"])] == in_xml(by["@value@"])


def in_xml(text: str) -> str:
    """What of a text XML 1.0 can hold."""
    text = re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def test_task_graphs_of_characters_that_xml_has_not() -> None:
    """U+FFFE and U+FFFF in a name went through dot into its SVG, which no reader took."""
    text = print_dot(graph_of(module_of(words(0))), "a\ufffeb\uffffc\x0cd")
    assert '"a b c d"' in text


@pytest.mark.parametrize("seed", range(0, COUNT, 4))
def test_task_graphs(seed: int, tmp_path: Path) -> None:
    by = words(seed)
    nodes = graph_of(module_of(by))
    svg = ElementTree.fromstring(text_bytes(graph_svg(nodes, by["@name@"], by["@told@"])))
    texts = [e.text or "" for e in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert in_xml(by["@told@"]) in texts
    if shutil.which("dot") is not None:
        dot = tmp_path / "p.dot"
        dot.write_bytes(text_bytes(print_dot(nodes, by["@name@"])))
        done = subprocess.run(["dot", "-Tsvg", str(dot)], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        root = ElementTree.fromstring(done.stdout)
        name = in_xml(re.sub("[\0-\x09\x0b-\x1f\x7f\ufffe\uffff]", " ", by["@name@"]))
        said = " ".join(e.text or "" for e in root.iter("{http://www.w3.org/2000/svg}text"))
        for part in re.findall(r"[A-Za-z0-9%$#@&<>{}\\'\"]+", name):
            assert part in said


def is_unicode(text: str) -> bool:
    """Whether a text has no lone surrogates, which symbols do not keep."""
    return text == unicode_text(text)


@pytest.mark.parametrize("seed", range(COUNT))
def test_mlir_parses_back(seed: int) -> None:
    context = Context()
    for dialects in Universe.get_multiverse().all_dialects.items():
        context.register_dialect(*dialects)
    for is_allowed in (str.isascii, str.isprintable, is_unicode):
        module = module_of(words(seed, [piece for piece in PIECES if is_allowed(piece)]))
        parsed = Parser(context, print_module(module)).parse_module()
        assert parsed.is_structurally_equivalent(module)


@pytest.mark.parametrize("seed", range(6))
def test_words_of_a_source(seed: int, tmp_path: Path) -> None:
    """From the .dsp file to its diagrams, to Faust again, and to a Python program."""
    # A percent sign before a letter stands for a value of the program.
    chosen = [
        p for p in PIECES if "%" not in p and not {*p} & {*'"\0\x01\x1b\n\r\t\ud800\udcff\ufeff'}
    ]
    by = words(seed, chosen)
    source = tmp_path / "p.dsp"
    text = f'''declare name "{by["@name@"]}"; declare key "{by["@value@"]}";
process = hgroup("{by["@group@"]}", _ * vslider("{by["@label@"]}", 0, 0, 1, 0.1)), f;
f = soundfile("s[url:{by["@note@"]}]", 1) : !, !, _ with {{ x = 1; }};'''
    source.write_text(text.replace(", f;", ", (0, 0 : f);"))
    options = CompileOptions(file=str(source), svg=True, json=True, xml=True)
    text, documents = compile_all(str(source), options, Clock())
    for document in documents:
        data = text_bytes(document.text)
        if document.path.endswith(".json"):
            assert json.loads(data)["name"] == by["@name@"]
        else:
            ElementTree.fromstring(data)
    again, _ = compile_all(str(source), replace(options, export_dsp=True), Clock())
    second = tmp_path / "p2.dsp"
    second.write_bytes(text_bytes(again))
    said, _ = compile_all(str(second), CompileOptions(file=str(second)), Clock())
    assert string_literal(by["@name@"]) in text
    calls = [line for line in text.splitlines() if "ui_interface->add" in line]
    assert calls == [line for line in said.splitlines() if "ui_interface->add" in line]
