"""Owns: running osv-scanner offline, over the archive that the feed makes for it."""

import json
import os
import shutil
import subprocess
import sys

# Which variable names the place of its databases: changed in 2.5.0, and with it the directory inside.
OLD, NEW = "OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY", "OSV_SCALIBR_LOCAL_DB_CACHE_DIRECTORY"


def unpacked(site, base):
    """osv/offline.zip as the page about the feed says: both versions read the same place."""
    shutil.rmtree(base, ignore_errors=True)
    subprocess.run(["unzip", "-q", f"{site}/osv/offline.zip", "-d", str(base)], check=True, stdout=sys.stderr)
    return base


def run(version, binary, base, what):
    """Run the scanner over `what`: its results. It ends with 1 when it found something, 0 when nothing."""
    command = [binary, "scan", "source", "--offline", "--no-resolve", "--all-packages", "--all-vulns", "--format", "json", *what]
    variable = NEW if tuple(map(int, version.split("."))) >= (2, 5, 0) else OLD
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(command, env=environment | {variable: str(base)}, capture_output=True, text=True, timeout=300)
    print(done.stderr, file=sys.stderr)
    if done.returncode not in (0, 1):
        sys.exit(f"{binary}: status {done.returncode}")
    return json.loads(done.stdout)["results"]


def scan(version, binary, base, projects):
    """All projects below a folder; {lock file: {name: ids}}."""
    answers = {}
    for result in run(version, binary, base, ["--no-ignore", "--recursive", str(projects)]):
        found = answers.setdefault(result["source"]["path"], {})
        for package in result["packages"]:
            ids = {one["id"] for one in package.get("vulnerabilities", [])}
            found.setdefault(package["package"]["name"], set()).update(ids)
    return answers
