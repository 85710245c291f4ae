#!/usr/bin/env bash
# Authlib 1.9.10 with joserfc 1.8.0 and requests 2.32.5 (PyPI). Needs Python 3.10 or later.
#
# Good guess: each token request of an OAuth2Session that proves itself by `private_key_jwt` carries an assertion with a `jti` of its own,
# whatever extra claims are asked for, since RFC 7523 section 3 lets the server refuse a `jti` that it has seen.
# Behaviour: with `PrivateKeyJWT(..., claims={...})` the `jti` of the first assertion is written into that dictionary, which belongs to the
# session's method, and every later assertion repeats it. The first token is issued; a server that looks for replays refuses all others, until
# the program starts again. Without `claims` each has another. An empty dictionary is enough; `client_secret_jwt` shares the code.
# Two more in the same place, both here below: the audience is what the parameter `token_endpoint` says, so that a server which wants its issuer
# there (RFC 7523bis) is served by passing the issuer; and `exp` is one hour after `iat`, which servers with a shorter limit refuse. The way to a
# shorter one that stands nearest, `claims={"exp": ...}`, leads into the repetition.
# Output seen: "no claims: 3 jti in 3 requests, 3600 s", "claims: 1 jti in 3 requests, 3600 s", "own sign(): 3 jti in 3 requests, 60 s".
# Cure: a subclass whose `sign` calls `sign_jwt_bearer_assertion` with `expires_in`, as `Short` below.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check authlib==1.9.10 joserfc==1.8.0 requests==2.32.5
cat >run.py <<'PY'
import base64
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, HTTPServer

from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc7523.assertion import sign_jwt_bearer_assertion
from joserfc.jwk import ECKey

ISSUER = "https://issuer.example"
seen = []


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        claims = urllib.parse.parse_qs(body)["client_assertion"][0].split(".")[1]
        seen.append(json.loads(base64.urlsafe_b64decode(claims + "==")))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"access_token": "token", "token_type": "Bearer", "expires_in": 600}')

    def log_message(self, *_):
        pass


class Short(PrivateKeyJWT):
    def sign(self, auth, token_endpoint):
        return sign_jwt_bearer_assertion(
            auth.client_secret, auth.client_id, ISSUER, subject=auth.client_id, expires_in=60, alg="ES256"
        )


server = HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/oauth/token"
key = ECKey.generate_key("P-256")


def ask(name, method):
    seen.clear()
    session = OAuth2Session("client-1", key, token_endpoint_auth_method="private_key_jwt")
    session.register_client_auth_method(method)
    for _ in range(3):
        session.fetch_token(address, grant_type="client_credentials")
    ids, life = len({one["jti"] for one in seen}), seen[0]["exp"] - seen[0]["iat"]
    assert all(one["aud"] == ISSUER for one in seen)
    print(f"{name}: {ids} jti in {len(seen)} requests, {life} s")
    return ids, life


assert ask("no claims", PrivateKeyJWT(ISSUER, alg="ES256")) == (3, 3600)
assert ask("claims", PrivateKeyJWT(ISSUER, claims={}, alg="ES256")) == (1, 3600), "the behaviour has changed"
assert ask("own sign()", Short(ISSUER)) == (3, 60)
PY
venv/bin/python run.py
