"""Owns: what programs are told of findings: `caveat check --format sarif|json|gitlab|github`, of a faulty project and of
one with nothing to find.

Usage: findings.py CAVEAT CLONE SITE FEED_URL WORK MULTITOOL
SARIF is judged by the validator of its editors, which holds the official schema. The other forms are read here, and all
must agree. The faulty project lies in a folder of its repository; names and texts hold what escaping must survive.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

from verdicts import verdict

SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
COMMAND = re.compile(r"::(error|warning|notice) ([^:\n]*)::([^\n]*)")


def faulty(clone, work):
    """The clone's project in a folder of a new repository, with faults of many kinds."""
    root = work / "faulty"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(clone, root / "sub dir", ignore=shutil.ignore_patterns(".git"))
    subprocess.run(["git", "init", "--quiet", root], check=True)
    project = root / "sub dir"
    for number, path in enumerate(sorted(project.glob("advisories/2*/*.toml"))):
        text = path.read_text("utf-8")
        text = re.sub(r'^title = "(.*)"', r'title = "é: 50 %, [\1](x)."', text, count=1, flags=re.M)
        if number % 2:
            text = text.replace("CVE-", "cve-").replace('severity = "', 'severity = "nearly ')
        path.write_text(text, "utf-8")
    draft = 'title = "𝒙."\naliases = ["CVE-2026-12345", "CVE-2026-12345"]\nSeverity = "high"\n'
    (project / "advisories/drafts").mkdir(exist_ok=True)
    (project / "advisories/drafts/ä b,c:d%.toml").write_text(draft, "utf-8")
    return root, project


def clean(caveat, clone, work):
    """The clone's project with nothing to find: no advisory, and what its caveat.toml may lack is let be."""
    root = work / "clean"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(clone, root)
    shutil.rmtree(root / ".git", ignore_errors=True)  # its past would miss the advisories
    shutil.rmtree(root / "advisories")
    (root / "advisories").mkdir()
    found = json.loads(run(caveat, root, "json"))["findings"]
    off = "".join(f'\n[[rule]]\ncode = "{code}"\nlevel = "off"\n' for code in sorted({one["code"] for one in found}))
    with (root / "caveat.toml").open("a", encoding="utf-8") as project:
        project.write(off)
    return root


def run(caveat, project, form):
    """What `check` prints in one form; it must not end by not being able to go on."""
    command = [caveat, "-C", project, "check", "--format", form]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        sys.exit(f"{form}: status {done.returncode}: {done.stderr}")
    return done.stdout


def validate(multitool, path):
    """The validator's errors; its warnings are advice."""
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run([multitool, "validate", path], capture_output=True, text=True, env=environment)
    print(done.stdout, done.stderr, file=sys.stderr)
    if "Analysis completed successfully" not in done.stdout:
        return [f"the validator did not run to its end: status {done.returncode}"]
    return [line for line in done.stdout.splitlines() if ": error " in line]


def judged(multitool, version, work, name, log, broken=False):
    """One verdict of the validator; of a broken log it must be an error."""
    path = work / f"{name}.sarif"
    path.write_text(log if isinstance(log, str) else json.dumps(log), "utf-8")
    problems = validate(multitool, path)
    if broken:
        problems = [] if any("JSON1" in problem for problem in problems) else ["accepted"]
    verdict("sarif-multitool", version, f"SARIF 2.1.0: {name.replace('-', ' ')}", problems)


def offset(text, line, column):
    """Where a line and a column in code points are, in code points."""
    lines = re.split(r"(?<=\n)", text)
    return sum(map(len, lines[: line - 1])) + column - 1


def taken(text, region):
    """Start and end of a SARIF region."""
    start = offset(text, region["startLine"], region["startColumn"])
    return start, offset(text, region["endLine"], region["endColumn"])


def read(root, location):
    """The file at an artifact location."""
    return (root / unquote(location["uri"])).read_bytes().decode("utf-8")


def against_json(root, project, sarif, whole):
    """SARIF's columns and our bytes must mark the same text; each fix alone must leave TOML."""
    problems = []
    for result, found in zip(sarif["runs"][0]["results"], whole["findings"], strict=True):
        label = found["labels"][0]
        place = result["locations"][0]["physicalLocation"]
        text = read(root, place["artifactLocation"])
        start, end = taken(text, place["region"])
        marked = (project / label["path"]).read_bytes()[label["start"]["byte"] : label["end"]["byte"]].decode("utf-8")
        if text[start:end] != marked:
            problems.append(f"{found['code']}: {text[start:end]!r} is not {marked!r}")
        for fix in result.get("fixes", []):
            change = fix["artifactChanges"][0]
            text, edit = read(root, change["artifactLocation"]), change["replacements"][0]
            start, end = taken(text, edit["deletedRegion"])
            try:
                tomllib.loads(text[:start] + edit["insertedContent"]["text"] + text[end:])
            except tomllib.TOMLDecodeError as error:
                problems.append(f"{found['code']}: after the fix {error}")
    return problems


def gitlab_shape(root, issues, whole):
    """What GitLab's documentation asks for: five keys, a closed list of severities, fingerprints that differ."""
    problems = []
    for issue, found in zip(issues, whole["findings"], strict=True):
        path, lines = issue["location"]["path"], issue["location"]["lines"]
        count = (root / path).read_text("utf-8").count("\n") + 1 if (root / path).is_file() else 0
        right = (
            set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
            and issue["description"] == found["message"]
            and issue["check_name"] == found["code"]
            and issue["severity"] == SEVERITIES[found["level"]]
            and 1 <= lines["begin"] <= lines["end"] <= count
        )
        if not right:
            problems.append(f"{issue} for {found['code']}")
    if len({issue["fingerprint"] for issue in issues}) != len(issues):
        problems.append("a fingerprint is used twice")
    return problems


def unescaped(text):
    """As GitHub's runner reads a value."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def github_shape(root, commands, whole):
    """Each line is one command, and says the file, the line and the message that our own form says."""
    problems = []
    for line, found in zip(commands.splitlines(), whole["findings"], strict=True):
        match = COMMAND.fullmatch(line)
        if not match:
            problems.append(f"no command: {line}")
            continue
        values = dict(pair.split("=", 1) for pair in match[2].split(","))
        right = (
            match[1] == COMMANDS[found["level"]]
            and (root / unescaped(values["file"])).is_file()
            and int(values["line"]) == found["labels"][0]["start"]["line"]
            and unescaped(values["title"]) == found["code"]
            and unescaped(match[3]).startswith(found["message"])
        )
        if not right:
            problems.append(f"{line} for {found['code']}")
    return problems


def pages(sarif, site, feed):
    """Every rule leads to a page of the site."""
    rules = sarif["runs"][0]["tool"]["driver"]["rules"]
    missing = []
    for rule in rules:
        path = rule.get("helpUri", "").removeprefix(feed).strip("/")
        if not path or not Path(site, path, "index.html").is_file():
            missing.append(f"{rule['id']}: {rule.get('helpUri')}")
    return missing if rules else ["there are no rules"]


def main():
    """Ask for every form of a faulty project, and of one with nothing to find."""
    caveat, clone, site, feed, work, multitool = sys.argv[1:]
    work = Path(work)
    work.mkdir(exist_ok=True)
    package = json.loads(Path(multitool).with_name("package.json").read_text("utf-8"))
    root, project = faulty(clone, work)
    log = run(caveat, project, "sarif")
    sarif, whole = json.loads(log), json.loads(run(caveat, project, "json"))
    count = len(whole["findings"])
    if count < 20 or not any(found["fixes"] for found in whole["findings"]):
        sys.exit(f"only {count} findings: too few to judge by")
    judged(multitool, package["version"], work, f"{count}-findings", log)
    nothing = clean(caveat, clone, work)
    judged(multitool, package["version"], work, "no-findings", run(caveat, nothing, "sarif"))
    judged(multitool, package["version"], work, "refused-with-a-key-that-the-schema-does-not-know", sarif | {"x": 1}, broken=True)
    reader = ("interop", "-")
    verdict(*reader, "SARIF and JSON mark the same text, and fixes leave TOML", against_json(root, project, sarif, whole))
    verdict(*reader, "every rule of SARIF has its page on the site", pages(sarif, site, feed))
    issues = json.loads(run(caveat, project, "gitlab"))
    verdict(*reader, "GitLab's Code Quality shape", gitlab_shape(root, issues, whole))
    verdict(*reader, "GitHub's workflow commands", github_shape(root, run(caveat, project, "github"), whole))
    empty = json.loads(run(caveat, nothing, "gitlab")), json.loads(run(caveat, nothing, "json"))["findings"]
    verdict(*reader, "nothing found is an empty list", [] if empty == ([], []) else [empty])


main()
