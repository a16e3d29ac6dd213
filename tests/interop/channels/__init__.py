"""Owns: finding the channels: each file of this folder is one, and has a row in docs/agreement.md.

A channel has
  FILES    which files of a site it is, as a pattern
  PLACE    which consent its names need
  read(path, data, source)   yields (id, scope, facts) for each advisory that a file tells of; a scope is None for the whole of it,
                             (package, None, None) for one of its packages, or (package, version, "ends" | "holds") for the
                             branches that end in a version or hold it
  expected(source)           the (id, scope) pairs that must be there; without it, every advisory as a whole
"""

from importlib import import_module
from pathlib import Path


def channels():
    """Every channel by name, in the order of names."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return {name: import_module(f"channels.{name}") for name in names}
