"""Owns: a prepared corpus told again as the history that it was: what was published when, and withdrawn when, goes through the gate in that order.

Usage: replay.py CAVEAT REPOSITORY ROOM
Then edits in batches, by the whole corpus: those that may be, and those that may not. Ends with 1 where the gate was wrong.
Must never change REPOSITORY.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

REVISION = re.compile(r"(?:^#[^\n]*\n)*^\[\[revision\]\]\nat = (\S+)\n(?:[a-z-]+ = [^\n]*\n)*", re.MULTILINE)
WITHDRAWN = re.compile(r"(?:^#[^\n]*\n)*^\[withdrawn\]\nat = (\S+)\n(?:[a-z-]+ = [^\n]*\n)*", re.MULTILINE)
RELATED = re.compile(r"^related = \[(.*?)\]\n", re.DOTALL | re.MULTILINE)
FIX = re.compile(r'< (\d+)\.(\d+)\.(\d+)"')


def as_it_was(text: str, moment: str) -> str | None:
    """The file as of a moment; None where it was not there yet. Times are all in UTC, so texts compare as times do."""
    if not any(found[1] <= moment for found in REVISION.finditer(text)):
        return None
    cut = lambda found: found[0] if found[1] <= moment else ""
    return WITHDRAWN.sub(cut, REVISION.sub(cut, text))


def alone(text: str) -> str:
    """Without the names of other advisories, which may not be there yet: a name that comes later is a change."""
    def kept(found: re.Match[str]) -> str:
        names = re.findall(r'"([^"]+)"', found[1])
        names = [f'"{name}"' for name in names if not name.startswith("RUSTSEC-")]
        return f"related = [{', '.join(names)}]\n" if names else ""
    return RELATED.sub(kept, text)


def revised(text: str, moment: str, more: str = "") -> str:
    last = list(REVISION.finditer(text))[-1]
    new = f'\n[[revision]]\nat = {moment}\nnote = "Replayed."\n{more}'
    return text[: last.end()] + new + text[last.end() :]


class Room:
    def __init__(self, caveat: str, room: Path, project: str):
        self.caveat, self.room = caveat, room
        shutil.rmtree(room, ignore_errors=True)
        (room / "advisories").mkdir(parents=True)
        (room / "caveat.toml").write_text(project)
        self.git("init", "--quiet")

    def git(self, *words: str, moment: str = "") -> str:
        dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment} if moment else {}
        who = ["-c", "user.name=replay", "-c", "user.email=replay@example.org"]
        run = ["git", "-C", self.room, *who, *words]
        return subprocess.run(run, check=True, env={**os.environ, **dates}, capture_output=True, text=True).stdout.strip()

    def commit(self, moment: str, what: str) -> None:
        """Without what was before: git is no witness here, only the gate is."""
        self.git("add", "--all")
        alone = self.git("commit-tree", self.git("write-tree"), "-m", what, moment=moment)
        self.git("update-ref", "HEAD", alone)

    def publish(self, files: dict[str, str], moment: str, what: str, code: str = "", refused: int = 0) -> bool:
        """Commits these files and publishes: so many refusals of this code must come, and then nothing may be published."""
        for path, text in files.items():
            (self.room / path).parent.mkdir(parents=True, exist_ok=True)
            (self.room / path).write_text(text)
        self.commit(moment, what)
        start = time.perf_counter()
        run = [self.caveat, "-C", self.room, "publish", "--to", "public", "--format", "json"]
        done = subprocess.run(run, capture_output=True, text=True)
        took = time.perf_counter() - start
        if not done.stdout:
            print(done.stderr[-2000:], file=sys.stderr)
            return False
        said = json.loads(done.stdout)
        against = [one for one in said["findings"] if one["verdict"] == "refused"]
        counts = said["files"] or {"added": [], "changed": [], "redirected": [], "removed": [], "same": 0}
        told = ", ".join(f"{len(counts[kind])} {kind}" for kind in ("added", "changed", "redirected", "removed"))
        print(f"  {what}: {len(files)} advisories touched; files: {told}, {counts['same']} the same; {len(against)} refused; {took:.2f} s")
        named = [one for one in against if one["code"] == code]
        good = len(named) == refused and said["published"] == (refused == 0) == (not against)
        for one in against[: 0 if good else 5]:
            print(f"    {one}", file=sys.stderr)
        return good


def history(room: Room, final: dict[str, str]) -> bool:
    good, before = True, {}
    for year in range(2016, 2027):
        for half in ("07-01", "12-31"):
            moment = f"{year}-{half}T00:00:00Z"
            if moment > "2026-11":
                break
            now = {path: was for path, text in final.items() if (was := as_it_was(text, moment))}
            new = {path: text for path, text in now.items() if before.get(path) != text}
            good &= room.publish(new, moment, moment[:10])
            before = now
    rest = {path: text for path, text in final.items() if before.get(path) != text}
    return room.publish(rest, "2026-11-21T00:00:00Z", "all") and good


def batches(room: Room, final: dict[str, str]) -> bool:
    """A hundred advisories at a time: what may be, and what may not."""
    standing = {path: text for path, text in final.items() if "[withdrawn]" not in text}
    fixed = [path for path, text in standing.items() if FIX.search(text) and int(FIX.search(text)[1]) > 0][:100]
    titled = list(standing)[-100:]
    at = lambda hour: f"2026-11-21T{hour:02}:00:00Z"
    lower = lambda text: FIX.sub(lambda fix: f'< {fix[1]}.{fix[2]}.{fix[3]}-0"', text, count=1)
    title = lambda text: re.sub(r'^title = "', 'title = "Again: ', text, count=1, flags=re.MULTILINE)
    said = lambda text, hour, more="": revised(text, at(hour), more)
    good = room.publish({path: title(standing[path]) for path in titled}, at(1), "no revision", "gate-modified", len(titled))
    good &= room.publish({path: said(title(standing[path]), 2) for path in titled}, at(3), "titles, revised")
    one = titled[-1]
    good &= room.publish({one: said(said(standing[one], 2), 4)}, at(5), "one title back")
    good &= room.publish({path: said(lower(standing[path]), 6) for path in fixed}, at(7), "lower fixes", "gate-fix-lowered", len(fixed))
    back = {path: standing[path] for path in fixed}
    good &= room.publish(back, at(8), "lower fixes taken back")
    return good


def main(caveat: str, repository: Path, where: Path) -> int:
    files = sorted((repository / "advisories").rglob("*.toml"))
    final = {str(file.relative_to(repository)): alone(file.read_text()) for file in files}
    room = Room(caveat, where, (repository / "caveat.toml").read_text())
    good = history(room, final)
    good &= batches(room, final)
    verdict = subprocess.run([caveat, "verify", where / "public"], capture_output=True, text=True)
    print("  " + verdict.stderr.splitlines()[0])
    return 0 if good and verdict.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
