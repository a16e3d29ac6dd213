"""Owns: what linters say of the pipelines that `caveat init --ci` writes, and a run of them with stand-ins for the hosts.

Usage: workflows.py CAVEAT VENV_BIN ACTIONLINT SCRATCH
Merge, publish, heartbeat, pull request, and two publishers at once: `github_runner.py` and `gitlab_runner.py` run the very files.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from feed_of_two import advisory, begin, commit, edited
from github_runner import Failed, GitHub, git
from gitlab_runner import GitLab
from verdicts import verdict

YAMLLINT = "{extends: default, rules: {line-length: {max: 140}, truthy: {check-keys: false}, document-start: disable, comments: {min-spaces-from-content: 1}}}"
# What each event runs.
FILES = {"push": ".github/workflows/publish.yml", "schedule": ".github/workflows/heartbeat.yml",
         "pull_request": ".github/workflows/pull-request.yml"}


def words(*command, cwd):
    """What a program complains of: nothing, if it ends well."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().splitlines()[:8] if done.returncode else []


def version(*command):
    said = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout
    return re.search(r"\d+(\.\d+)+", said)[0]


def lint(repository, tools, actionlint):
    """Four linters of strangers, and a schema of each host."""
    workflows = sorted(repository.glob(".github/workflows/*.yml"))
    asked = [
        ("actionlint", actionlint, ["-shellcheck", shutil.which("shellcheck") or "", *workflows], "workflows of GitHub"),
        ("zizmor", tools / "zizmor", ["--offline", "--persona=pedantic", "--quiet", "--config", Path(__file__).parent / "schema/zizmor.yml", *workflows], "workflows of GitHub: security"),
        ("yamllint", tools / "yamllint", ["-s", "-d", YAMLLINT, *workflows, ".gitlab-ci.yml"], "pipelines of both hosts"),
        ("check-jsonschema", tools / "check-jsonschema", ["--builtin-schema", "vendor.github-workflows", *workflows], "the schema of GitHub"),
        ("check-jsonschema", tools / "check-jsonschema", ["--builtin-schema", "vendor.gitlab-ci", ".gitlab-ci.yml"], "the schema of GitLab"),
        ("shellcheck", "shellcheck", ["ci/site.sh"], "the script of both"),
    ]
    for client, program, given, question in asked:
        verdict(client, version(program, "--version"), question, words(program, *given, cwd=repository))


class Story:
    """A feed on one host: its remote, a maintainer's clone, and what each step should come to."""

    def __init__(self, host, caveat, scratch):
        self.host, self.caveat, self.scratch = host, caveat, scratch / host
        self.scratch.mkdir()
        self.problems = []
        self.clone = self.scratch / "maintainer"
        secrets = begin(caveat, self.clone, host)
        self.fill_in()
        self.remote = self.scratch / "remote.git"
        git(self.scratch, "init", "--quiet", "--bare", "-b", "main", str(self.remote))
        git(self.clone, "remote", "add", "origin", f"file://{self.remote}")
        self.merge("begin")
        self.runner = (GitHub if host == "github" else GitLab)(self.remote, self.scratch, secrets)

    def fill_in(self):
        """As maintainers do: where the program is, and its hash."""
        script = self.clone / "ci/site.sh"
        text = script.read_text("utf-8")
        digest = hashlib.sha256(Path(self.caveat).read_bytes()).hexdigest()
        text = re.sub(r"^address=.*$", f"address=file://{self.caveat}", text, flags=re.M)
        script.write_text(re.sub(r"^sha256=.*$", f"sha256={digest}", text, flags=re.M), "utf-8")

    def merge(self, message):
        commit(self.clone, message)
        git(self.clone, "push", "--quiet", "origin", "HEAD:main")

    def run(self, event, **given):
        if self.host == "github":
            text = git(self.remote, "show", f"{given.get('sha', 'main')}:{FILES[event]}")
            return self.runner.run(text, event, **given)
        text = git(self.remote, "show", f"{given.get('sha', 'main')}:.gitlab-ci.yml")
        event = "merge_request_event" if event == "pull_request" else event
        self.runner.run(text, event, **given)
        return ""

    def expect(self, question, problems):
        verdict(self.host, "-", question, problems)

    def well(self, question, event, *checks):
        """A run that ends well, and what should be so after it."""
        try:
            self.run(event)
            problems = [problem for check in checks for problem in check()]
        except Failed as failed:
            problems = [failed]
        self.expect(question, problems)

    def ill(self, question, event, said, **given):
        """A run that should end badly, with these words, and leave readers with what they saw."""
        before = self.tips()
        try:
            self.run(event, **given)
            problems = ["it ended well"]
        except Failed as failed:
            problems = [] if said in str(failed) else [failed]
        self.expect(question, problems + (["a branch has moved"] if self.tips() != before else []))

    def tips(self):
        return git(self.remote, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/pages", "refs/heads/publish-state")

    def verified(self):
        """What readers see is whole, fresh, and signed by the keys of the feed."""
        root = ["--root", self.clone / "keys/root/1.root.json", "--state", self.scratch / "reader.json"]
        return words(self.caveat, "verify", self.runner.pages, *root, cwd=self.clone)

    def dotted(self):
        return [] if (self.runner.pages / ".well-known/security.txt").is_file() else [".well-known/security.txt is not there"]

    def shows(self, number):
        return [] if (self.runner.pages / f"osv/x_DRILL-2026-{number:04}.json").is_file() else [f"advisory {number} is not there"]

    def advanced(self):
        """The branch of the state has one more commit than when it was asked last."""
        if "publish-state" not in self.tips():
            return ["nothing of the state was pushed"]
        count = int(git(self.remote, "rev-list", "--count", "refs/heads/publish-state"))
        before, self.states = getattr(self, "states", 0), count
        return [] if count == before + 1 else [f"{count} commits of state after {before}"]

    def proposal(self, name, change):
        """A branch of somebody else with a change, and where it began."""
        base = git(self.clone, "rev-parse", "HEAD")
        git(self.clone, "checkout", "--quiet", "-b", name)
        change(self.clone)
        commit(self.clone, name)
        git(self.clone, "push", "--quiet", "origin", f"HEAD:refs/heads/{name}")
        sha = git(self.clone, "rev-parse", "HEAD")
        git(self.clone, "checkout", "--quiet", "main")
        return {"sha": sha, "base": base}

    def looked_at(self, given):
        """A good pull request: pages that prove nothing, and what changes."""
        try:
            summary = self.run("pull_request", **given)
        except Failed as failed:
            return [failed]
        folder = self.runner.artifacts / ("pages-to-look-at" if self.host == "github" else "check/public")
        text = (folder / "index.html").read_text("utf-8")
        if self.host == "gitlab":
            summary = (self.runner.artifacts / "check/diff.md").read_text("utf-8")
        return ([] if "local" in text else ["the pages do not say that they are local"]) + \
            ([] if "x_DRILL-2026-0003" in summary else [f"the summary does not name the advisory: {summary[:200]}"])

    def tell(self):
        keyring = self.clone / "keys/keyring.toml"
        whole = keyring.read_text("utf-8")
        keyring.write_text(whole.replace('remote = "origin"', ""), "utf-8")
        self.merge("nowhere to remember")
        self.ill("a count of editions that nobody would keep is refused", "push", "says nowhere to push")
        keyring.write_text(whole, "utf-8")
        self.merge("somewhere to remember")
        self.well("a merge is published", "push", self.verified, self.dotted, lambda: self.shows(1), self.advanced)
        self.well("a day later it is signed anew", "schedule", self.verified, lambda: self.shows(1), self.advanced)
        (self.clone / "advisories/2026/x_DRILL-2026-0002.toml").write_text(advisory(2), "utf-8")
        self.merge("two")
        self.well("a second merge is published", "push", self.verified, lambda: self.shows(2), self.advanced)
        given = self.proposal("good", lambda clone: edited(clone, 3, advisory(3)))
        self.expect("a pull request is looked at without keys", self.looked_at(given))
        given = self.proposal("bad", lambda clone: edited(clone, 4, advisory(4).replace("< 2.0.4", "< 0.0.4")))
        self.ill("a faulty pull request fails", "pull_request", "heck: ", **given)
        given = self.proposal("less", lambda clone: edited(clone, 1, advisory(1).replace('"high"', '"low"')))
        self.ill("one that takes a warning back fails", "pull_request", "heck: ", **given)
        given = self.proposal("thief", lambda clone: (clone / "ci/site.sh").write_text("env; git push origin HEAD:pages; exit 9", "utf-8"))
        self.ill("one that asks for keys sees none, and pushes nothing", "pull_request", "CI=true", **given)
        self.leaks()
        self.racing()
        self.other_program()

    def leaks(self):
        """No secret in what was printed, kept or committed."""
        asked = [entry for entry in self.runner.log if "\nCI=true\n" in entry]
        found = [] if asked else ["nobody asked"]
        found += ["a pull request has a key"] if any("CAVEAT_KEY" in entry for entry in asked) else []
        secrets = {line for keys in self.runner.secrets.values() for key in keys.values() for line in key.splitlines()[1:-1]}
        said = "\n".join(self.runner.log)
        found += ["a log"] if any(secret in said for secret in secrets) else []
        for secret in secrets:
            done = subprocess.run(["git", "grep", "-qF", "-e", secret, "pages", "publish-state", "main"], cwd=self.remote, check=False)
            found += ["a branch"] if done.returncode == 0 else []
        self.expect("no key is in a log or a branch", found)

    def racing(self):
        """Somebody else puts a tree between our taking and our putting."""
        room = self.scratch / "slow"
        git(self.scratch, "clone", "--quiet", f"file://{self.remote}", str(room))
        site = ["bash", str(self.clone / "ci/site.sh")]
        subprocess.run([*site, "take"], cwd=room, check=True)
        self.well("a heartbeat comes between", "schedule", self.verified, self.advanced)
        before = self.tips()
        slow = subprocess.run([*site, "put", "late"], cwd=room, capture_output=True, text=True, check=False)
        problems = [] if slow.returncode and "rejected" in slow.stderr else [f"it was put: {slow.stderr}"]
        self.expect("the slower of two publishers loses, and forces nothing", problems + (["moved"] if self.tips() != before else []))

    def other_program(self):
        script = self.clone / "ci/site.sh"
        text = script.read_text("utf-8")
        script.write_text(re.sub(r"^sha256=.*$", "sha256=" + "0" * 64, text, flags=re.M), "utf-8")
        self.merge("another program")
        self.ill("a program of another hash is not run", "push", "FAILED")


def main(caveat, tools, actionlint, scratch):
    scratch = Path(scratch).resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    written = scratch / "written"
    subprocess.run([caveat, "init", "--ci", "github", written], check=True, stderr=sys.stderr)
    subprocess.run([caveat, "init", "--ci", "gitlab", written], check=True, stderr=sys.stderr)
    git(scratch, "init", "--quiet", str(written))
    lint(written, Path(tools), actionlint)
    for host in ("github", "gitlab"):
        story = Story(host, os.path.realpath(caveat), scratch)
        try:
            story.tell()
        finally:
            print("\n".join(story.runner.log), file=sys.stderr)


main(*sys.argv[1:])
