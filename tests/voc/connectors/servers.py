"""Servers on this machine that answer as others do: an interface over HTTP, and a mailbox."""

from __future__ import annotations

import json
import re
import socketserver
import ssl
import threading
from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Interface:
    """Answers by path: each answer once, in order, and the last one again and again.

    An answer is a value of JSON, or (status, headers, bytes).
    """

    def __init__(self, address):
        self.address = address
        self.asked = []
        self._answers = defaultdict(list)

    def answers(self, path, *answers):
        self._answers[path] = list(answers)

    def answer(self, path):
        waiting = self._answers[path]
        if not waiting:
            return 404, {}, b"{}"
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return found if isinstance(found, tuple) else (200, {}, json.dumps(found).encode())


@contextmanager
def interface():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            there.asked.append((parts.path, query, headers, body))
            status, headers, content = there.answer(parts.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *words):
            """Says nothing."""

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        there = Interface(f"http://127.0.0.1:{port}")
        yield there


class Box:
    """A mailbox with mails by their numbers."""

    def __init__(self, mails=(), validity=7):
        self.validity = validity
        self.mails = dict(enumerate(mails, start=1))
        self.asked = []


@contextmanager
def mailbox(box):
    """The address of a server with this mailbox, and what trusts its certificate."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.say(b"* OK ready")
            for line in self.rfile:
                tag, command, *rest = line.decode().split(maxsplit=2)
                box.asked.append(" ".join([command, *rest]).strip())
                if not self.obey(tag, command.upper(), rest[0].strip() if rest else ""):
                    return

        def say(self, line):
            self.wfile.write(line + b"\r\n")

        def obey(self, tag, command, rest):
            done = f"{tag} OK done".encode()
            if command == "CAPABILITY":
                self.say(b"* CAPABILITY IMAP4rev1")
            elif command == "LOGIN" and "right" not in rest:
                done = f"{tag} NO wrong password".encode()
            elif command in ("SELECT", "EXAMINE"):
                self.say(f"* {len(box.mails)} EXISTS".encode())
                self.say(f"* OK [UIDVALIDITY {box.validity}] valid".encode())
            elif command == "UID":
                self.uid(rest)
            elif command == "LOGOUT":
                self.say(b"* BYE")
            self.say(done)
            return command != "LOGOUT"

        def uid(self, rest):
            verb, _space, asked = rest.partition(" ")
            if verb == "SEARCH":
                first = int(asked.rpartition("UID ")[2].partition(":")[0])
                found = [uid for uid in box.mails if uid >= first] or [*box.mails][-1:]
                self.say(f"* SEARCH {' '.join(map(str, found))}".encode())
                return
            uid, _space, what = asked.partition(" ")
            most = int(re.search(r"<0\.(\d+)>", what)[1])
            mail = box.mails[int(uid)][:most]
            self.say(f"* {uid} FETCH (UID {uid} BODY[]<0> {{{len(mail)}}}".encode())
            self.wfile.write(mail + b")\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler, bind_and_activate=True)
    server.daemon_threads = True
    with TemporaryDirectory() as folder:
        key, certificate = _write_certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        trusting = ssl.create_default_context(cafile=certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with _served(server) as port:
        yield f"127.0.0.1:{port}", trusting


@contextmanager
def _served(server):
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _write_certificate(folder):
    """Write a key and a certificate for this machine; the files of both."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here, now = x509.IPAddress(ip_address("127.0.0.1")), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files = Path(folder, "key.pem"), Path(folder, "certificate.pem")
    files[0].write_bytes(key.private_bytes(pem, *form))
    files[1].write_bytes(made.public_bytes(pem))
    return files
