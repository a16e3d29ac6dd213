"""Owns: what `caveat affected` says of a version, for the checks that hold a scanner against it."""

import json
import subprocess


class Caveat:
    """The program, in a repository."""

    def __init__(self, program, repository):
        self.command = [program, "-C", str(repository), "affected", "--format", "json"]

    def ids(self, coordinate):
        """The ids of the advisories that affect `ECOSYSTEM/NAME@VERSION`."""
        done = subprocess.run([*self.command, coordinate], capture_output=True, text=True, timeout=60)
        if done.returncode not in (0, 1):
            raise ValueError(f"{coordinate}: status {done.returncode}: {done.stderr.strip() or done.stdout.strip()}")
        answer = json.loads(done.stdout)
        return {one["id"] for one in answer["advisories"] if one["verdict"] == "yes"}
