"""Prints how fast Todoku is, a table for each row of the bench."""

from __future__ import annotations

import importlib
import os
import platform
import subprocess
from datetime import date
from pathlib import Path

from benchmarks import tables
from benchmarks.speed.contest import ROOT, Result, contest
from benchmarks.speed.rows import Row

# A row more is a module of workloads/ with a ROW and CONTENDERS, and its name here.
ROWS = ["capture", "mail", "imports", "reading", "desk", "export"]


def measure(name: str, *, before: Path | None = None, keep: Path | None = None) -> None:
    """Measure a row and print it; beside an earlier checkout, where one is given.

    `keep` is a TSV file that the figures are added to.
    """
    row: Row = importlib.import_module(f"benchmarks.speed.workloads.{name}").ROW
    results = contest(name, row, before)
    _show(row, results)
    if keep:
        _add_to(keep, name, results)


def _show(row: Row, results: list[Result]) -> None:
    first = results[0]
    head = [row.unit, f"{row.unit}/s", "× Todoku", "CPU ms", "+ database", "p50 ms", "p99 ms", "MB"]
    lines = [head, *(_line(each, first) for each in results)]
    figures = [f"{each.label}: {_figures(each.more)}" for each in results if each.more]
    rounds = f"Medians of {row.rounds} rounds, taken in turns. CPU is for each of the {row.unit}."
    tables.show(row.title, lines, rounds, *row.notes, *figures)


def _line(result: Result, first: Result) -> list[str]:
    p50, p99 = result.latency(0.5), result.latency(0.99)
    return [
        result.label,
        _number(result.rate),
        "" if result.stands_aside else f"{result.rate / first.rate:.2f}",
        _number(result.cpu),
        _number(result.database_cpu),
        "" if p50 is None else _number(p50),
        "" if p99 is None else _number(p99),
        f"{result.memory:.0f}",
    ]


def _figures(more: dict[str, float]) -> str:
    return " · ".join(f"{name} {_number(value)}" for name, value in more.items())


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _add_to(history: Path, name: str, results: list[Result]) -> None:
    """Add lines to the history: date, commit, machine, row, contender, rate, CPU, p99."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    with history.open("a", encoding="utf-8") as lines:
        for each in results:
            p99 = each.latency(0.99)
            cells = [date.today().isoformat(), commit, machine, name, each.label]
            cells += [_number(each.rate), _number(each.cpu), _number(each.database_cpu)]
            print(*cells, "" if p99 is None else _number(p99), sep="\t", file=lines)
