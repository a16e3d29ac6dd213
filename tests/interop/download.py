"""Owns: osv-scanner fetching the feed's archives by itself, twice, from a host on this machine that sends what `_headers` says.

Usage: download.py FIXTURE WORK VERSION=BINARY..
The scanner's address is fixed, so it is led here by a proxy and a certificate of its own; nothing leaves this machine. At its
second run it asks for the checksum of each archive, stops where there is none, and fetches only what changed.
"""

import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
import ssl

from fixture import Fixture
from projects import write_project
from verdicts import verdict

HOST = "osv-vulnerabilities.storage.googleapis.com"


class Host(ThreadingHTTPServer):
    """The feed, and what was asked of it."""

    def __init__(self, site, scratch):
        super().__init__(("127.0.0.1", 0), Handler)
        self.site, self.asked, self.daemon_threads = site, [], True
        self.headers = checksums(site)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(*certificate(scratch))
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    """A proxy that is itself the one host it leads to."""

    protocol_version = "HTTP/1.1"

    def do_CONNECT(self):
        """From here on as that host, over TLS."""
        if self.path != f"{HOST}:443":
            self.send_error(403)
            return
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.close_connection = False

    def do_GET(self):
        """A file below osv/ with the headers that the feed wants sent."""
        path = f"/osv{self.path}"
        self.server.asked.append(f"{self.command} {self.path}")
        file = Path(f"{self.server.site}{path}")
        found = file.is_file()
        body = file.read_bytes() if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(body)))
        if path in self.server.headers:
            self.send_header("X-Goog-Hash", self.server.headers[path])
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


def checksums(site):
    """The rules of `_headers` about checksums: {path: value}."""
    found, path = {}, None
    for line in Path(site, "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            path = line
        elif line.strip().startswith("X-Goog-Hash: "):
            found[path] = line.partition(": ")[2]
    return found


def certificate(scratch):
    """A certificate for that host, which only a scanner that is told of it believes."""
    key, pem = scratch / "tls.key", scratch / "tls.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    subprocess.run([*command, "-keyout", key, "-out", pem, *names], check=True, stdout=sys.stderr, stderr=sys.stderr)
    return pem, key


def run(binary, host, scratch, project):
    """One run that fetches; its status and what it asked of the host."""
    host.asked.clear()
    home = scratch / "home"
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "HTTPS_PROXY": f"http://127.0.0.1:{host.server_port}",
                   "SSL_CERT_FILE": str(scratch / "tls.pem"), "NO_PROXY": ""}
    command = [binary, "scan", "source", "--offline-vulnerabilities", "--download-offline-databases", "--no-resolve", "--no-ignore", "--format", "json", str(project)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    print(host.asked, done.stderr, file=sys.stderr)
    return done.returncode, list(host.asked), done.stdout


def ask(version, binary, fixture, scratch):
    """Fetched, believed, fetched again when changed, refused without a checksum."""
    scratch.mkdir(parents=True)
    host = Host(fixture.site, scratch)
    name, at = next(question[1:] for question in fixture.questions("npm") if fixture.ids(*question))
    write_project(scratch / "project", "npm", {name: at})
    get, path = "GET /npm/all.zip", "/osv/npm/all.zip"
    status, asked, told = run(binary, host, scratch, scratch / "project")
    flaws = [] if status == 1 and get in asked and all(key in told for key in fixture.ids("npm", name, at)) else [f"status {status}, {asked}"]
    verdict("osv-scanner", version, "fetches an archive and finds a flaw by it", flaws)
    status, asked, _ = run(binary, host, scratch, scratch / "project")
    verdict("osv-scanner", version, "keeps it while its X-Goog-Hash is the same", [] if status == 1 and asked and get not in asked else [f"status {status}, {asked}"])
    host.headers[path] = "crc32c=AAAAAA=="
    status, asked, _ = run(binary, host, scratch, scratch / "project")
    verdict("osv-scanner", version, "fetches it again when that changes", [] if get in asked else [f"status {status}, {asked}"])
    del host.headers[path]
    status, asked, _ = run(binary, host, scratch, scratch / "project")
    verdict("osv-scanner", version, "stops where there is none, so it was read", [] if status not in (0, 1) else [f"status {status}, {asked}"])
    host.shutdown()


def main():
    """Each scanner with a home of its own."""
    made, work, *clients = sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]
    shutil.rmtree(work, ignore_errors=True)
    for client in clients:
        version, binary = client.split("=", 1)
        ask(version, binary, Fixture(made), work / version)


main()
