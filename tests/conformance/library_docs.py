"""Reads the functions that the installed Faust libraries document, and builds a program of each.

A library's comment names a function in a heading like `//---`(fi.)lowpass`---`, shows its use
under `#### Usage` (or `#### Test`), and says what each argument is in a list. The program calls
the function with an argument of the kind that its name or description suggests; inputs stay open.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_HEADING = re.compile(r"^//-{2,}.*`")
_NAMED = re.compile(r"`(?:\((\w+)\.\))?(\w+)[^`]*`")
_ITEM = re.compile(r"^[*-]\s*`([^`]+)`\s*:?(.*)")
_LIBRARY = re.compile(r'^\s*(\w+)\s*=\s*library\("([^"]+)"\)', re.MULTILINE)


@dataclass
class Function:
    """One documented function: the library's prefix, the function's name, the lines that show its
    use, and the description of each argument."""

    prefix: str
    name: str
    usage: list[str] = field(default_factory=list[str])
    test: list[str] = field(default_factory=list[str])
    arguments: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def full_name(self) -> str:
        return f"{self.prefix}.{self.name}"


def library_folder() -> Path:
    """Where the installed compiler looks for its libraries."""
    said = subprocess.run(["faust", "-dspdir"], capture_output=True, text=True, check=True)
    return Path(said.stdout.strip())


def documented_functions(folder: Path) -> list[Function]:
    """Every documented function of the libraries that stdfaust.lib knows by a prefix."""
    prefixes = _LIBRARY.findall((folder / "stdfaust.lib").read_text(encoding="utf-8"))
    functions: dict[str, Function] = {}
    for prefix, file in prefixes:
        path = folder / file
        if not path.is_file():
            continue
        for function in _read(prefix, path.read_text(encoding="utf-8", errors="replace")):
            functions.setdefault(function.full_name, function)
    return list(functions.values())


def _read(prefix: str, text: str) -> Iterator[Function]:
    lines = text.splitlines()
    for index, line in enumerate(lines):
        if not _HEADING.match(line):
            continue
        block = _comment_after(lines, index)
        sections = _sections(block)
        usage, test = (_code(sections.get(title, [])) for title in ("usage", "test"))
        if not usage and not test:
            continue
        arguments = {
            name.strip(): item[2].strip()
            for item in filter(None, map(_ITEM.match, block))
            for name in item[1].split(",")
        }
        for stated, name in _NAMED.findall(line):
            yield Function(stated or prefix, name, usage, test, arguments)


def _comment_after(lines: list[str], index: int) -> list[str]:
    block: list[str] = []
    for line in lines[index + 1 :]:
        if not line.startswith("//") or line.startswith(("//---", "//***")):
            break
        block.append(line[2:].strip())
    return block


def _sections(block: list[str]) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    title = ""
    for line in block:
        if line.startswith("####"):
            title = line.strip("# :").lower()
            title = "usage" if title.startswith("usage") else title
        sections.setdefault(title, []).append(line)
    return sections


def _code(section: list[str]) -> list[str]:
    inside, code_lines = False, list[str]()
    for line in section:
        if line.startswith("```"):
            if code_lines:
                break
            inside = not inside
        elif inside:
            code_lines.append(line)
    return code_lines


# The kinds of arguments, by name; each pattern must match the whole name.
_BY_NAME: tuple[tuple[str, str], ...] = (
    (r"gate|trigger|trig|reset|t|bypass|bpc|hold|play|run|btn|c|clear|ctl?r?", "button"),
    (r"N|M|O|order|n|nbits|nChans|nTaps|K|P|L|numOutputs|nHarmonics|nModes|mode|r|inter", "three"),
    (r"(?:max|size|table|n)[A-Za-z]*|tablesize|S|MaxDelay|D|T|nMax", "size"),
    (
        r".*(?:freq|Freq|frq|[cC]utoff).*|f|fc|cf|f0|f1|f2|fr|fx|lf|uf|w|bandw?|ctFreq|width",
        "hertz",
    ),
    (r"it|dur|att|rel|dec|del|delay|time|period|at|rt|dt|.*[tT]ime|sus|a|d|s|tau|t60.*", "short"),
    (r"thresh.*|.*dB|db|level", "decibels"),
    (r"x|y|z|sig|in|ein|jin|input", "signal"),
)
_TEXT: dict[str, tuple[str, ...]] = {
    "button": ('button("gate")',),
    "three": ("3", "2", "4"),
    "size": ("1024", "8", "64"),
    "hertz": ("440.0",),
    "short": ("0.05",),
    "decibels": ("-20.0",),
    "signal": ("_",),
    "other": ("0.5",),
}


def _kind(name: str, said: str) -> str:
    lowered = said.lower()
    if "constant numerical" in lowered or "(integer" in lowered or "compile" in lowered:
        sized = any(word in lowered for word in ("max", "length", "size"))
        return "size" if sized else "three"
    if "in hz" in lowered or "frequency" in lowered:
        return "hertz"
    for pattern, kind in _BY_NAME:
        if re.fullmatch(pattern, name):
            return kind
    return "other"


def calls(function: Function) -> list[list[str] | None]:
    """The argument lists in which the usage calls the function; None where it stands alone."""
    text = " ".join(line.split("//")[0] for line in function.usage)
    result: list[list[str] | None] = []
    for match in re.finditer(rf"(?<![\w.])(?:\w+\.)?{re.escape(function.name)}\b", text):
        arguments = _arguments(text, match.end())
        if arguments not in result:
            result.append(arguments)
    return result


def _arguments(text: str, start: int) -> list[str] | None:
    if not text[start:].lstrip().startswith("("):
        return None
    depth, current, result = 0, "", list[str]()
    for letter in text[start:].lstrip():
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0:
            return [*result, current[1:].strip()] if not result else [*result, current.strip()]
        if letter == "," and depth == 1:
            result.append(current[1:].strip() if not result else current.strip())
            current = ""
        else:
            current += letter
    return None


def candidates(function: Function) -> list[str]:
    """Test programs, the likeliest first; a compiler that knows the language chooses."""
    head = 'import("stdfaust.lib");\n'
    texts: list[str] = []
    if any(line.strip().startswith("process") for line in function.test + function.usage):
        source = function.test or function.usage
        texts.append(head + "\n".join(source) + "\n")
    for arguments in calls(function):
        if not arguments:
            continue
        kinds = [_kind(name, function.arguments.get(name, "")) for name in arguments]
        for choice in range(3):
            values = [_TEXT[kind][choice % len(_TEXT[kind])] for kind in kinds]
            texts.append(_call(head, function, values))
        literal = [text if re.match(r"[\d.(]", text) else "_" for text in arguments]
        for filler in ("2", "1", "0.5", "_", "(1, 2)"):
            texts.append(_call(head, function, [filler] * len(arguments)))
        texts.append(_call(head, function, literal))
    texts.append(f"{head}process = {function.full_name};\n")
    return list(dict.fromkeys(texts))


def _call(head: str, function: Function, values: list[str]) -> str:
    return f"{head}process = {function.full_name}({', '.join(values)});\n"
