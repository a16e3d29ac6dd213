"""Owns: the table of docs/agreement.md: which channel has which fact. It is the one that people read and the one that is checked."""

from pathlib import Path

from facts import FACTS

DOCUMENT = Path(__file__).parents[2] / "docs/agreement.md"
# What a cell may say.
WORDS = {"yes", "names", "standing", "held", "no"}


def table():
    """For each channel, `yes`, `names` or `no` for each fact, and the reason for every `no`."""
    rows, columns = {}, None
    for line in DOCUMENT.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == "channel":
            columns = cells[1 : 1 + len(FACTS)]
        elif columns and line.startswith("|") and not cells[0].startswith("-"):
            rows[cells[0]] = dict(zip(columns, cells[1:])), cells[1 + len(FACTS)]
        elif columns and not line.startswith("|"):
            break
    if columns != list(FACTS):
        raise ValueError(f"{DOCUMENT}: the columns are {columns}, the facts {FACTS}")
    return rows


def faults(rows, channels):
    """Channels without a row, rows without a channel, odd words, `no` without a reason."""
    yield from (f"{name}: in only one of table and folder" for name in sorted(rows.keys() ^ channels.keys()))
    for name, (cells, reason) in rows.items():
        odd = set(cells.values()) - WORDS
        if odd or (set(cells.values()) != {"yes"}) != bool(reason):
            yield f"{name}: {odd or 'a reason without a `no`, or the other way round'}"
