"""Owns: Go programs for scanners: each with some modules at some versions, vendored, so that nobody fetches anything.

A replaced module would have no version; a vendored one has what `vendor/modules.txt` says.
"""

import os

# Whoever uses all of it calls `Called` and the method, and never `Idle`.
LIBRARY = """package lib

// Type has a method.
type Type struct{}

// Called is called.
func Called() int { return 1 }

// Idle is called by nobody.
func Idle() int { return 2 }

// Method is called.
func (Type) Method() int { return 3 }
"""
OFFLINE = {"GOFLAGS": "-mod=vendor", "GOPROXY": "off", "GOSUMDB": "off", "GOTOOLCHAIN": "local", "GOWORK": "off", "GOTELEMETRY": "off"}


def environment(scratch):
    """Nothing of this machine but the compiler."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return kept | OFFLINE | {"GOCACHE": str(scratch / "gocache"), "GOMODCACHE": str(scratch / "gomod"), "CGO_ENABLED": "0"}


def spelled(name, version):
    """A version as go.mod has it: one of a later major, where the name does not say so, is `+incompatible`."""
    major = version.partition(".")[0]
    told = name.endswith((f"/v{major}", f".v{major}")) or int(major) < 2
    return f"v{version}" + ("" if told else "+incompatible")


def project(where, modules):
    """A program that imports `lib` of each module and calls two functions of it. `modules` gives the version of each."""
    modules = {name: spelled(name, version) for name, version in modules.items()}
    rows, names = sorted(modules.items()), {name: f"m{number}" for number, name in enumerate(sorted(modules))}
    for name, _ in rows:
        folder = where / "vendor" / name / "lib"
        folder.mkdir(parents=True)
        (folder / "lib.go").write_text(LIBRARY)
    imports = "".join(f'\t{alias} "{name}/lib"\n' for name, alias in names.items())
    calls = "".join(f"\tprintln({alias}.Called(), {alias}.Type{{}}.Method())\n" for alias in names.values())
    where.mkdir(parents=True, exist_ok=True)
    (where / "main.go").write_text(f"package main\n\nimport (\n{imports})\n\nfunc main() {{\n{calls}}}\n")
    required = "".join(f"require {name} {version}\n" for name, version in rows)
    (where / "go.mod").write_text(f"module example.org/probe\n\ngo 1.21\n\n{required}")
    listed = "".join(f"# {name} {version}\n## explicit; go 1.21\n{name}/lib\n" for name, version in rows)
    (where / "vendor/modules.txt").write_text(listed)
    return where
