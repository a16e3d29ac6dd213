"""Owns: repositories made from real OSV records, and the measuring of builds of them.

Facts of the records are kept where our form has a place for them; versions of ecosystems whose order is not known here
are numbered anew, in the order in which the record has them, so that every record can be built.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

WORK, BIN = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
NUMBER, WORD = r"(0|[1-9]\d*)", r"(0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)"
SEMVER = re.compile(rf"{NUMBER}(\.{NUMBER}){{2}}(-{WORD}(\.{WORD})*)?\Z")
PROJECT = """[feed]
name = "Bench"
url = "https://bench.example.org"
id-prefix = "x_BENCH"
license = "CC0-1.0"
[mail]
from = "Bench <a@bench.example.org>"
[[mail.list]]
name = "announce"
to = "announce@bench.example.org"
style = "project"
[policy]
[[policy.severity]]
id = "any"
definition = "Any."
[[policy.contact]]
name = "Nobody"
url = "mailto:a@bench.example.org"
"""
# What the records lack is not their fault, and printing it ten thousand times is not what is measured.
LACKING = ("cwe-missing", "cvss-v3-missing", "reference-fix-missing", "reference-alias", "title-duplicate", "policy-contact-example")
PROJECT += "".join(f'[[rule]]\ncode = "{code}"\nlevel = "off"\n' for code in LACKING)


def quoted(text):
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def plain(text, limit):
    text = " ".join(re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", " ", text or "").split())
    return re.sub(r"\b(TODO|FIXME|TBD|XXX|PLACEHOLDER)\b", "to do", text)[:limit].strip() or "Not said"


def prose(text):
    lines = (plain(line, 4000) if line.strip() else "" for line in (text or "").splitlines())
    # A relative link means something on the page that it came from only.
    return "\n".join(lines).replace("](", "] (").strip() or "The owner of this record has said nothing about it, neither what goes wrong nor where. Whoever wants to know must follow the references."


def branches(package):
    """Range strings of a package, from its SEMVER or ECOSYSTEM ranges."""
    found, number = [], 0
    for one in package.get("ranges", []):
        if one["type"] == "GIT":
            continue
        versions = [version for event in one["events"] for version in event.values()]
        strict = package["package"].get("ecosystem") == "crates.io" and all(SEMVER.match(version) or version in ("0", "0.0.0-0") for version in versions)
        start = None
        for event in one["events"]:
            (kind, version), = event.items()
            number += 1
            version = version if strict else f"1.{number}.0"
            if kind == "introduced":
                start = None if version in ("0", "0.0.0-0") or not strict and number == 1 else version
                opened = True
            elif kind == "fixed" and version == start:
                opened = False  # holds nothing; real feeds have such branches
            elif kind in ("fixed", "last_affected") and opened:
                sign = "<" if kind == "fixed" else "<="
                found.append((f">= {start}, " if start else "") + f"{sign} {version}")
                opened = False
        if opened:
            found.append(f">= {start}" if start else ">= 0")
    return found or [">= 0"]


def advisory(record, number):
    year = 2000 + number // 9999
    name = f"x_BENCH-{year}-{number % 9999 + 1:04d}"
    package = next((one for one in record["affected"] if "package" in one), {"package": {"name": "none"}})
    lines = [f"id = {quoted(name)}", f"title = {quoted(plain(record.get('summary') or record['id'], 110).rstrip('.') or 'x')}", 'severity = "any"']
    vectors = [one["score"] for one in record.get("severity", []) if one["type"] in ("CVSS_V3", "CVSS_V4") and "/" in one["score"]][:1]
    lines += [f"cvss = [{quoted(vector)}]" for vector in vectors]
    lines += [f"related = [{quoted(record['id'])}]", f"impact = {quoted(record['id'] + ' says what strangers gain.')}", 'workaround = "There is none."']
    lines += [f"description = {quoted(prose(record.get('details')))}", "", "[[affected]]", 'ecosystem = "crates.io"']
    crate = re.sub(r"[^A-Za-z0-9_-]", "-", package["package"]["name"])[:60]
    lines += [f"name = {quoted('c' + crate)}", "versions = [" + ", ".join(map(quoted, branches(package))) + "]"]
    seen = set()
    for link in record.get("references", []):
        if re.match(r"https://[a-z0-9.-]+\.[a-z]+(/[!-~]*)?\Z", link["url"]) and not re.search(r"[\"<>\\`{}@]", link["url"]) and link["url"] not in seen:
            seen.add(link["url"])
            lines += ["", "[[reference]]", f'type = "{link["type"].lower()}"', f"url = {quoted(link['url'])}"]
    lines += ["", "[[revision]]", f"at = {year}-01-01T00:00:00Z", 'note = "First published."', ""]
    return f"advisories/{year}/{name}.toml", "\n".join(lines)


def repository(corpus, times):
    """A git repository with every record of a corpus, some times over."""
    root = WORK / f"{corpus}-{times}x"
    if (root / ".git").exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    records = [json.loads(path.read_text()) for path in sorted((WORK / "corpora" / corpus / "osv").rglob("*.json"))]
    records = [record for record in records if record.get("affected")]
    root.mkdir(parents=True)
    (root / "caveat.toml").write_text(PROJECT)
    for number, record in enumerate(records * times):
        path, text = advisory(record, number)
        path = root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git = ["git", "-C", str(root), "-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false"]
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "bench"], ["gc", "--quiet"]):
        subprocess.run(git + command, check=True)
    return root


def measured(*command):
    """Wall seconds, cpu seconds and peak MiB of a command."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"bench: {' '.join(map(str, command))} ended with {status}: {said.decode()[-2000:]}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def best(runs, *command, before=lambda: None):
    results = []
    for _ in range(runs):
        before()
        results.append(measured(*map(str, command)))
    return min(results, key=lambda result: result[1])


def main(room):
    print(f"{'corpus':14} {'records':>8} {'files':>8} {'MiB':>6}   {'check':>13}   {'build':>20} {'peak':>9}   {'floor':>8} {'ratio':>6}")
    print(f"{'':14} {'':8} {'':8} {'':6}   {'cpu s':>13}   {'wall s':>9} {'cpu s':>10} {'MiB':>9}   {'cpu s':>8} {'build':>6}")
    for corpus, times, runs in (("rustsec", 1, 5), ("rustsec", 10, 3), ("bellsoft", 1, 3), ("bellsoft", 10, 1)):
        root, out, copy = repository(corpus, times), room / "out", room / "copy"
        clean = lambda: [shutil.rmtree(path, ignore_errors=True) for path in (out, copy)]
        check = best(runs, BIN / "caveat", "-C", root, "check")
        wall, cpu, peak = best(runs, BIN / "caveat", "-C", root, "build", "--out", out, before=clean)
        files = [path.stat().st_size for path in out.rglob("*") if path.is_file()]
        load = best(runs, BIN / "examples/floor", out)
        both = best(runs, BIN / "examples/floor", out, copy, before=lambda: shutil.rmtree(copy, ignore_errors=True))
        floor = max(both[1] - load[1], 0.001)
        records = sum(1 for _ in root.glob("advisories/*/*.toml"))
        print(f"{corpus + f' {times}x':14} {records:8} {len(files):8} {sum(files) >> 20:6}   {check[1]:13.2f}   {wall:9.2f} {cpu:10.2f} {peak:9.0f}   {floor:8.2f} {cpu / floor:6.1f}", flush=True)
        found = [path.stat().st_size for path in out.glob("search/**/*.json")]
        print(f"{'':14} search: {len(found)} files, {sum(found) / 2**20:.1f} MiB, the largest {max(found) / 1000:.0f} kB, the first {(out / 'search/index.json').stat().st_size / 1000:.0f} kB", flush=True)
        clean()
    print("cpu: user and system seconds, best of several runs; floor: writing the same bytes into as many files.")
    print(f"output in {room}: a disk's own moods would hide what is measured.")


if __name__ == "__main__":
    # Memory, where there is a file system of it, as the peer was measured.
    MEMORY = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="caveat-bench-", dir=MEMORY if MEMORY.is_dir() else WORK) as temporary:
        main(pathlib.Path(temporary).resolve())
