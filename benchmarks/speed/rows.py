"""The rows of the bench: what is measured, in which unit, who takes part, at which size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contender:
    """Who takes part: `name` is a key of the workload's CONTENDERS."""

    name: str
    label: str
    engine: str = "postgresql"  # or sqlite
    is_todoku: bool = False  # runs in the earlier checkout too
    stands_aside: bool = False  # does another thing: shown without a ratio


@dataclass(frozen=True)
class Row:
    title: str
    unit: str  # of what is counted, in the plural
    size: int  # how many the data is of, unless BENCH_N says
    contenders: tuple[Contender, ...]
    rounds: int = 3
    notes: tuple[str, ...] = ()


def todoku_on(engine: str, name: str = "todoku", label: str = "Todoku") -> Contender:
    label = label if engine == "postgresql" else f"{label}, SQLite"
    return Contender(name, label, engine, is_todoku=True)
