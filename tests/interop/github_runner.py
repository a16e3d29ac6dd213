"""Owns: a stand-in for GitHub Actions: jobs of a workflow, in order, each in a sealed clone of a remote that is a directory.

It knows what our workflows use, and nothing else: an action, an expression or a condition that it does not know ends the run.
A job without `contents: write`, or whose checkout keeps no credentials, cannot push; a job sees the secrets of its environment alone.
"""

import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from ruamel.yaml import YAML


def sealed(folder, **more):
    """Nothing of this machine but its programs."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1",
            "CI": "true"} | more


def git(folder, *words, env=None):
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True,
                          env=env or sealed(folder.parent)).stdout.strip()


class Failed(Exception):
    """A step that ended badly: its name, and what it said."""


class GitHub:
    def __init__(self, remote, scratch, secrets):
        self.remote, self.scratch, self.secrets, self.runs = remote, scratch, secrets, 0
        self.pages, self.artifacts, self.log = scratch / "pages", scratch / "artifacts", []

    def run(self, text, event, ref="refs/heads/main", sha=None, base=None):
        """All jobs of a workflow: what it said in its summary, or Failed."""
        self.event, self.ref, self.base = event, ref, base
        self.sha = sha or git(self.remote, "rev-parse", "refs/heads/main")
        self.summary = ""
        workflow = YAML(typ="safe").load(text)
        triggers = workflow.get("on", workflow.get(True))
        if event not in triggers:
            raise Failed(f"no trigger for {event}")
        self.jobs(workflow["jobs"])
        return self.summary

    def jobs(self, jobs):
        done = set()
        while len(done) < len(jobs):
            name = next(name for name, job in jobs.items() if name not in done and set([job.get("needs")]) - {None} <= done)
            job = jobs[name]
            if job.get("if", "github.ref == 'refs/heads/main'") != f"github.ref == '{self.ref}'" and "if" in job:
                raise Failed(f"{name}: not on {self.ref}")
            if "uses" in job:
                called = git(self.remote, "show", f"{self.sha}:{job['uses'].removeprefix('./')}")
                self.jobs(YAML(typ="safe").load(called)["jobs"])
            else:
                self.job(job)
            done.add(name)

    def job(self, job):
        self.runs += 1
        room = self.scratch / f"run-{self.runs}"
        self.work, self.temp = room / "work", room / "temp"
        self.temp.mkdir(parents=True)
        environment = job.get("environment", "")
        self.environment = environment["name"] if isinstance(environment, dict) else environment
        self.may_push = job["permissions"].get("contents") == "write"
        for file in ("path", "summary"):
            (room / file).touch()
        self.env = sealed(room, GITHUB_ACTIONS="true", GITHUB_EVENT_NAME=self.event, GITHUB_SHA=self.sha, GITHUB_REF=self.ref,
                          RUNNER_TEMP=str(self.temp), GITHUB_PATH=str(room / "path"), GITHUB_STEP_SUMMARY=str(room / "summary"))
        try:
            for step in job["steps"]:
                self.step(step, room)
        finally:
            self.summary += (room / "summary").read_text("utf-8")

    def step(self, step, room):
        if "uses" in step:
            action = step["uses"].partition("@")[0].removeprefix("actions/")
            given = {key: self.filled(value) for key, value in step.get("with", {}).items()}
            getattr(self, action.replace("-", "_"))(given)
            return
        more = {key: self.filled(value) for key, value in step.get("env", {}).items()}
        paths = (room / "path").read_text("utf-8").split()
        env = self.env | more | {"PATH": ":".join([*reversed(paths), self.env["PATH"]])}
        script = self.temp / "step.sh"
        script.write_text(self.filled(step["run"]), "utf-8")
        done = subprocess.run(["bash", "-e", script], cwd=self.work, env=env, capture_output=True, text=True, check=False)
        self.log.append(f"$ {step['name']}\n{done.stdout}{done.stderr}")
        if done.returncode:
            raise Failed(f"{step['name']}: {done.stdout}{done.stderr}")

    def filled(self, value):
        """A value with its expressions taken out; only these are known."""
        def known(found):
            name = found[1]
            if name.startswith("secrets."):
                return self.secrets.get(self.environment, {}).get(name.removeprefix("secrets."), "")
            return {"runner.temp": str(self.temp), "github.event.pull_request.base.sha": str(self.base)}[name]
        return re.sub(r"\$\{\{ (.+?) \}\}", known, value) if isinstance(value, str) else value

    def checkout(self, given):
        git(self.scratch, "clone", "--quiet", f"file://{self.remote}", str(self.work), env=self.env)
        git(self.work, "fetch", "--quiet", "origin", self.sha, env=self.env)
        git(self.work, "checkout", "--quiet", "--detach", f"origin/{given['ref']}" if "ref" in given else self.sha, env=self.env)
        if not (self.may_push and given["persist-credentials"]):
            git(self.work, "remote", "set-url", "--push", "origin", "/nowhere", env=self.env)

    def upload_artifact(self, given):
        """Without `include-hidden-files`, names that begin with a dot are left out."""
        source, to = self.work / given["path"], self.artifacts / given["name"]
        shutil.rmtree(to, ignore_errors=True)
        hidden = None if given.get("include-hidden-files") else shutil.ignore_patterns(".*")
        if source.is_dir():
            shutil.copytree(source, to, ignore=hidden)
        else:
            to.mkdir(parents=True)
            shutil.copy(source, to)

    def deploy_pages(self, _):
        """Readers see the whole of it, or what they saw before."""
        shutil.rmtree(self.pages, ignore_errors=True)
        with tarfile.open(self.artifacts / "github-pages/artifact.tar") as archive:
            archive.extractall(self.pages, filter="data")
