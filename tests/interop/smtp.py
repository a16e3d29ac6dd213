"""Owns: that a real SMTP server gets each message once, whole and in private, though its sender was killed twice; and that
`git send-email` and a sendmail send what `caveat mail` prints.

Usage: smtp.py CAVEAT SCRATCH
"""

import asyncio
import os
import pty
import random
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes, policy
from importlib.metadata import version
from itertools import permutations
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from hostile_feed import caveat_in, repository
from verdicts import verdict

CLIENT, VERSION = "aiosmtpd", version("aiosmtpd")
LISTS, KILLS, ROUNDS, SLOW = 24, 2, 3, 0.05
PLACES = ("before its text", "between its last dot and the answer", "after the answer")
ID = "x_HOST-2026-0002"
# As `mail.from` has it: from another sender, git writes a line about the first into the text.
SENDER = "Hostile, Söns & Co. <advisories@hostile.example.org>"


class Box:
    """What arrived: taken first and answered later. It can kill the sender at a place of its choice, in the middle of a message."""

    def __init__(self, slow=0.0):
        self.slow, self.got, self.victim, self.plan = slow, [], None, None

    def kill_at(self, place, taken, victim):
        """`place` is where in the message after so many others."""
        self.victim, self.plan = victim, (place, taken)

    def strike(self, place, taken):
        if self.plan == (place, taken):
            self.plan = None
            self.victim.kill()

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.strike("before its text", len(self.got))
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        taken = len(self.got)
        self.got.append((envelope.rcpt_tos, envelope.content))
        self.strike("between its last dot and the answer", taken)
        asyncio.get_running_loop().call_later(0.001, self.strike, "after the answer", taken)
        if self.slow:
            time.sleep(self.slow)
        return "250 taken"


def serve(box, **settings):
    """A server on a free port of this machine."""
    # The controller asks its own port whether it is there, and has to know it.
    controller = Controller(box, hostname="localhost", port=free_port(), **settings)
    controller.start()
    return controller


def free_port():
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def send(caveat, where, port, state, *more, **settings):
    """The command that sends, not yet waited for."""
    scheme = settings.pop("scheme", "smtp")
    command = [caveat, "-C", where, "mail", ID, "--send", f"{scheme}://localhost:{port}", "--yes", *more]
    env = {"PATH": os.environ["PATH"], "HOME": str(state), **settings.pop("env", {})}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process):
    """Its exit status and what it said."""
    _, said = process.communicate(timeout=120)
    print(said, file=sys.stderr)
    return process.returncode, said


def killed_at(caveat, where, state, places):
    """A sender dies at each place; the next goes on; what may have arrived is settled by looking into the box."""
    box, wrong = Box(), []
    server = serve(box)
    for nth, place in enumerate(places):
        process = send(caveat, where, server.port, state)
        box.kill_at(place, 3 + 7 * nth, process)
        process.communicate(timeout=120)
        if process.returncode != -signal.SIGKILL:
            wrong.append(f"not killed {place}: status {process.returncode}")
    return wrong + settled(caveat, where, state, server, box, places), box.got


def killed_at_random(caveat, where, state, chance):
    """The same, at times of chance while messages are on their way."""
    box, wrong = Box(SLOW), []
    server = serve(box)
    for _ in range(KILLS):
        before = len(box.got)
        process = send(caveat, where, server.port, state)
        while len(box.got) == before and process.poll() is None:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, SLOW * LISTS / KILLS / 2))
        process.kill()
        process.communicate()
        if process.returncode != -signal.SIGKILL:
            wrong.append(f"it ended with {process.returncode} before it could be killed")
    time.sleep(SLOW * 2)
    return wrong + settled(caveat, where, state, server, box, None), box.got


def settled(caveat, where, state, server, box, places):
    """What is wrong once the command ran to its end: each receiver has one message, and nothing is sent by one run more.

    Of a message whose text was ended and whose answer was not read nobody can know: it has to be named, and no other.
    """
    status, said = finish(send(caveat, where, server.port, state))
    begun = re.findall(r"<(\S+)> to (\S+) was begun", said)
    unsure = [place for place in places or [] if place.startswith("between")]
    sure = [place for place in places or [] if place.startswith("before")]
    wrong = []
    if places is not None and not len(unsure) <= len(begun) <= len(places) - len(sure):
        wrong.append(f"{len(begun)} were called begun, killed {places}")
    for id, to in begun:
        there = any(to in tos and f"<{id}>".encode() in content for tos, content in box.got)
        name, answer = to.split("@")[0], "--arrived" if there else "--resend"
        status, said = finish(send(caveat, where, server.port, state, "--to", name, answer))
    again, _ = finish(send(caveat, where, server.port, state))
    server.stop()
    counts = Counter(to for tos, _ in box.got for to in tos)
    wrong.extend(f"{to}: {count} times" for to, count in counts.items() if count != 1)
    if status or again or len(counts) != LISTS:
        wrong.append(f"{len(counts)} of {LISTS} receivers, status {status}, then {again}")
    return wrong


def whole(got, site):
    """Each message is the file of the site, byte for byte."""
    for tos, content in got:
        name = tos[0].split("@")[0]
        if content != (site / f"mail/{ID}/r2.{name}.eml").read_bytes():
            yield f"{name}: other bytes"


def certificate(scratch):
    """A CA and a certificate for localhost: worth nothing."""
    run = lambda *words: subprocess.run(["openssl", *words], cwd=scratch, check=True, capture_output=True)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    run("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=ca", "-days", "3")
    run("req", *key, "-keyout", "tls.key", "-out", "tls.csr", "-subj", "/CN=localhost")
    (scratch / "san").write_text("subjectAltName=DNS:localhost\n")
    run("x509", "-req", "-in", "tls.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tls.pem",
        "-days", "3", "-extfile", "san")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(scratch / "tls.pem", scratch / "tls.key")
    return context


def login(server, session, envelope, mechanism, data):
    """One name and one password."""
    right = mechanism in ("LOGIN", "PLAIN") and (data.login, data.password) == (b"me", b"right")
    return AuthResult(success=right, handled=False)


def in_private(caveat, where, scratch):
    """STARTTLS and a login: the right password is taken, a wrong one and an unknown certificate are told."""
    context = certificate(scratch)
    box = Box()
    server = serve(box, tls_context=context, require_starttls=True, auth_required=True, authenticator=login)
    (scratch / "password").write_text("right\n")
    (scratch / "password").chmod(0o600)
    me = {"CAVEAT_SMTP_USER": "me", "SSL_CERT_FILE": str(scratch / "ca.pem")}
    file = {**me, "CAVEAT_SMTP_PASSWORD_FILE": str(scratch / "password")}
    cases = [
        ("a password from a file, after STARTTLS", file, 0, ""),
        ("a wrong password is told", {**me, "CAVEAT_SMTP_PASSWORD": "wrong"}, 2, "refused the name or the password"),
        ("an unknown certificate is told", {**file, "SSL_CERT_FILE": os.devnull}, 2, "certificate"),
        ("no login where one is needed is told", {"SSL_CERT_FILE": me["SSL_CERT_FILE"]}, None, "530"),
    ]
    for nth, (question, env, wanted, text) in enumerate(cases):
        before = len(box.got)
        status, said = finish(send(caveat, where, server.port, scratch / f"login-{nth}", env=env))
        sent = len(box.got) - before
        fine = text in said and "right" not in said and sent == (LISTS if wanted == 0 else 0)
        fine = fine and (status == wanted if wanted is not None else status != 0)
        verdict(CLIENT, VERSION, question, [] if fine else [f"status {status}, {sent} sent"])
    server.stop()


def typed(caveat, where, scratch):
    """At a terminal the command asks, and nothing but `yes` is a yes."""
    for answer, wanted in (("no", 0), ("yes", LISTS)):
        box = Box()
        server = serve(box)
        ours, theirs = pty.openpty()
        os.write(ours, f"{answer}\n".encode())
        command = [caveat, "-C", where, "mail", ID, "--send", f"smtp://localhost:{server.port}"]
        env = {"PATH": os.environ["PATH"], "HOME": str(scratch / "login-typed")}
        ran = subprocess.run(command, env=env, stdin=theirs, capture_output=True, text=True, timeout=120)
        print(ran.stderr, file=sys.stderr)
        server.stop()
        wrong = [f"status {ran.returncode}, {len(box.got)} sent"] if ran.returncode or len(box.got) != wanted else []
        verdict(CLIENT, VERSION, f"who types `{answer}` at a terminal sends to {wanted}", wrong)


def same(content, original):
    """The facts of a message that have to survive other programs."""
    facts = []
    for raw in (content, original):
        mail = message_from_bytes(raw, policy=policy.default)
        names = ("Subject", "Message-ID", "In-Reply-To", "References", "Reply-To")
        text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
        facts.append([mail[name] for name in names] + [text])
    changed = [(one, other) for other, one in zip(*facts) if one != other]
    return [f"{len(one)} signs became {len(other)}: ...{tail(one, other)}" for one, other in changed]


def tail(one, other):
    """Where the two part."""
    at = len(os.path.commonprefix([one, other]))
    return f"{one[max(0, at - 20) : at + 20]!r} became {other[max(0, at - 20) : at + 20]!r}"


def by_others(caveat, where, scratch, site):
    """`git send-email` and msmtp, which speaks like sendmail, take what `caveat mail` prints."""
    outbox = scratch / "smtp-outbox"
    shutil.rmtree(outbox, ignore_errors=True)
    caveat_in(caveat, where, "mail", ID, "--to", "list-00", "--out", outbox)
    file = outbox / f"{ID}.list-00.eml"
    original = (site / f"mail/{ID}/r2.list-00.eml").read_bytes()
    for program in ("git send-email", "sendmail -t"):
        box = Box()
        server = serve(box)
        smtp = ["--smtp-server=localhost", f"--smtp-server-port={server.port}"]
        if program == "sendmail -t":
            command = ["msmtp", "--read-envelope-from", "-t", "--host=localhost", f"--port={server.port}", "--tls=off", "--auth=off"]
        else:
            quiet = ["--confirm=never", "--suppress-cc=all", "--no-thread", "--quiet", f"--from={SENDER}"]
            command = ["git", "-C", where, "send-email", *smtp, *quiet, file]
        env = {**os.environ, "HOME": str(scratch)}
        with file.open("rb") as message:
            ran = subprocess.run(command, stdin=message, env=env, capture_output=True, text=True)
        print(ran.stdout, ran.stderr, file=sys.stderr)
        server.stop()
        wrong = [f"status {ran.returncode}, {len(box.got)} sent"] if ran.returncode or len(box.got) != 1 else []
        for tos, content in box.got:
            wrong.extend(same(content, original))
            if tos != ["list-00@hostile.example.org"]:
                wrong.append(f"to {tos}")
        verdict(program, "-", "sends the message of `caveat mail`, once and as it is", wrong)


def main():
    """Kill, send in private, hand over to others."""
    caveat, scratch = sys.argv[1], Path(sys.argv[2])
    styles = ["project", "oss-security"]
    where = repository(scratch / "lists", [(f"list-{nth:02}", styles[nth % 2]) for nth in range(LISTS)])
    site = scratch / "lists-site"
    shutil.rmtree(site, ignore_errors=True)
    caveat_in(caveat, where, "build", "--out", site)
    rounds = [(f"{first}, then {second}", lambda state, places=(first, second): killed_at(caveat, where, state, places))
              for first, second in permutations(PLACES, KILLS)]
    rounds += [(f"twice on the way, at times of chance ({nth})", lambda state, nth=nth: killed_at_random(caveat, where, state, random.Random(nth)))
               for nth in range(ROUNDS)]
    for nth, (how, run) in enumerate(rounds):
        state = scratch / f"killed-{nth}"
        shutil.rmtree(state, ignore_errors=True)
        wrong, got = run(state)
        verdict(CLIENT, VERSION, f"{LISTS} receivers got each message once, its sender killed {how}", wrong)
        verdict(CLIENT, VERSION, f"every byte is that of the site (round {nth + 1})", list(whole(got, site)))
    for old in scratch.glob("login-*"):
        shutil.rmtree(old)
    in_private(caveat, where, scratch)
    typed(caveat, where, scratch)
    by_others(caveat, where, scratch, site)


main()
