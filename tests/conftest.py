"""What all tests share: `--full`, `--fuzz` and `--update-golden`, and random tests that repeat."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from dspc import driver

driver.VERIFY_OWN = True

# Machines differ in speed and are shared, so no deadline; the same examples in every run.
settings.register_profile(
    "repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("dspc")
    group.addoption("--full", action="store_true", help="run what is marked `full` as well")
    group.addoption(
        "--fuzz", type=float, metavar="MINUTES", help="give mutated inputs so many minutes"
    )
    group.addoption(
        "--update-golden", action="store_true", help="write the golden files instead of comparing"
    )


@pytest.fixture
def fuzz_minutes(request: pytest.FixtureRequest) -> float | None:
    """Minutes that `--fuzz` gives to mutated inputs; None for a small sample, always the same."""
    return request.config.getoption("--fuzz")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    left_out = [item for item in items if item.get_closest_marker("full")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("full")]
