"""Owns: a stand-in for GitLab CI/CD: the jobs of a pipeline by its rules, each in a sealed clone of a remote that is a directory.

It knows what our file uses, and nothing else: a rule that it does not know ends the run. A job sees the variables of its environment
alone, and in a pipeline of a merge request none, for they are protected.
"""

import re
import shutil
import subprocess

from ruamel.yaml import YAML

from github_runner import Failed, git, sealed

WORDS = {"stages", "default", "variables", "workflow"}


class GitLab:
    def __init__(self, remote, scratch, secrets):
        self.remote, self.scratch, self.secrets, self.runs = remote, scratch, secrets, 0
        self.pages, self.artifacts, self.log = scratch / "pages", scratch / "artifacts", []

    def run(self, text, event, sha=None, base=None):
        """All jobs of a pipeline, or Failed."""
        file = YAML(typ="safe").load(text)
        self.sha = sha or git(self.remote, "rev-parse", "refs/heads/main")
        self.given = {"CI_PIPELINE_SOURCE": event, "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_SHA": self.sha, "GITLAB_CI": "true"}
        if event == "merge_request_event":
            self.given |= {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_MERGE_REQUEST_IID": "1"}
        else:
            self.given["CI_COMMIT_BRANCH"] = "main"
        if not self.chosen(file["workflow"]):
            raise Failed(f"no pipeline for {event}")
        jobs = {name: job for name, job in file.items() if name not in WORDS and not name.startswith(".")}
        chosen = {name: file.get(job.get("extends"), {}) | job for name, job in jobs.items() if self.chosen(job)}
        for stage in file["stages"]:
            for name, job in chosen.items():
                if job["stage"] == stage:
                    self.job(name, job, file["variables"])

    def chosen(self, job):
        return any(self.holds(rule["if"]) for rule in job["rules"])

    def holds(self, condition):
        """`A == B`, and `||` between them."""
        def equal(one):
            sides = re.fullmatch(r'\$(\w+) == (?:\$(\w+)|"(\w+)")', one.strip())
            value = sides[3] if sides[3] is not None else self.given.get(sides[2])
            return self.given.get(sides[1]) == value
        return any(equal(one) for one in condition.split("||"))

    def job(self, name, job, variables):
        self.runs += 1
        room = self.scratch / f"run-{self.runs}"
        work = room / "work"
        secret = self.secrets.get(job.get("environment", {}).get("name"), {})
        protected = {} if self.given["CI_PIPELINE_SOURCE"] == "merge_request_event" else secret
        env = sealed(room, **variables, **self.given, **protected)
        git(self.scratch, "clone", "--quiet", f"file://{self.remote}", str(work), env=env)
        git(work, "fetch", "--quiet", "origin", self.sha, env=env)
        git(work, "checkout", "--quiet", "--detach", self.sha, env=env)
        if self.given["CI_PIPELINE_SOURCE"] == "merge_request_event":
            # Both branches are protected, as docs/ci.md says.
            git(work, "remote", "set-url", "--push", "origin", "/nowhere", env=env)
        script = room / "job.sh"
        script.write_text("set -eo pipefail\n" + "\n".join(job.get("before_script", []) + job["script"]) + "\n", "utf-8")
        done = subprocess.run(["bash", script], cwd=work, env=env, capture_output=True, text=True, check=False)
        self.log.append(f"$ {name}\n{done.stdout}{done.stderr}")
        self.keep(job.get("artifacts", {}).get("paths", []), work, self.pages if name == "pages" else self.artifacts / name)
        if done.returncode:
            raise Failed(f"{name}: {done.stdout}{done.stderr}")

    def keep(self, paths, work, to):
        shutil.rmtree(to, ignore_errors=True)
        for path in paths:
            place = to if to == self.pages else to / path
            if (work / path).is_dir():
                shutil.copytree(work / path, place)
            elif (work / path).exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(work / path, place)
