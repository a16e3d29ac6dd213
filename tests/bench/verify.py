"""Owns: how long `caveat verify` takes beside `sha256sum -c` of the same 30,000 files, warm, as an old hand at both would run them.

The tree has every layer: a signature on each of 3,400 records (the share that a built site has), an archive and an index of them,
roots and metadata. `caveat verify` also proves all of that; 1.5 times the time of `sha256sum` is what it may take.
"""
import pathlib
import shutil
import subprocess
import sys
import time

work, programs = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
RECORDS, PAGES, MOST = 3400, 23_200, 1.5
tree = work / "verify"
shutil.rmtree(tree, ignore_errors=True)
subprocess.run([programs / "examples/feed", tree, str(RECORDS), str(PAGES)], check=True)
files = sum(1 for path in tree.rglob("*") if path.is_file())


def fastest(command, cwd):
    def once():
        start = time.monotonic()
        subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.monotonic() - start

    once()
    return min(once() for _ in range(5))


root = tree.with_suffix(".root.json").resolve()
floor = fastest(["sha256sum", "--quiet", "-c", "SHA256SUMS"], tree)
ours = fastest([(programs / "caveat").resolve(), "verify", ".", "--root", root, "--offline-at", "2026-11-23"], tree)
print(f"verify: {files:,} files, {RECORDS:,} signed records: {ours:.2f} s; sha256sum -c: {floor:.2f} s; {ours / floor:.2f} times")
if ours > MOST * floor:
    print(f"bench: verify takes more than {MOST} times what sha256sum takes", file=sys.stderr)
