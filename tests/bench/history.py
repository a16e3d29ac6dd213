"""Owns: what asking git costs: the advisories of a real database, replayed as a history of thousands of commits.

The floor is git itself, listing what changed in the same commits. Its owner's tool walks 3,156 commits for its dates.
"""
import os
import pathlib
import shutil
import subprocess
import sys

sys.argv = sys.argv[:3]
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import bench

COMMITS = 3156


def stream(files, commits):
    """What `git fast-import` reads: first every file, then a revision more of one file with each commit."""
    texts = dict(files)
    names = list(texts)
    yield b"blob\nmark :1\n" + data(bench.PROJECT)
    yield b"reset refs/heads/main\n"
    for number in range(commits):
        name = names[number % len(names)]
        if number >= len(names):
            day = 1 + number // len(names)
            texts[name] = texts[name].replace("strangers gain.", f"strangers gain ({day})." if day == 2 else "strangers gain.")
            texts[name] += f'[[revision]]\nat = 2030-01-{day:02}T00:00:00Z\nnote = "Say it a {day}th time."\n'
        head = f"commit refs/heads/main\ncommitter b <b@localhost> {1_900_000_000 + number * 60} +0000\n".encode() + data("m")
        first = b"M 100644 :1 caveat.toml\n" if number == 0 else b""
        yield head + first + f"M 100644 inline {name}\n".encode() + data(texts[name])


def data(text):
    text = text.encode()
    return b"data %d\n%s\n" % (len(text), text)


def replayed(times):
    source, root = bench.repository("rustsec", 1), bench.WORK / f"history-{times}x"
    if (root / ".git").exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    files = [(str(path.relative_to(source)), path.read_text()) for path in sorted(source.glob("advisories/*/*.toml"))]
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", root], check=True)
    feed = subprocess.Popen(["git", "-C", root, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    for part in stream(files, COMMITS * times):
        feed.stdin.write(part)
    feed.stdin.close()
    if feed.wait():
        sys.exit("bench: git fast-import failed")
    subprocess.run(["git", "-C", root, "reset", "--quiet", "--hard"], check=True)
    subprocess.run(["git", "-C", root, "gc", "--quiet"], check=True)
    return root


print(f"{'history':14} {'commits':>8} {'advisories':>10}   {'without git':>12} {'first':>8} {'again':>8} {'the walk':>9} {'compare':>8} {'peak':>7}   {'git log':>8} {'ratio':>6}")
for times in (1, 10):
    root = replayed(times)
    check = [bench.BIN / "caveat", "-C", root, "check", "--as-of", "2040-01-01T00:00:00Z"]
    kept = root / ".git" / "caveat"
    first = bench.best(5, "sh", "-c", 'rm -rf "$0"; exec "$@"', kept, *check)
    again = bench.best(5, *check)
    hidden = root / "git-away"
    os.rename(root / ".git", hidden)
    try:
        without = bench.best(5, *check)
    finally:
        os.rename(hidden, root / ".git")
    log = bench.best(5, "git", "-C", root, "log", "--first-parent", "--raw", "--no-renames", "--format=%H %ct", "--", "advisories")
    walk, compare = first[1] - again[1], again[1] - without[1]
    count = sum(1 for _ in root.glob("advisories/*/*.toml"))
    print(f"{'rustsec ' + str(times) + 'x':14} {COMMITS * times:8} {count:10}   {without[1]:12.2f} {first[1]:8.2f} {again[1]:8.2f} {walk:9.3f} {compare:8.3f} {first[2]:7.0f}   {log[1]:8.2f} {walk / max(log[1], 0.001):6.2f}", flush=True)
print("check in cpu seconds, best of five: without git; with git for the first time, and again, when the walk is remembered; peak in MiB. git log: git itself naming the files that the same commits changed.")
