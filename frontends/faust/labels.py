"""Labels of widgets and groups: their metadata, their paths, and the groups around them.

label = [path] name, with `[key:value]` anywhere        path = "/" | "../" | "./" | type:name/
"""

from __future__ import annotations

Group = tuple[str, str]
"""A group's kind and its label as written (metadata included)."""

_BLANKS = " \t"
_KINDS = {"h": "hgroup", "v": "vgroup", "t": "tgroup"}


class GroupPath:
    """The groups around a box, innermost last; equal paths are the same object."""

    __slots__ = ("_inside", "group", "normalized", "parent")

    def __init__(self, group: Group | None = None, parent: GroupPath | None = None) -> None:
        self.group = group
        self.parent = parent
        self._inside: dict[Group, GroupPath] = {}
        self.normalized: tuple[Group, ...] | None = None

    def inside(self, kind: str, label: str) -> GroupPath:
        """The path of the contents of a group at this path."""
        group = (kind, label)
        known = self._inside.get(group)
        if known is None:
            known = self._inside[group] = GroupPath(group, self)
        return known

    def groups(self) -> tuple[Group, ...]:
        """The groups, outermost first."""
        chain: list[GroupPath] = []
        path: GroupPath | None = self
        while path is not None and path.normalized is None:
            chain.append(path)
            path = path.parent
        known = () if path is None else path.normalized or ()
        for path in reversed(chain):
            if path.group is not None:
                known = (*known, path.group)
            path.normalized = known
        return known


def located(label: str, groups: tuple[Group, ...]) -> tuple[tuple[Group, ...], str]:
    """The groups and the name that a widget's label means inside of these groups."""
    items = list(groups)
    while label:
        if label.startswith("/"):
            items.clear()
            label = label[1:]
        elif label.startswith("./"):
            label = label[2:]
        elif label.startswith("../"):
            if items:
                items.pop()
            label = label[3:]
        elif label[1:2] == ":":
            name, _, rest = label[2:].partition("/")
            items.append((_KINDS.get(label[0].lower(), "vgroup"), name))
            label = rest
        else:
            break
    return tuple(items), label


def parse_label(label: str) -> tuple[str, list[tuple[str, str]]]:
    """A label's text and its metadata, sorted by key, and by value where a key has several.

    Brackets nest. A backslash takes its meaning from the next character; an unclosed bracket is
    dropped.
    """
    if "[" not in label and "\\" not in label:
        return label.strip(_BLANKS), []
    text: list[str] = []
    key: list[str] = []
    value: list[str] = []
    metadata: dict[str, set[str]] = {}
    into = text
    depth = 0
    chars = iter(label)
    for char in chars:
        if char == "\\":
            into.append(next(chars, ""))
        elif into is text:
            if char == "[":
                key, value = [], []
                into = key
                depth = 1
            else:
                into.append(char)
        elif into is key and char == ":" and depth == 1:
            into = value
        elif char == "]" and depth == 1:
            items = metadata.setdefault("".join(key).strip(_BLANKS), set())
            items.add("".join(value).strip(_BLANKS))
            into = text
        else:
            depth += (char == "[") - (char == "]")
            into.append(char)
    pairs = [(name, items) for name in sorted(metadata) for items in sorted(metadata[name])]
    return "".join(text).strip(_BLANKS), pairs
