"""Owns: what a site costs as it gets larger: ten times the advisories, then ten times the pages of the same advisories.

Advisories are made up, the same ones each time. `check` holds the records and nothing of the site: what a build has beyond its
peak is what pages cost, and is to stay where it is however many there are.
"""
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

sys.argv = sys.argv[:3]
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import bench

# Advisories, packages, releases of each, one step of releases that an advisory may span.
SITES = {"1,000": (1000, 100, 5), "10,000": (10_000, 1000, 5), "more pages": (10_000, 1000, 100), "one package": (500, 1, 2000)}
BUDGET = 60_000
CLASSES = ("critical", "high", "medium", "low")
WEAKNESSES = (22, 77, 78, 79, 89, 94, 125, 190, 295, 306, 352, 416, 434, 476, 502, 611, 770, 787, 798, 862, 863, 918, 1333)
WORDS = "parser index buffer header archive model loader worker server client token cookie path symlink request response limit check length offset thread lock cache plugin table query string number shape tensor layer file folder user session".split()


def project(packages, releases):
    head = bench.PROJECT.replace("x_BENCH", "x_PAGES").split("[[policy.severity]]")[0]
    classes = "".join(f'[[policy.severity]]\nid = "{one}"\nlabel = "{one.capitalize()}"\ndefinition = "What is {one}."\n' for one in CLASSES)
    rest = "[[policy.contact]]" + bench.PROJECT.split("[[policy.contact]]")[1]
    listed = ", ".join(f'"{version(at)}"' for at in range(releases))
    named = "".join(f'[[package]]\necosystem = "crates.io"\nname = "package-{at}"\nrepository = "https://example.org/package-{at}"\nreleases = [{listed}]\n' for at in range(packages))
    return head + classes + rest + named


def version(at):
    return f"{1 + at // 50}.{at // 5 % 10}.{at % 5}"


def advisory(number, of, packages, releases, chance):
    year = 2007 + number * 19 // of
    name = f"x_PAGES-{year}-{number % 9999 + 1:04d}"
    words = lambda least, most: " ".join(chance.choice(WORDS) for _ in range(chance.randint(least, most)))
    first = chance.randrange(releases - 1)
    fixed = min(first + chance.randint(1, 25), releases - 1)
    open_end = chance.random() < 0.05
    text = "\n\n".join(f"The {words(20, 60)} is wrong." for _ in range(4))
    lines = [f'id = "{name}"', f'title = "The {words(4, 7)} of {number} goes wrong"', f'severity = "{chance.choice(CLASSES)}"']
    lines += [f'cwe = ["CWE-{chance.choice(WEAKNESSES)}"]', f'aliases = ["CVE-{year}-{10_000 + number}"]', f'impact = "Strangers can read the {words(5, 9)}."']
    lines += [f'workaround = "Do not use the {words(2, 4)}."', f'description = """\n{text}\n"""', "", "[[affected]]"]
    lines += [f'package = "package-{chance.randrange(packages)}"', f'versions = [">= {version(first)}' + ('"]' if open_end else f', < {version(fixed)}"]')]
    lines += (['no-fix = "planned"'] if open_end else []) + ["", "[[reference]]", 'type = "web"', f'url = "https://example.org/{number}"']
    lines += ["", "[[revision]]", f"at = {year}-{1 + number % 12:02}-{1 + number % 28:02}T{number % 24:02}:00:00Z", 'note = "First published."', ""]
    return f"advisories/{year}/{name}.toml", "\n".join(lines)


def repository(name, advisories, packages, releases):
    root = bench.WORK / f"pages-{name.replace(' ', '-').replace(',', '')}"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    (root / "caveat.toml").write_text(project(packages, releases))
    chance = random.Random(6)
    for number in range(advisories):
        path, text = advisory(number, advisories, packages, releases, chance)
        path = root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git = ["git", "-C", str(root), "-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false"]
    dated = os.environ | {"GIT_AUTHOR_DATE": "2026-11-01T00:00:00Z", "GIT_COMMITTER_DATE": "2026-11-01T00:00:00Z"}
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "bench"], ["gc", "--quiet"]):
        subprocess.run(git + command, check=True, env=dated)
    return root


def main(room):
    heads = ("site", "records", "files", "pages", "MiB", "wall s", "cpu s", "check MiB", "build MiB", "lists", "largest page kB", "index", "largest kB")
    print(" ".join(f"{head:>10}" for head in heads))
    for name, shape in SITES.items():
        root, out = repository(name, *shape), room / "out"
        floor = bench.measured(bench.BIN / "caveat", "-C", root, "check")[2]
        wall, cpu, peak = bench.measured(bench.BIN / "caveat", "-C", root, "build", "--out", out)
        sizes = {path.relative_to(out).as_posix(): path.stat().st_size for path in out.rglob("*") if path.is_file()}
        pages = {path: size for path, size in sizes.items() if path.endswith(".html")}
        lists = sum("/page/" in path for path in pages)
        index = [size for path, size in sizes.items() if path.startswith("search/") and path.endswith(".json")]
        largest = max(pages, key=pages.get)
        row = (shape[0], len(sizes), len(pages), sum(sizes.values()) >> 20, f"{wall:.1f}", f"{cpu:.1f}", f"{floor:.0f}", f"{peak:.0f}", lists, f"{pages[largest] / 1000:.0f}", len(index), f"{max(index) / 1000:.0f}")
        print(f"{name:>10} " + " ".join(f"{one:>10}" for one in row), flush=True)
        over = [path for path, size in pages.items() if size > BUDGET]
        if over:
            print(f"{'':10} {len(over)} pages over {BUDGET // 1000} kB, the largest {largest}", flush=True)
        shutil.rmtree(out)


if __name__ == "__main__":
    MEMORY = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="caveat-bench-", dir=MEMORY if MEMORY.is_dir() else bench.WORK) as temporary:
        main(pathlib.Path(temporary).resolve())
