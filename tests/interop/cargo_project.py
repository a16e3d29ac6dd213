"""Owns: Cargo projects for scanners: a small real one with a vendored crate, and lock files and metadata that name many crates.

No registry is asked: Cargo takes crates from a directory, and their source is that of crates.io all the same.
"""

import json
import os
import subprocess
import sys

REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"
# A workspace of its own: these projects may lie below this repository's.
MANIFEST = '[workspace]\n\n[package]\nname = "{name}"\nversion = "{version}"\nedition = "2021"\nlicense = "MIT"\n'


def real(where, name, version):
    """A project that depends on one crate, with the lock file that Cargo makes of it."""
    vendored = where / "vendor" / name
    for folder in (where / "src", where / ".cargo", vendored / "src"):
        folder.mkdir(parents=True)
    (where / "src/main.rs").write_text("fn main() {}\n")
    (where / "Cargo.toml").write_text(MANIFEST.format(name="probe", version="0.1.0") + f'[dependencies]\n"{name}" = "={version}"\n')
    (where / ".cargo/config.toml").write_text('[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "vendor"\n')
    (vendored / "Cargo.toml").write_text(MANIFEST.format(name=name, version=version))
    (vendored / "src/lib.rs").write_text("")
    (vendored / ".cargo-checksum.json").write_text('{"files":{},"package":null}')
    run(["cargo", "generate-lockfile", "--offline"], where)
    return where


def run(command, where, codes=(0,), **environment):
    """What a command says on stdout; its status has to be one of `codes`."""
    done = subprocess.run(command, cwd=where, env=os.environ | environment, capture_output=True, text=True, timeout=600)
    print(done.stderr[:4000], file=sys.stderr)
    if done.returncode not in codes:
        raise RuntimeError(f"{command[0]}: status {done.returncode}: {done.stderr[-300:]}")
    return done


def lock(crates):
    """A Cargo.lock with all of them."""
    entry = '\n[[package]]\nname = "{}"\nversion = "{}"\nsource = "' + REGISTRY + '"\n'
    return "version = 4\n" + "".join(entry.format(*one) for one in sorted(crates))


def metadata(where, crates):
    """What `cargo metadata` would say of a project that depends on all of them, in as many versions as there are."""
    (where / "src").mkdir(parents=True)
    (where / "src/main.rs").write_text("fn main() {}\n")
    (where / "Cargo.toml").write_text(MANIFEST.format(name="probe", version="0.1.0"))
    said = json.loads(run(["cargo", "metadata", "--format-version", "1", "--offline"], where).stdout)
    (root,), (node,) = said["packages"], said["resolve"]["nodes"]
    for number, (name, version) in enumerate(sorted(crates)):
        ident, alias = f"{REGISTRY}#{name}@{version}", f"p{number}"
        root["dependencies"].append({
            "name": name, "source": REGISTRY, "req": f"={version}", "kind": None, "rename": alias, "optional": False,
            "uses_default_features": True, "features": [], "target": None, "registry": None,
        })
        said["packages"].append(root | {"name": name, "version": version, "id": ident, "source": REGISTRY, "dependencies": [], "targets": []})
        node["dependencies"].append(ident)
        node["deps"].append({"name": alias, "pkg": ident, "dep_kinds": [{"kind": None, "target": None}]})
        said["resolve"]["nodes"].append({"id": ident, "dependencies": [], "deps": [], "features": []})
    path = where / "metadata.json"
    path.write_text(json.dumps(said), "utf-8")
    return path
