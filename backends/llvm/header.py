"""The C header of a program compiled by LLVM: its functions, sizes and zones."""

from __future__ import annotations

from dspc.backends.common.comments import comment_text
from dspc.backends.common.lowered import Unit
from dspc.backends.llvm.layout import INSTANCE_ALIGNMENT, InstanceLayout
from dspc.support.texts import unicode_text

FUNCTIONS = ("init", "class_init", "instance_constants", "reset_ui", "instance_clear", "compute")
"""The functions of a program, each with the program's prefix."""

_TEXT = """\
/* {title}: compiled by dspc.{built}

   An instance is {name}_size bytes, all 0 at first, at a multiple of {alignment}:

       void *one = calloc(1, {name}_size);
       {name}_init(one, 48000);
       {name}_compute(one, frames, inputs, outputs);
       free(one);

   A widget's value is the {name}_real at the zone's offset: the host writes the inputs and reads
   the bargraphs. A zone of kind "soundfile" is a struct Soundfile *, set before the init; NULL
   plays silence. Tables that all instances share are filled by class_init, which init calls. */
#ifndef {name}_H
#define {name}_H
#ifdef __cplusplus
extern "C" {{
#endif

typedef {real} {name}_real;

enum {{
    {name}_size = {size},
    {name}_inputs = {inputs},
    {name}_outputs = {outputs},
    {name}_zone_count = {zones}
}};

struct {name}_zone {{
    const char *path; /* "/group/label"; NULL ends the table */
    const char *kind; /* button, checkbox, hslider, vslider, nentry, hbargraph, ... */
    int offset;       /* in bytes, from the start of an instance */
    double init, min, max, step;
}};
extern const struct {name}_zone {name}_zones[{name}_zone_count + 1];

/* class_init, instance_constants, reset_ui and instance_clear, in this order. */
void {name}_init(void *instance, int rate);
void {name}_class_init(int rate);
void {name}_instance_constants(void *instance, int rate);
void {name}_reset_ui(void *instance);
void {name}_instance_clear(void *instance);
void {name}_compute(void *instance, int count, {name}_real **inputs, {name}_real **outputs);

#ifdef __cplusplus
}}
#endif
#endif
"""


def header(unit: Unit, layout: InstanceLayout, name: str, command_line: str = "") -> str:
    """The header's text; with a command line, it says how the program was compiled."""
    built = f"\n   Compilation options: {comment_text(command_line)}" if command_line else ""
    return _TEXT.format(
        built=built,
        title=" ".join(comment_text(unicode_text(unit.name)).split()),
        name=name,
        alignment=INSTANCE_ALIGNMENT,
        real="float" if unit.single else "double",
        size=layout.size,
        inputs=unit.inputs,
        outputs=unit.outputs,
        zones=len(layout.zones),
    )


def commented(text: str) -> list[str]:
    """A header as a comment at the head of a module of IR."""
    return [f"; {line}".rstrip() for line in text.splitlines()]


def header_of(module: str) -> str | None:
    """The header in the comment at the head of a module of IR; None if there is none."""
    lines: list[str] = []
    for line in module.splitlines():
        if not line.startswith(";"):
            break
        lines.append(line[2:])
    return "\n".join([*lines, ""]) if lines else None
