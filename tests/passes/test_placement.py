"""Placement: every answer is legal, none costs more than greedy's, and memory maps are correct."""

from __future__ import annotations

import json
import random
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime
from dspc.dialects.dsp_mem.machine import Machine, built_in_names, load_machine, read_machine
from dspc.dialects.dsp_mem.spaces import Space
from dspc.driver import Clock, compile_text, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.passes.analysis.accesses import buffer_name
from dspc.passes.placement.check import faults
from dspc.passes.placement.climb import climb
from dspc.passes.placement.exact import exact
from dspc.passes.placement.greedy import greedy
from dspc.passes.placement.model import Answer, Choice, DoesNotFitError, Item, Problem, Room
from dspc.passes.placement.solve import solve
from dspc.pipelines.selection import choose_passes
from dspc.support.diagnostics import DspcError, Source

ECHO = """
d = hslider("delay", 100, 0, 4000, 1);
table = rdtable(512, float(+(1) ~ _), int(hslider("place", 3, 0, 511, 1)));
process = _ <: @(d), @(3000) :> + ~ *(0.5) : *(table);
"""


def compiled(text: str, **options: object) -> str:
    return compile_text(Source("echo.dsp", text), CompileOptions(**options), Clock())  # type: ignore


def random_problem(numbers: random.Random, count: int) -> Problem:
    """Items with choices near and far, always live or for a range."""
    items: list[Item] = []
    for index in range(count):
        size, first = numbers.randrange(1, 400), numbers.randrange(20)
        live = (first, first + numbers.randrange(1, 10))
        far = None if numbers.random() < 0.5 else live
        reads = numbers.randrange(1, 100)
        choices = [
            Choice("near", reads, (Room("near", far),)),
            Choice("both", 3 * reads + 20, (Room("far", far), Room("near", live))),
            Choice("far", 10 * reads, (Room("far", far),)),
        ]
        choices.sort(key=lambda choice: choice.cost)
        items.append(Item(f"i{index}", size, numbers.choice((1, 4, 8, 64)), tuple(choices)))
    return Problem(items, {"near": 1500, "far": 100_000})


def cheapest(problem: Problem) -> int:
    """The optimum by exhaustive search, for items that are always live."""
    best: int | None = None
    ways = [0] * len(problem.items)
    while True:
        used = dict.fromkeys(problem.capacity, 0)
        cost = 0
        for item, way in zip(problem.items, ways, strict=True):
            cost += item.choices[way].cost
            for room in item.choices[way].rooms:
                used[room.space] += item.padded_in(room)
        if all(used[space] <= size for space, size in problem.capacity.items()):
            best = cost if best is None else min(best, cost)
        for index in range(len(ways)):
            ways[index] = (ways[index] + 1) % len(problem.items[index].choices)
            if ways[index]:
                break
        else:
            assert best is not None
            return best


@pytest.mark.parametrize("seed", range(12))
def test_answers_are_legal_and_never_worse_than_greedy(seed: int) -> None:
    problem = random_problem(random.Random(seed), 18)
    first = greedy(problem)
    assert faults(problem, first) == []
    for answer in (climb(problem, 1.0), solve(problem, 1.0), exact(problem, 1.0, first)):
        assert answer is not None
        assert faults(problem, answer) == []
    assert climb(problem, 1.0).cost <= first.cost
    assert solve(problem, 1.0).cost <= first.cost


@pytest.mark.parametrize("seed", range(6))
def test_exact_finds_the_optimum(seed: int) -> None:
    numbers = random.Random(seed)
    items = [
        Item(
            f"i{index}",
            numbers.randrange(1, 50),
            1,
            (
                Choice("near", (gain := numbers.randrange(100)), (Room("near"),)),
                Choice("far", gain + numbers.randrange(100), (Room("far"),)),
            ),
        )
        for index in range(10)
    ]
    problem = Problem(items, {"near": 90, "far": 1000})
    answer = exact(problem, 5.0)
    assert answer is not None
    assert answer.is_optimal
    assert answer.cost == cheapest(problem)


def test_exact_beats_greedy_where_greed_is_wrong() -> None:
    """The greatest gain per byte leaves a gap that no other item fits into."""
    sizes = ((6, 61), (5, 50), (5, 50))
    items = [
        Item(f"i{n}", size, 1, (Choice("n", 0, (Room("near"),)), Choice("f", cost, (Room("far"),))))
        for n, (size, cost) in enumerate(sizes)
    ]
    problem = Problem(items, {"near": 10, "far": 100})
    assert greedy(problem).cost == 100
    assert solve(problem, 1.0).cost == 61


@pytest.mark.slow
def test_a_slow_computer_finds_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work bounds the searches, not the clock, even where they end before the optimum is proved."""
    problem = random_problem(random.Random(0), 40)
    quick = solve(problem, 30.0, work=0.1)
    assert (quick.method, quick.is_optimal) == ("exact", False)
    start, clock = time.monotonic(), time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: start + 100 * (clock() - start))
    assert solve(problem, 3000.0, work=0.1) == quick


def test_scratch_with_disjoint_lifetimes_shares_storage() -> None:
    items = [
        Item(f"i{n}", 100, 4, (Choice("near", 1, (Room("near", (n, n + 1)),)),)) for n in range(5)
    ]
    answer = solve(Problem(items, {"near": 100}), 1.0)
    assert answer.offsets == [(0,)] * 5


def test_buffers_that_do_not_fit_are_named() -> None:
    items = [Item(f"i{n}", 60, 4, (Choice("near", 1, (Room("near"),)),)) for n in range(2)]
    with pytest.raises(DoesNotFitError) as caught:
        solve(Problem(items, {"near": 100}), 1.0)
    assert [(misfit.item.name, misfit.missing) for misfit in caught.value.misfits] == [("i1", 20)]


@pytest.mark.parametrize(
    ("offsets", "reason"),
    [
        ([(0,), (32,)], "overlap"),
        ([(0,), (66,)], "not aligned"),
        ([(0,), (960,)], "ends outside"),
    ],
)
def test_the_checker_finds(offsets: list[tuple[int, ...]], reason: str) -> None:
    items = [Item(f"i{n}", 100, 4, (Choice("near", 1, (Room("near"),)),)) for n in range(2)]
    problem = Problem(items, {"near": 1000})
    assert reason in faults(problem, Answer([0, 0], offsets, 2, ""))[0]


@pytest.mark.parametrize("name", built_in_names())
@pytest.mark.parametrize("heap", ["auto", "l2"])
def test_programs_are_placed_on_every_machine(name: str, heap: str) -> None:
    shown = json.loads(compiled(ECHO, machine=name, heap=heap, memory_map="json"))
    homes = [p for s in shown["spaces"] for p in s["pieces"] if not p["is_copy"]]
    assert len({piece["name"] for piece in homes}) == len(homes) > 5
    for space in shown["spaces"]:
        assert space["used"] <= space["bytes"]
        if space["name"] == "l2":
            assert all(piece["is_copy"] for piece in space["pieces"])


def test_placed_modules_pass_the_check() -> None:
    passes = "dsp-simplify,dsp-split-recursions,dsp-rates,dsp-size-delays,dsp-lower-to-loops"
    for name in ("66ak2h", "am572x", "gpu"):
        placed = f"{passes},dsp-place-allocations{{machine={name!r}}}".replace("'", '"')
        assert "offset" in compiled(ECHO, pipeline=f'{placed},dsp-check-memory{{machine="{name}"}}')


def test_heap_decides_the_space() -> None:
    for heap in ("ddr", "msmc", "static"):
        shown = json.loads(compiled(ECHO, machine="66ak2h", heap=heap, memory_map="json"))
        assert [s["name"] for s in shown["spaces"] if s["pieces"]] == [heap]


def test_far_memory_costs_more() -> None:
    costs = [
        json.loads(compiled(ECHO, machine="66ak2h", heap=heap, memory_map="json"))[
            "cycles_per_block"
        ]
        for heap in ("auto", "msmc", "ddr")
    ]
    assert costs[0] <= costs[1] < costs[2]


def test_accesses_are_counted_by_frame() -> None:
    shown = json.loads(compiled("process = @(3000) : @(5000);", memory_map="json"))
    rings = [p for s in shown["spaces"] for p in s["pieces"] if p["bytes"] > 4000]
    assert rings
    for ring in rings:
        assert (ring["reads_per_frame"], ring["writes_per_frame"]) == (1.0, 1.0)


def test_a_program_that_does_not_fit_says_where(tmp_path: Path) -> None:
    file = tmp_path / "long.dsp"
    file.write_text("process = \n  @(600000);\n")
    machine = tmp_path / "small.toml"
    text = built_in("am572x").read_text().replace("2147483648", "100000")
    machine.write_text(text.replace("16777216", "100000"))
    with pytest.raises(DspcError) as caught:
        compile_text(str(file), CompileOptions(machine=str(machine)), Clock())
    assert caught.value.code == "E0605"
    note = caught.value.notes[0]
    assert "bytes too small" in note.message
    assert note.span is not None
    assert note.span.line == 2


def built_in(name: str) -> Path:
    from dspc.dialects.dsp_mem.machine import BUILT_IN

    return BUILT_IN / f"{name}.toml"


def load_table(name: str) -> dict[str, object]:
    import tomllib

    return tomllib.loads(built_in(name).read_text())


def test_machines_have_the_published_sizes() -> None:
    wanted = {"66ak2h": 768, "66ak2l": 768, "66ak2e": 256, "66ak2g": 832, "am572x": 128}
    l2 = {name: load_machine(name).spaces[Space.L2].bytes >> 10 for name in wanted}
    assert l2 == wanted
    assert Space.MSMC not in load_machine("am572x").spaces


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"cores": "two"}, "cores is a whole number"),
        ({"cores": True}, "cores is a whole number"),
        ({"line": 100}, "power of two"),
        ({"colour": 1}, "nothing is called colour"),
        ({"spaces": {}}, "no space that is both persistent and visible"),
        ({"spaces": {"l3": {}}}, "no space is called l3"),
        ({"spaces": {"ddr": {}}}, "bytes is missing"),
    ],
)
def test_bad_machines_are_refused(change: dict[str, object], reason: str) -> None:
    with pytest.raises(DspcError, match=reason) as caught:
        read_machine("own", load_table("66ak2h") | change, "own.toml")
    assert caught.value.exit_status == 2


def test_own_machine_files_are_read(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(built_in("gpu").read_text())
    machine = load_machine(str(file))
    assert isinstance(machine, Machine)
    assert (machine.name, machine.cores) == ("own", 32)
    with pytest.raises(DspcError, match="cannot be read"):
        load_machine(str(tmp_path / "none.toml"))
    file.write_text("cores = = 3")
    with pytest.raises(DspcError, match="own"):
        load_machine(str(file))


def test_maps_and_explanations_name_every_buffer() -> None:
    shown = json.loads(compiled(ECHO, machine="66ak2h", memory_map="json"))
    names = {piece["name"] for space in shown["spaces"] for piece in space["pieces"]}
    text = compiled(ECHO, machine="66ak2h", memory_map="text")
    reasons = compiled(ECHO, machine="66ak2h", explain="dsp-place-allocations")
    for name in names:
        assert name in text
        assert name in reasons
    assert "next best: " in reasons
    picture = ElementTree.fromstring(compiled(ECHO, machine="66ak2h", memory_map="svg"))
    titles = [one.text or "" for one in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert {title.partition(":")[0] for title in titles} == names


@pytest.mark.parametrize(
    "feedback", ["(+(1) ~ _)", "(+(1) ~ @(int(fconstant(int fSamplingFreq, <math.h>) / 900)))"]
)
def test_left_over_frames_of_vector_loops_are_not_counted(feedback: str) -> None:
    program = f"process = {feedback} % 512 : rdtable(512, float(+(1) ~ _)) : @(300);"
    shown = json.loads(compiled(program, vec=True, memory_map="json"))
    table = next(p for s in shown["spaces"] for p in s["pieces"] if p["bytes"] == 2048)
    assert (table["reads_per_frame"], table["writes_per_frame"]) == (1.0, 0.0)


@pytest.mark.parametrize("mode", [{"omp": True}, {"sch": True}])
def test_concurrent_tasks_share_no_memory(mode: dict[str, bool]) -> None:
    source = Source(
        "banks.dsp", "process = par(i, 4, + ~ *(0.5) : sin : + ~ *(0.25) : cos : + ~ *(0.1));"
    )
    options = CompileOptions(machine="66ak2h", emit="mem", vector_size=8, **mode)
    module = read_program(source, options.frontend())
    run_passes(module, choose_passes(options), options, Clock())
    teams = [op for op in module.walk() if op.name in ("dsp_par.sections", "dsp_par.graph")]
    assert teams
    for team in teams:
        apart = [buffers_of(part) for region in team.regions for part in region.block.ops]
        for index, mine in enumerate(apart):
            for theirs in apart[:index]:
                assert not any(overlap(a, b) for a in mine for b in theirs if a is not b)


def buffers_of(op: Operation) -> list[BufferOp]:
    """The block scratch buffers that are used within an op."""
    loops = [inner for inner in op.walk() if inner.name == "dsp_par.loop"]
    names = {buffer_name(row) for loop in loops for row in loop.operands}
    module = op.get_toplevel_object()
    assert isinstance(module, ModuleOp)
    shown = [inner for inner in module.body.block.ops if isinstance(inner, BufferOp)]
    return [b for b in shown if b.sym_name.data in names and b.lifetime.data == Lifetime.BLOCK]


def overlap(one: BufferOp, other: BufferOp) -> bool:
    if one.space != other.space or one.offset is None or other.offset is None:
        return False
    start, theirs = one.offset.value.data, other.offset.value.data
    return start < theirs + other.bytes and theirs < start + one.bytes


def test_buffers_that_do_not_fit_are_reported_together(tmp_path: Path) -> None:
    machine = tmp_path / "small.toml"
    text = built_in("am572x").read_text().replace("2147483648", "50000")
    machine.write_text(text.replace("16777216", "50000"))
    line = "process = par(i, 6, @(8000 - i));"
    with pytest.raises(DspcError) as caught:
        compiled(line, machine=str(machine))
    fault = caught.value
    assert fault.code == "E0605"
    assert "4 buffers of 131072 bytes" in fault.message
    assert "have 32768 bytes each" in fault.notes[0].message
    assert fault.hint is not None
    assert "the program needs 196612 bytes" in fault.hint
    assert "ddr 50000" in fault.hint


def test_a_missing_space_is_reported() -> None:
    with pytest.raises(DspcError, match="am572x has no msmc") as caught:
        compiled(ECHO, machine="am572x", heap="msmc")
    assert caught.value.code == "E0603"


def test_scratch_that_the_asked_space_cannot_hold_lies_where_it_costs_least() -> None:
    program = "process = _ <: @(7), sin : * : @(3000);"
    shown = json.loads(compiled(program, vec=True, machine="cpu", heap="ddr", memory_map="json"))
    lifetimes = {
        s["name"]: {p["lifetime"] for p in s["pieces"]} for s in shown["spaces"] if s["pieces"]
    }
    assert lifetimes == {"l2": {"block"}, "ddr": {"instance"}}


def test_heap_l2_stages_what_fits_worth_it_or_not() -> None:
    shown = json.loads(compiled(ECHO, machine="am572x", heap="l2", memory_map="json"))
    near = {p["name"] for s in shown["spaces"] for p in s["pieces"] if p["is_copy"]}
    homes = {p["name"] for s in shown["spaces"] for p in s["pieces"] if not p["is_copy"]}
    assert homes - near == {"delay", "place"}


def test_memory_of_several_cores_is_not_in_the_l2_of_one() -> None:
    program = "process = @(3000) : + ~ *(0.5) : sin <: @(100), @(2000) :> _;"
    long: list[set[str]] = []
    for team in (False, True):
        shown = json.loads(
            compiled(program, vec=True, omp=team, machine="66ak2h", memory_map="json")
        )
        near = next(s for s in shown["spaces"] if s["name"] == "l2")
        long.append({piece["name"] for piece in near["pieces"] if piece["bytes"] > 4})
    assert long[0]
    assert not long[1]


def test_reasons_group_what_is_alike() -> None:
    program = "process = par(i, 3, @(8000 - i));"
    text = compiled(program, machine="am572x", explain="dsp-place-allocations")
    assert "bytes each, instance state, from echo.dsp:1:21" in text.replace("\n  ", " ")
    assert "in ddr, staged by windows in l2" in text
    assert "2 windows of 512 elements" in text
    assert "next best: in static" in text
