"""Owns: how many questions `caveat serve` answers in a second, against the same server with an empty handler, asked by wrk.

Both sit on the machine that asks, so the figures are of two programs that share its cores.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys

sys.argv = sys.argv[:3]
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import bench
import pages

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS = 5
CONNECTIONS = 32


def served(*command):
    """A server, and its address."""
    server = subprocess.Popen([str(word) for word in command], stderr=subprocess.PIPE, text=True)
    for line in server.stderr:
        if " at http://" in line:
            return server, line.split(" at ")[1].split("/ ")[0].strip().rstrip("/")
    sys.exit(f"bench: {command[0]} does not serve")


def asked(room, address, path, bodies):
    """Requests a second, and the time in which 99 of 100 are answered."""
    script = room / "ask.lua"
    listed = ",\n".join(f"[==[{body}]==]" for body in bodies)
    script.write_text(
        f'local bodies = {{\n{listed}\n}}\nlocal at = 0\nwrk.method = "{"POST" if bodies[0] else "GET"}"\n'
        f'function request()\n  at = at % #bodies + 1\n  return wrk.format(nil, "{path}", nil, bodies[at])\nend\n'
    )
    command = ["wrk", "--threads", "2", "--connections", str(CONNECTIONS), "--duration", f"{SECONDS}s", "--latency", "--script", str(script)]
    told = subprocess.run([*command, address], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(f"bench: {path}: {told}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), re.search(r"99%\s+(\S+)", told)[1]


def questions(records):
    """A hit, a miss and a package without a version for many packages of the records."""
    hits, misses, names = [], [], []
    for record in records[:1000]:
        for entry in record["affected"]:
            package = entry.get("package")
            if package is None:
                continue
            ask = {"package": {"name": package["name"], "ecosystem": package["ecosystem"]}}
            first = entry["ranges"][0]["events"][0]["introduced"]
            hits.append(ask | {"version": "0.0.1" if first == "0" else first})
            misses.append(ask | {"version": "999.0.0"})
            names.append({"package": {"name": f"{package['name']}-not-here", "ecosystem": package["ecosystem"]}})
    return hits, misses, names


def measure(name, root, room, floor):
    """One table: each kind of question, and what it is of the floor."""
    out = room / "out"
    bench.measured(bench.BIN / "caveat", "-C", root, "build", "--out", out)
    records = [json.loads(path.read_text()) for path in sorted((out / "osv").glob("*-*.json"))]
    hits, misses, names = questions(records)
    batch = lambda queries: json.dumps({"queries": (queries * 100)[:100]})
    kinds = {
        "query, affected": ("/v1/query", [json.dumps(one) for one in hits], 1),
        "query, not affected": ("/v1/query", [json.dumps(one) for one in misses], 1),
        "query, no such package": ("/v1/query", [json.dumps(one) for one in names], 1),
        "batch of 100": ("/v1/querybatch", [batch(hits), batch(misses)], 100),
        "record by id": (f"/v1/vulns/{records[0]['id']}", [""], 1),
    }
    server, address = served(bench.BIN / "caveat", "-C", root, "serve", "--api-only", "--no-watch", "--port", "0")
    for kind, (path, bodies, each) in kinds.items():
        rate, slow = asked(room, address, path, bodies)
        share = f"{rate / floor:.2f}" if each == 1 else "-"
        print(f"{name:>14} {kind:<24} {rate * each:>12,.0f} {share:>8} {slow:>10}")
    status = pathlib.Path(f"/proc/{server.pid}/status").read_text()
    peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024
    print(f"{name:>14} {'most memory':<24} {peak:>8} MiB")
    server.terminate()
    server.wait()


def main(room):
    if shutil.which("wrk") is None:
        print("bench: no wrk: install it (Debian: wrk) to measure `caveat serve`", file=sys.stderr)
        return
    room.mkdir(parents=True, exist_ok=True)
    server, address = served(bench.BIN / "examples" / "floor_http")
    floor, slow = asked(room, address, "/v1/query", ['{"package": {"name": "a", "ecosystem": "npm"}, "version": "1.0.0"}'])
    server.terminate()
    server.wait()
    print(f"{'records':>14} {'asked':<24} {'questions/s':>12} {'of floor':>8} {'99% below':>10}")
    print(f"{'-':>14} {'floor: empty handler':<24} {floor:>12,.0f} {1:>8.2f} {slow:>10}")
    measure("30", ROOT, room, floor)
    measure("10,000", pages.repository("10,000", *pages.SITES["10,000"]), room, floor)


if __name__ == "__main__":
    main((bench.WORK / "serve").resolve())
