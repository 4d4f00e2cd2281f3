"""The body of a function: its instructions, and which local variable holds which value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xdsl.ir import Block, Operation, SSAValue

from dspc.backends.wasm.instructions import Instruction

Push = Instruction
"""The instruction that pushes a value: of a constant or a local variable."""


@dataclass(slots=True)
class Imports:
    """The functions that a module imports from `env`, in the order of their numbers."""

    types: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    """Name -> the type of operands and result, and the number of operands."""

    def number(self, name: str, kind: str, operands: int) -> int:
        """The number of a function, which is imported if it was not."""
        self.types.setdefault(name, (kind, operands))
        return list(self.types).index(name)


@dataclass(slots=True)
class WasmCode:
    """Instructions, and local variables by number: first the parameters, of type i32."""

    imports: Imports
    parameters: int
    instructions: list[Instruction] = field(default_factory=list[Instruction])
    kinds: list[str] = field(default_factory=list[str])
    """The types of the variables after the parameters."""
    _free: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    _once: set[int] = field(default_factory=set[int])
    """Variables that hold a value with one use."""
    _holds: dict[int, int] = field(default_factory=dict[int, int])
    """Variable -> the number of values in it that are used later."""

    def __post_init__(self) -> None:
        # A parameter keeps its value: nothing else is ever in it.
        self._holds = dict.fromkeys(range(self.parameters), 1)

    def emit(self, *instruction: str | int | float) -> None:
        self.instructions.append(instruction)

    def get(self, *pushes: Push) -> None:
        """Push values that may be pushed again."""
        for push in pushes:
            if push[0] == "local.get" and self._was_set(push[1]):
                self.instructions[-1] = ("local.tee", push[1])
            else:
                self.instructions.append(push)

    def take(self, *pushes: Push) -> None:
        """Push values for the one time that their op uses them.

        A value that is used by no other op, and was set just before, stays on the stack.
        """
        for push in pushes:
            if push[0] == "local.get" and push[1] in self._once and self._was_set(push[1]):
                self.instructions.pop()
            else:
                self.get(push)

    def _was_set(self, number: object) -> bool:
        return bool(self.instructions) and self.instructions[-1] == ("local.set", number)

    def variable(self, kind: str) -> int:
        """A local variable that holds no value that is still used; it is held once."""
        free = self._free.get(kind)
        if free:
            number = free.pop()
        else:
            number = self.parameters + len(self.kinds)
            self.kinds.append(kind)
        self._holds[number] = 1
        self._once.discard(number)
        return number

    def store(self, kind: str) -> Push:
        """Pop a value into a variable; the function that pushes it."""
        number = self.variable(kind)
        self.emit("local.set", number)
        return ("local.get", number)

    def mark_once(self, number: int, is_used_once: bool) -> None:
        """Note whether all that holds a variable is one value with one use."""
        if is_used_once and self._holds[number] == 1:
            self._once.add(number)
        else:
            self._once.discard(number)

    def hold(self, number: int) -> None:
        """One more value is in a variable."""
        self._holds[number] += 1

    def release(self, number: int) -> None:
        """A value of a variable is not used any more."""
        self._holds[number] -= 1
        if not self._holds[number]:
            self._free.setdefault(self.kinds[number - self.parameters], []).append(number)

    def call(self, name: str, kind: str, operands: int) -> None:
        """Call an imported function on operands of its type, which are on the stack."""
        self.emit("call", self.imports.number(name, kind, operands))


def last_uses(block: Block) -> dict[Operation, list[SSAValue]]:
    """Op -> the values that no op uses after it, of a block and those nested in it.

    The op is in the block of the value: a use in a loop's body lasts until the loop ends.
    """
    order: dict[Operation, int] = {}
    values: list[SSAValue] = []
    work: list[Block] = [block]
    while work:
        current = work.pop()
        values += current.args
        for op in current.ops:
            order[op] = len(order)
            values += op.results
            work += [inner for region in op.regions for inner in region.blocks]
    last_uses: dict[Operation, list[SSAValue]] = {}
    for value in values:
        owner = value.owner
        home = owner if isinstance(owner, Block) else owner.parent
        assert home is not None
        users = [home.find_ancestor_op_in_block(use.operation) for use in value.uses]
        known: Sequence[Operation] = [user for user in users if user is not None]
        if known:
            last_uses.setdefault(max(known, key=order.__getitem__), []).append(value)
    return last_uses
