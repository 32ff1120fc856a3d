"""A small provider of single sign-on (OpenID Connect) on the loopback, for tests: signs what it is told to sign."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, CODE = "yiheng", "a-shared-secret", "one-code"


@dataclass
class Provider:
    """What the provider says, for a test to change before the browser comes back."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "p-1", "preferred_username": "li"})
    token: dict[str, Any] = field(default_factory=dict)
    """Claims of the signed token that differ from what is right."""
    challenge: str = ""
    nonce: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    signs_with: rsa.RSAPrivateKey | None = None

    def id_token(self) -> str:
        """The signed words about who signed in."""
        now = int(time.time())
        content = {
            "iss": self.address, "aud": CLIENT, "sub": self.claims["sub"], "iat": now, "exp": now + 60,
            "nonce": self.nonce,
        }  # fmt: skip
        return jwt.encode(
            content | self.token, self.signs_with or self.key, algorithm="RS256", headers={"kid": "k1"}
        )

    def keys(self) -> dict[str, Any]:
        """The public key (JWKS)."""
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]}

    def exchange(self, form: dict[str, list[str]]) -> dict[str, Any] | None:
        """Tokens for the code, if the client proves itself and the code is the one asked for."""
        digest = hashlib.sha256(form.get("code_verifier", [""])[0].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        given = (form.get("client_id"), form.get("client_secret"), form.get("code"), [proof])
        if given != ([CLIENT], [SECRET], [CODE], [self.challenge]):
            return None
        return {"access_token": "access", "id_token": self.id_token(), "token_type": "Bearer"}


@contextlib.contextmanager
def running() -> Iterator[Provider]:
    """The provider, answering on a port of its own."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, content: dict[str, Any] | None) -> None:
            body = json.dumps(content or {"error": "invalid_grant"}).encode()
            self.send_response(200 if content else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self._answer(provider.keys() if self.path == "/keys" else provider.claims)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self._answer(provider.exchange(parse_qs(self.rfile.read(length).decode())))

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
