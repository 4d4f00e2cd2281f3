"""Teams and task graphs: text that reads back, and modules that the verifier refuses."""

from __future__ import annotations

import io

import pytest
from xdsl.context import Context
from xdsl.dialects import arith, builtin, func, memref, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp_mem import DspMem
from dspc.dialects.dsp_par import DspPar, GraphOp
from dspc.dialects.dsp_par.tasks import earlier_tasks

ROW = "memref<8xf32>"
CHANNEL = "memref<?xf32>"
HEAD = """
func.func @compute(%in : memref<?xf32>, %out : memref<?xf32>, %other : memref<?xf32>) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %size = arith.constant 8 : index
  %x = dsp_mem.get @x : memref<8xf32>
  %y = dsp_mem.get @y : memref<8xf32>
  %z = dsp_mem.get @z : memref<8xf32>
  %s = dsp_mem.get @s : memref<f32>
"""


def module_of(text: str) -> ModuleOp:
    context = Context()
    for dialect in (builtin.Builtin, arith.Arith, func.Func, memref.MemRef, scf.Scf):
        context.load_dialect(dialect)
    for dialect in (DspMem, DspPar):
        context.load_dialect(dialect)
    return Parser(context, text).parse_module()


def parsed(text: str) -> ModuleOp:
    return module_of(f"{HEAD}{text}\nfunc.return }}")


def loop(source: str, target: str, kind: str = "free") -> str:
    """A loop that copies one row to another; both may be channels."""

    def type_of(row: str) -> str:
        return CHANNEL if row in ("%in", "%out", "%other") else ROW

    first, second = type_of(source), type_of(target)
    return f"""dsp_par.loop {kind} reads({source} : {first}) writes({target} : {second}) {{
      scf.for %i = %zero to %size step %one {{
        %v = memref.load {source}[%i] : {first}
        memref.store %v, {target}[%i] : {second}
      }}
      dsp_par.yield
    }}"""


def team(*ops: str) -> str:
    """A team that runs these ops for each of some chunks."""
    return f"""dsp_par.parallel {{
      scf.for %chunk = %zero to %size step %size {{ {" ".join(ops)} }}
      dsp_par.yield
    }}"""


def holding(name: str, *inner: str) -> str:
    return f"dsp_par.{name} {{ {' '.join(inner)} dsp_par.yield }}"


def sections(*loops: str) -> str:
    return holding("sections", *(holding("section", each) for each in loops))


def graph(*tasks: tuple[str, str]) -> str:
    """A graph of tasks, each by its head and its loop."""
    return holding("graph", *(holding(f"task {head}", each) for head, each in tasks))


def refuse(text: str, message: str) -> None:
    with pytest.raises(VerifyException, match=message):
        parsed(text).verify()


GOOD = (
    team(
        sections(loop("%x", "%y"), loop("%x", "%z")),
        holding("for", loop("%y", "%out")),
        holding("single", loop("%z", "%x", "recursive"), loop("%x", "%other")),
    ),
    graph(
        ("0", loop("%x", "%y")),
        ("7", loop("%x", "%z")),
        ("3 after [0, 7]", loop("%y", "%x")),
    ),
)


@pytest.mark.parametrize("text", GOOD)
def test_teams_and_graphs_read_back(text: str) -> None:
    module = parsed(text)
    module.verify()
    custom = str(module)
    generic = io.StringIO()
    Printer(generic, print_generic_format=True).print_op(module)
    assert str(module_of(custom)) == custom
    assert str(module_of(generic.getvalue())) == custom


# Sections


@pytest.mark.parametrize(
    ("one", "other", "memory"),
    [
        (loop("%x", "%y"), loop("%x", "%y"), "@y"),
        (loop("%x", "%y"), loop("%y", "%z"), "@y"),
        (loop("%y", "%z"), loop("%x", "%y"), "@y"),
        (loop("%in", "%y"), loop("%x", "%out"), "out"),
        (loop("%in", "%out"), loop("%in", "%other"), "out|other"),
    ],
)
def test_sections_that_meet_are_refused(one: str, other: str, memory: str) -> None:
    message = f"section . writes .*({memory}), which section . accesses"
    refuse(team(sections(one, other)), message)
    refuse(team(sections(loop("%x", "%x"), one, other)), "may run in parallel")


def test_sections_may_read_the_same_and_write_two_outputs() -> None:
    parsed(team(sections(loop("%x", "%out"), loop("%x", "%other")))).verify()
    parsed(team(sections(loop("%in", "%y"), loop("%in", "%z")))).verify()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (sections(loop("%x", "%y")), "must be in a dsp_par.parallel"),
        (holding("for", loop("%x", "%y")), "must be in a dsp_par.parallel"),
        (holding("single", loop("%x", "%y")), "must be in a dsp_par.parallel"),
        (holding("section", loop("%x", "%y")), "a section must be in dsp_par.sections"),
        (holding("task 0", loop("%x", "%y")), "a task must be in dsp_par.graph"),
        (team(loop("%x", "%y")), "all threads of a team would run this loop"),
        (team(holding("parallel")), "would run dsp_par.parallel|cannot be in a dsp_par.parallel"),
        (team(graph()), "dsp_par.graph cannot be in a dsp_par.parallel"),
        (team(holding("sections", loop("%x", "%y"))), "sections contain dsp_par.section"),
        (
            team(holding("single", sections())),
            "dsp_par.sections must be in a dsp_par.parallel, where",
        ),
        (graph(("0", team())), "dsp_par.parallel cannot be in a dsp_par.task"),
        (holding("graph", loop("%x", "%y")), "a graph contains dsp_par.task"),
        (
            "dsp_par.loop free { dsp_par.loop free { dsp_par.yield } dsp_par.yield }",
            "loops of dsp_par are not nested",
        ),
    ],
)
def test_ops_that_belong_elsewhere_are_refused(text: str, message: str) -> None:
    refuse(text, message)


# What all threads run


def test_all_threads_change_nothing_and_read_nothing_that_changes() -> None:
    store = "%v = arith.constant 0.0 : f32 memref.store %v, %x[%zero] : memref<8xf32>"
    refuse(team(store), "all threads of a team would run memref.store")
    read = "%k = memref.load %y[%zero] : memref<8xf32>"
    refuse(team(read, holding("single", loop("%x", "%y"))), "all threads read @y")
    parsed(team(read, holding("single", loop("%y", "%x")))).verify()


# Loops split over the team


def free_loop(before: str, inside: str, after: str) -> str:
    body = f"""dsp_par.loop free reads(%x : {ROW}) writes(%y, %s : {ROW}, memref<f32>) {{
      {before}
      scf.for %i = %zero to %size step %one {{
        %v = memref.load %x[%i] : {ROW}
        {inside}
      }}
      {after}
      dsp_par.yield
    }}"""
    return team(holding("for", body))


def test_frames_of_a_for_write_elements_of_their_own() -> None:
    store = f"memref.store %v, %y[%i] : {ROW}"
    shown = "memref.store %v, %s[] : memref<f32>"
    window = f"%w = dsp_par.window %x[%one] : {ROW} -> {CHANNEL}"
    parsed(free_loop(window, store, "")).verify()
    refuse(free_loop("", f"memref.store %v, %y[%zero] : {ROW}", ""), "write the same element")
    refuse(free_loop("", shown, ""), "write the same element")
    only = "only the frames have side effects"
    refuse(free_loop("", store, f"%l = memref.load %y[%zero] : {ROW}"), only)
    zeroed = "%f = arith.constant 0.0 : f32 memref.store %f, %s[] : memref<f32>"
    refuse(free_loop(zeroed, store, ""), only)
    again = f"scf.for %j = %zero to %one step %one {{ memref.store %k, %y[%j] : {ROW} }}"
    refuse(free_loop("%k = arith.constant 0.0 : f32", store, again), only)


def test_only_one_free_loop_is_split() -> None:
    refuse(team(holding("for", loop("%x", "%y", "recursive"))), "one free loop")
    refuse(team(holding("for", loop("%x", "%y"), loop("%y", "%z"))), "one free loop")
    refuse(team(holding("for")), "one free loop")


# Graphs


@pytest.mark.parametrize(
    ("tasks", "message"),
    [
        (["0", "0"], "two tasks have the same number"),
        (["0", "1 after [2]"], "task 1 comes after task 2, which does not exist"),
        (["0 after [0]", "1"], "form a cycle"),
        (["0 after [1]", "1 after [0]"], "form a cycle"),
        (["0", "1 after [0, 0]"], "names each predecessor once"),
    ],
)
def test_dependences_are_known_and_go_forward(tasks: list[str], message: str) -> None:
    refuse(graph(*((head, loop("%x", "%x")) for head in tasks)), message)


def test_tasks_without_a_path_between_them_do_not_meet() -> None:
    first, used, last = loop("%x", "%y"), loop("%y", "%z"), loop("%z", "%y")
    parsed(graph(("0", first), ("1 after [0]", used), ("2 after [1]", last))).verify()
    refuse(graph(("0", first), ("1", used)), "task 0 writes @y, which task 1 accesses")
    refuse(graph(("4", used), ("9", first)), "task 9 writes @y, which task 4 accesses")
    broken = graph(("0", first), ("1 after [0]", used), ("2 after [0]", last))
    refuse(broken, "task 2 writes @y, which task 1 accesses|task 1 writes @z, which task 2")
    host = graph(("0", loop("%in", "%x")), ("1", loop("%y", "%out")))
    refuse(host, "task 1 writes the channel out, which task 0 accesses")


def test_unknown_ops_count_as_writing() -> None:
    hidden = f"""dsp_par.loop free reads(%x : {ROW}) {{
      "test.op"(%x) : ({ROW}) -> ()
      dsp_par.yield
    }}"""
    context = Context(allow_unregistered=True)
    for dialect in (builtin.Builtin, arith.Arith, func.Func, memref.MemRef, DspMem, DspPar):
        context.load_dialect(dialect)
    module = Parser(context, f"{HEAD}{hidden} func.return }}").parse_module()
    with pytest.raises(VerifyException, match="writes a row that it does not declare"):
        module.verify()


def test_earlier_tasks_follow_paths() -> None:
    assert earlier_tasks([[], [0], [1], []]) == [0, 0b1, 0b11, 0]
    assert earlier_tasks([[1], [0]]) is None
    chain = [[n - 1] if n else [] for n in range(5000)]
    before = earlier_tasks(chain)
    assert before is not None
    assert before[-1].bit_count() == 4999


def test_a_task_has_a_number_and_predecessors() -> None:
    module = parsed(graph(("0", ""), ("1", ""), ("5 after [1, 0]", "")))
    module.verify()
    (task_graph,) = (op for op in module.walk() if isinstance(op, GraphOp))
    assert [(task.number.data, task.predecessors) for task in task_graph.tasks] == [
        (0, ()),
        (1, ()),
        (5, (1, 0)),
    ]
