"""Owns: `caveat serve` on a free port of this machine for as long as a block lasts, and a way for clients that know one host alone.

The way is a proxy that plays that host under a certificate of its own, which the client is told to trust. It leads nowhere else.
"""

import contextlib
import select
import socket
import ssl
import subprocess
import sys
import threading

HOST = "api.osv.dev"


@contextlib.contextmanager
def serving(program, repository, *arguments):
    """The program, answering; yields its port."""
    command = [program, "-C", str(repository), "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        for line in server.stderr:
            print(line, end="", file=sys.stderr)
            if " at http://" in line:
                break
        else:
            sys.exit(f"caveat serve: status {server.wait()}")
        threading.Thread(target=server.stderr.read, daemon=True).start()
        try:
            yield int(line.split("http://")[1].split("/")[0].rsplit(":", 1)[1])
        finally:
            server.terminate()
            if server.wait(timeout=30) != 0:
                sys.exit(f"caveat serve: status {server.returncode}")


def certificate(scratch):
    """A key and a certificate of the one host."""
    key, pem = scratch / "proxy.key", scratch / "proxy.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    subprocess.run([*command, "-keyout", key, "-out", pem, *names], check=True, stdout=sys.stderr, stderr=sys.stderr)
    return pem, key


def passed_on(client, context, port, strangers):
    """One connection through the proxy: to the server, or refused and noted."""
    with client:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096) or b"\r\n\r\n"
        target = head.split(b" ")[1].decode() if head.startswith(b"CONNECT ") else head[:80].decode("latin-1")
        if target != f"{HOST}:443":
            strangers.append(target)
            client.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            return
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with context.wrap_socket(client, server_side=True) as inside, socket.create_connection(("127.0.0.1", port)) as server:
            exchange(inside, server)


def exchange(inside, server):
    """Carries bytes both ways until one side is done."""
    while True:
        ready = [inside] if inside.pending() else select.select([inside, server], [], [], 60)[0]
        if not ready:
            return
        for end, other in ((inside, server), (server, inside)):
            if end in ready:
                read = end.recv(65536)
                if not read:
                    return
                other.sendall(read)


@contextlib.contextmanager
def as_osv_dev(port, scratch):
    """Yields the environment that leads a client of api.osv.dev to this port, and the list of hosts it asked for besides."""
    pem, key = certificate(scratch)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    strangers = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        def accept():
            with contextlib.suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    threading.Thread(target=passed_on, args=(client, context, port, strangers), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield {"HTTPS_PROXY": proxy, "HTTP_PROXY": proxy, "SSL_CERT_FILE": str(pem)}, strangers
