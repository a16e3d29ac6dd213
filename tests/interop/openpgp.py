"""Owns: what strangers say of the OpenPGP signatures of CSAF documents: gpg, gpgv, sqv, sq, and the checker of a trusted provider.

Usage: openpgp.py CAVEAT FILES CHECKER SCRATCH
FILES is the example of crates/openpgp: our reader, and a hand whose key is a number. Whatever is damaged is refused for its reason.
"""

import datetime
import functools
import hashlib
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from csaf import EXCUSED, checked, free_port
from csaf_feed import repository
from openpgp_feed import BEGUN, commit, keyring, published, until_in
from verdicts import verdict

WINDOWS = "what converted line ends did to a document is refused"


def told(*command, **more):
    """Status, what it says in form for programs, and what it says to people."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **more)
    print(done.stdout, done.stderr, file=sys.stderr)
    return done.returncode, done.stdout, done.stderr


def version(program):
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0].split()[-1]


@functools.cache
def version_of_sq():
    return subprocess.run(["sq", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]


class Reader:
    """The four programs, with one key. Each says of a document whether its signature is good, or why not."""

    def __init__(self, key, home):
        self.key, self.home = key, home
        home.mkdir(mode=0o700, parents=True)
        self.ring = home / "ring.gpg"
        told("gpg", "--homedir", home, "--batch", "--output", self.ring, "--dearmor", key)
        self.imported = told("gpg", "--homedir", home, "--batch", "--status-fd", "1", "--import", key)

    def gpg(self, document, *more):
        return told("gpg", "--homedir", self.home, "--batch", "--status-fd", "1", *more, "--verify", f"{document}.asc", document)

    def gpgv(self, document):
        return told("gpgv", "--homedir", self.home, "--status-fd", "1", "--keyring", self.ring, f"{document}.asc", document)

    def sqv(self, document):
        return told("sqv", "--verbose", "--keyring", self.key, f"{document}.asc", document)

    def sq(self, document):
        # Its options changed names with version 1.
        key, signature = ("--signer-cert", "--detached") if version_of_sq().startswith("0.") else ("--signer-file", "--signature-file")
        return told("sq", "verify", key, self.key, signature, f"{document}.asc", document)


def lines(said):
    """What GnuPG says to programs, by its first word."""
    rows = (row.split() for row in said.splitlines() if row.startswith("[GNUPG:]"))
    return {row[1]: row[2:] for row in rows}


def fingerprint(site):
    metadata = json.loads((site / "csaf/provider-metadata.json").read_text("utf-8"))
    (key,) = metadata["public_openpgp_keys"]
    return key["fingerprint"]


def documents(site):
    return sorted(Path(site, "csaf/white").glob("*/*.json"))


def changed_last(document):
    at = json.loads(document.read_text("utf-8"))["document"]["tracking"]["current_release_date"]
    return max(datetime.datetime.fromisoformat(at), BEGUN)


def clean(reader, site):
    """What GnuPG finds odd about the key."""
    status, said, words = reader.imported
    words = [line for line in words.splitlines() if "created" not in line]
    if status or lines(said).get("IMPORT_OK") != ["1", fingerprint(site)]:
        yield f"status {status}: {said}"
    yield from (line for line in words if "warning" in line.lower() or "invalid" in line.lower() or "error" in line.lower())


def by_gnupg(ask, site):
    """Documents of a site whose signature GnuPG does not find good, or dates otherwise."""
    key, every = fingerprint(site), documents(site)
    with ThreadPoolExecutor(2) as pool:
        for document, (status, said, _) in zip(every, pool.map(ask, every)):
            found = lines(said)
            made = int(found.get("VALIDSIG", [0] * 3)[2])
            if status or "GOODSIG" not in found or found["VALIDSIG"][0] != key:
                yield f"{document.name}: {said}"
            elif made != changed_last(document).timestamp():
                yield f"{document.name}: made {made}, and changed {changed_last(document)}"
    if len(every) < 400:
        yield f"only {len(every)} documents"


def by_sqv(reader, site):
    key, every = fingerprint(site), documents(site)
    with ThreadPoolExecutor(2) as pool:
        for document, (status, said, words) in zip(every, pool.map(reader.sqv, every)):
            if status or said.split() != [key]:
                yield f"{document.name}: {words}"


def by_sq(reader, site):
    key, every = fingerprint(site), documents(site)
    with ThreadPoolExecutor(2) as pool:
        for document, (status, _, words) in zip(every, pool.map(reader.sq, every)):
            if status or key[-16:] not in words:
                yield f"{document.name}: {words}"
    said = told("sq", "inspect", reader.key)[1]
    if key not in said or "certification, signing" not in said or "Expiration time" not in said:
        yield f"sq inspect: {said}"


def by_us(files, site, key, at):
    """The same by our own reader."""
    status, said, words = told(files, "verify", key, at, *documents(site))
    if status or len(said.splitlines()) != len(documents(site)):
        yield f"status {status}: {words}"


def unsigned(site):
    """Documents without a signature, and signatures without a document."""
    signed = {path.with_suffix("") for path in Path(site, "csaf").rglob("*.asc")}
    yield from (path.name for path in signed ^ set(documents(site)))


def copied(document, where, name):
    """A document with all that lies beside it, elsewhere."""
    folder = where / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for end in ("", ".asc", ".sha256", ".sha512"):
        shutil.copy(f"{document}{end}", folder)
    return folder / document.name


def flipped(reader, document, where):
    """Bytes of a document and of its signature that may be changed unseen."""
    for ask in (reader.gpg, reader.gpgv, reader.sqv, reader.sq):
        if ask(document)[0]:
            yield f"{ask.__name__}: it refuses what was not changed"
    for end in ("", ".asc"):
        size = Path(f"{document}{end}").stat().st_size
        for at in range(5, size, size // 12):
            copy = copied(document, where, "flipped")
            path = Path(f"{copy}{end}")
            data = bytearray(path.read_bytes())
            data[at] ^= 4
            path.write_bytes(data)
            for ask in (reader.gpg, reader.gpgv, reader.sqv, reader.sq):
                if ask(copy)[0] == 0 and not stays(end, data, at):
                    yield f"{ask.__name__}: byte {at} of {path.name}"


def stays(end, data, at):
    """What is in the first and the last line of armour, and in the checksum, is no part of the signature."""
    lines_before = bytes(data[:at]).count(b"\n")
    every = bytes(data).count(b"\n")
    return end == ".asc" and (lines_before < 2 or lines_before >= every - 2)


def converted(ask, copy, reason):
    """A document whose line ends were converted."""
    copy.write_bytes(copy.read_bytes().replace(b"\n", b"\r\n"))
    status, said, words = ask(copy)
    if status == 0 or reason not in said + words:
        yield f"status {status}: {words}"


def refused(files, key, at, copy, reason):
    """Does our reader refuse a document for this reason?"""
    status, _, words = told(files, "verify", key, at, copy)
    if status == 0 or reason not in words:
        yield f"status {status}, and not `{reason}`: {words}"


def textual(files, key, at, copy, home):
    """A signature of text, by GnuPG itself, which is good to GnuPG whatever the ends of lines become."""
    made = ["gpg", "--homedir", home, "--batch", "--passphrase", "", "--pinentry-mode", "loopback"]
    told(*made, "--quick-gen-key", "Somebody else", "ed25519", "sign", "never")
    told(*made, "--yes", "--local-user", "Somebody else", "--textmode", "--armor", "--detach-sign", copy)
    copy.write_bytes(copy.read_bytes().replace(b"\n", b"\r\n"))
    status, _, words = told("gpg", "--homedir", home, "--batch", "--verify", f"{copy}.asc", copy)
    if status:
        yield f"GnuPG refuses it: {words}"
    yield from refused(files, key, at, copy, "it signs a text")


def unlike(copy):
    """The document, with digests of another one."""
    digest = hashlib.sha512(b"another").hexdigest()
    Path(f"{copy}.sha512").write_text(f"{digest}  {copy.name}\n", "utf-8")
    return copy


def ended(files, scratch):
    """Whoever asks after the end of a key: GnuPG says so and ends well all the same, Sequoia asks when it was signed, we refuse."""
    folder = scratch / "ended"
    folder.mkdir()
    document = folder / "old.json"
    document.write_text("{}\n", "utf-8")
    for kind in ("sha256", "sha512"):
        Path(f"{document}.{kind}").write_text(f"{hashlib.new(kind, b'{}' + bytes([10])).hexdigest()}  old.json\n", "utf-8")
    times = ("2020-01-01T00:00:00Z", "2022-11-01T00:00:00Z", "2021-11-21T00:00:00Z")
    key = folder / "key.asc"
    key.write_text(told(files, "sign", "4", "Old", *times, document)[1], "utf-8")
    reader = Reader(key, scratch / "ended-home")
    for name, ask in (("gpg", reader.gpg), ("gpgv", reader.gpgv)):
        found = lines(ask(document)[1])
        if "EXPKEYSIG" not in found or "GOODSIG" in found:
            yield f"{name} does not say that the key has expired"
    for name, ask in (("sqv", reader.sqv), ("sq", reader.sq)):
        if ask(document)[0]:
            yield f"{name} looks at today by now: say so in docs/openpgp.md"
    yield from refused(files, key, "2022-11-01T00:00:00Z", document, "the key expired at 2022-11-01T00:00:00Z")


def at_the_end(reader, site, until):
    """GnuPG, on a day after the end."""
    after = (until + datetime.timedelta(days=1)).strftime("%Y%m%dT%H%M%S")
    found = lines(reader.gpg(documents(site)[0], "--faked-system-time", f"{after}!")[1])
    if "EXPKEYSIG" not in found or "GOODSIG" in found:
        yield f"{found}"


def moved(reader, site, before, until):
    """The end was moved: the same key, other bytes of it, the same signatures; who had the old key gets the new end."""
    if fingerprint(site) != fingerprint(before):
        yield "the fingerprint changed"
    if (site / "keys/openpgp.asc").read_bytes() == (before / "keys/openpgp.asc").read_bytes():
        yield "the key did not change"
    for one in documents(site):
        old = before / one.relative_to(site)
        if Path(f"{one}.asc").read_bytes() != Path(f"{old}.asc").read_bytes():
            yield f"{one.name}: another signature"
    told("gpg", "--homedir", reader.home, "--batch", "--import", site / "keys/openpgp.asc")
    said = told("gpg", "--homedir", reader.home, "--batch", "--with-colons", "--list-keys", fingerprint(site))[1]
    end = next(row.split(":")[6] for row in said.splitlines() if row.startswith("pub"))
    if int(end) != until.timestamp():
        yield f"GnuPG says that it ends at {end}"
    yield from by_sqv(Reader(site / "keys/openpgp.asc", reader.home / "moved"), site)


def mistrusted(checker, site, port, scratch):
    """A signature that is damaged, and a key that is gone, must be seen: otherwise silence says nothing."""
    copy = scratch / "mistrusted"
    shutil.copytree(site, copy)
    victim = Path(f"{documents(copy)[0]}.asc")
    victim.write_bytes(Path(f"{documents(copy)[1]}.asc").read_bytes())
    said = list(checked(checker, copy, port, scratch, "csaf_trusted_provider", EXCUSED))
    if not any("requirement 19" in one for one in said):
        yield f"a signature of another document: {said}"
    (copy / "keys/openpgp.asc").unlink()
    said = list(checked(checker, copy, port, scratch, "csaf_trusted_provider", EXCUSED))
    if not any("requirement 20" in one for one in said):
        yield f"a key that is gone: {said}"


def main(caveat, files, checker, scratch):
    scratch = Path(scratch)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    port, until = free_port(), until_in(2)
    where = repository(scratch / "feed", f"https://127.0.0.1:{port}", "other")
    keyring(where, until)
    site = published(caveat, where, scratch / "site")
    key, now = site / "keys/openpgp.asc", datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    reader = Reader(key, scratch / "home")
    gpg, gpgv, sqv = (("gpg", version("gpg")), ("gpgv", version("gpgv")), ("sqv", version("sqv")))
    sq = ("sq", version_of_sq())
    us, document = ("caveat", version(caveat)), documents(site)[-1]
    verdict("(own reader)", "-", "every CSAF document has a signature, and nothing else has", unsigned(site))
    verdict(*gpg, "the key is imported without a warning", clean(reader, site))
    verdict(*gpg, "every signature of a CSAF document, and its date", by_gnupg(reader.gpg, site))
    verdict(*gpgv, "every signature of a CSAF document, and its date", by_gnupg(reader.gpgv, site))
    verdict(*sqv, "every signature of a CSAF document", by_sqv(reader, site))
    verdict(*sq, "every signature of a CSAF document, and what the key is for", by_sq(reader, site))
    verdict(*us, "every signature and digest of a CSAF document", by_us(files, site, key, now))
    verdict("gpg, gpgv, sqv, sq", "-", "a changed byte of document or signature is refused", flipped(reader, document, scratch))
    for client, ask, reason in ((gpg, reader.gpg, "BADSIG"), (gpgv, reader.gpgv, "BADSIG"), (sqv, reader.sqv, "manipulated"), (sq, reader.sq, "manipulated")):
        verdict(*client, WINDOWS, converted(ask, copied(document, scratch, client[0]), reason))
    ours = lambda copy: told(files, "verify", key, now, copy)
    verdict(*us, WINDOWS, converted(ours, copied(document, scratch, "ours"), "it fits the file with other line ends"))
    verdict(*us, "a signature over text with CRLF is refused", textual(files, key, now, copied(document, scratch, "text"), reader.home))
    verdict(*us, "a .sha512 of other bytes is named", refused(files, key, now, unlike(copied(document, scratch, "sums")), "its .sha512 does not fit"))
    verdict(*gpg, "a key after its end is said to have expired", at_the_end(reader, site, until))
    verdict("gpg, gpgv, sqv, sq, caveat", "-", "a key that has expired: each says what docs/openpgp.md says", ended(files, scratch))
    checker_name = Path(checker).name.rsplit("-", 1)
    verdict(*checker_name, "a trusted provider over https, with signatures", checked(checker, site, port, scratch, "csaf_trusted_provider", EXCUSED))
    verdict(*checker_name, "a wrong signature and a missing key are seen", mistrusted(checker, site, port, scratch))
    later = until_in(3)
    keyring(where, later)
    again = published(caveat, where, scratch / "again")
    verdict("gpg, sqv", "-", "an end that was moved: the same key, the same signatures", moved(reader, again, site, later))


if __name__ == "__main__":
    main(*sys.argv[1:])
