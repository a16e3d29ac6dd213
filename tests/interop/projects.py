"""Owns: lock files that pin versions of packages, as each ecosystem's own tools write them: what scanners are asked about."""

import json


def requirements(pins):
    """pip's."""
    return "".join(f"{name}=={version}\n" for name, version in pins.items())


def npm_lock(pins):
    """The smallest package-lock.json of version 3 that npm itself reads."""
    packages = {"": {"name": "probe", "version": "1.0.0", "dependencies": pins}}
    packages |= {f"node_modules/{name}": {"version": version} for name, version in pins.items()}
    lock = {"name": "probe", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": packages}
    return json.dumps(lock, indent=1)


def cargo_lock(pins):
    """A package needs a source, else it would be a local crate."""
    source = "registry+https://github.com/rust-lang/crates.io-index"
    packages = (f'[[package]]\nname = "{name}"\nversion = "{version}"\nsource = "{source}"\n' for name, version in pins.items())
    return "version = 3\n\n" + "\n".join(packages)


def go_mod(pins):
    """Versions have a `v` there, and from 2 on a mark where the path of the module does not have it."""
    mark = lambda version: "" if version.startswith(("0.", "1.")) else "+incompatible"
    rows = "".join(f"\t{name} v{version}{mark(version)}\n" for name, version in pins.items())
    return f"module probe\n\ngo 1.24\n\nrequire (\n{rows})\n"


def gradle_lock(pins):
    """A pom.xml would have to be resolved."""
    return "".join(f"{name}:{version}=compileClasspath\n" for name, version in pins.items()) + "empty=\n"


def gemfile_lock(pins):
    """Bundler's."""
    specs = "".join(f"    {name} ({version})\n" for name, version in pins.items())
    wanted = "".join(f"  {name}\n" for name in pins)
    return f"GEM\n  remote: https://rubygems.org/\n  specs:\n{specs}\nPLATFORMS\n  ruby\n\nDEPENDENCIES\n{wanted}\nBUNDLED WITH\n   2.5.0\n"


def nuget_lock(pins):
    """packages.lock.json."""
    packages = {name: {"type": "Direct", "requested": f"[{version}, )", "resolved": version, "contentHash": "AA=="} for name, version in pins.items()}
    return json.dumps({"version": 1, "dependencies": {"net8.0": packages}}, indent=1)


def composer_lock(pins):
    """Composer's."""
    packages = [{"name": name, "version": version, "dist": {"type": "zip", "url": "https://example.org", "reference": "0" * 40}}
                for name, version in pins.items()]
    return json.dumps({"content-hash": "0" * 32, "packages": packages, "packages-dev": []}, indent=1)


def mix_lock(pins):
    """A term of Elixir."""
    rows = "".join(f'  "{name}": {{:hex, :{name}, "{version}", "{"0" * 64}", [:mix], [], "hexpm", "{"0" * 64}"}},\n' for name, version in pins.items())
    return "%{\n" + rows + "}\n"


# For each ecosystem the name of the file, and what writes it.
LOCK_FILES = {
    "PyPI": ("requirements.txt", requirements),
    "npm": ("package-lock.json", npm_lock),
    "crates.io": ("Cargo.lock", cargo_lock),
    "Go": ("go.mod", go_mod),
    "Maven": ("gradle.lockfile", gradle_lock),
    "RubyGems": ("Gemfile.lock", gemfile_lock),
    "NuGet": ("packages.lock.json", nuget_lock),
    "Packagist": ("composer.lock", composer_lock),
    "Hex": ("mix.lock", mix_lock),
}


def write_project(folder, ecosystem, pins):
    """A folder with one lock file that pins each of these packages; the path of the file."""
    folder.mkdir(parents=True)
    name, text = LOCK_FILES[ecosystem]
    path = folder / name
    path.write_text(text(pins), "utf-8")
    return str(path.resolve())
