"""Owns: OSV's own JSON Schemas, by check-jsonschema, over every record of a site.

Usage: schema.py CHECK_JSONSCHEMA SCHEMA VERSION SITE
Each record must also say a schema_version that the schema knows: 1.7.5 for registered prefixes, 1.8.0 with `x_`.
"""

import subprocess
import sys
from importlib.metadata import version as installed
from pathlib import Path

from verdicts import records, verdict


def main():
    """Validate all records in one run; the tool names every failure itself, into the log."""
    command, schema, version, site = sys.argv[1:]
    found = records(site)
    files = [str(Path(site, "osv", f"{identity}.json")) for identity in found]
    done = subprocess.run([command, "--schemafile", schema, *files], capture_output=True, text=True)
    problems = [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()
    question = f"{len(found)} records against the OSV schema {version}"
    verdict("check-jsonschema", installed("check-jsonschema"), question, problems)
    wrong = []
    for identity, record in found.items():
        expected = "1.8.0" if identity.startswith("x_") else "1.7.5"
        if record.get("schema_version") != expected:
            wrong.append(f"{identity}: schema_version {record.get('schema_version')}, not {expected}")
    verdict("check-jsonschema", installed("check-jsonschema"), f"schema_version fits the kind of id ({next(iter(found))}..)", wrong)


main()
