"""Owns: a site over https on this machine, under a certificate that nobody trusts, for as long as a block lasts."""

import contextlib
import functools
import http.server
import ssl
import subprocess
import sys
import threading


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, without a word on each."""

    def log_message(self, *_):
        pass


def certificate(scratch):
    """A key and a certificate of this address."""
    key, pem = scratch / "tls.key", scratch / "tls.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", key, "-out", pem, *names], check=True, stdout=sys.stderr)
    return pem, key


@contextlib.contextmanager
def serving(site, port, scratch):
    """Serves the site at https://127.0.0.1:PORT."""
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(scratch))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
