"""What all tests share: `--full`, `--fuzz` and `--update-golden`, and random tests that repeat."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dspc import driver
from dspc.validation import reduced

driver.VERIFY_OWN = True
# Few tests of faults look at how small the program is that a report shows; those take their time.
REDUCTION_SECONDS = reduced.SECONDS
reduced.SECONDS = 0.2

LAYERS = ("builds", "conformance", "fuzz", "full", "sanitize", "slow")
"""Markers of what `--quick` leaves out; each layer alone: `-m LAYER`."""
_MARKED = re.compile(rf"^pytestmark = \[?pytest\.mark\.({'|'.join(LAYERS)})\b", re.MULTILINE)
MOST_CASES = 2
"""The most cases of one test function in the quick layer."""

# Machines differ in speed and are shared, so no deadline; the same examples in every run.
settings.register_profile(
    "repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("dspc")
    group.addoption(
        "--quick", action="store_true", help="the layer to run while working: about two minutes"
    )
    group.addoption("--full", action="store_true", help="run what is marked `full` as well")
    group.addoption(
        "--fuzz", type=float, metavar="MINUTES", help="give mutated inputs so many minutes"
    )
    group.addoption(
        "--update-golden", action="store_true", help="write the golden files instead of comparing"
    )


@pytest.fixture
def whole_reduction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs in which passes change an output are reduced as far as for users."""
    monkeypatch.setattr(reduced, "SECONDS", REDUCTION_SECONDS)


@pytest.fixture
def fuzz_minutes(request: pytest.FixtureRequest) -> float | None:
    """Minutes that `--fuzz` gives to mutated inputs; None for a small sample, always the same."""
    return request.config.getoption("--fuzz")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files that are wholly of a long layer are not even imported with `--quick`."""
    if not config.getoption("--quick") or not collection_path.match("test_*.py"):
        return None
    return _MARKED.search(collection_path.read_text(encoding="utf-8")) is not None or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--quick"):
        _keep(config, items, _quick(items))
    elif not config.getoption("--full"):
        _keep(config, items, [item for item in items if not item.get_closest_marker("full")])


def _quick(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests of the quick layer, with some cases of each, spread over all."""
    by_function: dict[str, list[pytest.Item]] = {}
    for item in items:
        if not any(item.get_closest_marker(layer) for layer in LAYERS):
            by_function.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return [
        case for cases in by_function.values() for case in cases[:: -(-len(cases) // MOST_CASES)]
    ]


def _keep(config: pytest.Config, items: list[pytest.Item], selected: list[pytest.Item]) -> None:
    chosen = set(selected)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = selected
