"""A small provider of OpenID Connect: real HTTP, real signatures, codes that are good once, PKCE. Tests tell it what to say."""

import base64
import hashlib
import http.server
import json
import secrets
import threading
import time
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

CLIENT_ID, CLIENT_SECRET = "newsroom", "a secret & more"


class OidcProvider(http.server.ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.key = ECKey.generate_key("P-256", {"kid": "first", "use": "sig", "alg": "ES256"})
        self.forget()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def forget(self):
        # What is said of whoever logs in; and what of that only the user info has.
        self.claims, self.user_info = {}, {}
        self.sign = self.signed
        # Code → what was asked for; and what was asked in turn.
        self.codes, self.asked = {}, []
        self.metadata = {}

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server_port}/realms/paper"

    def configuration(self):
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo", "end_session": "end"}
        said = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in names.items()}
        return said | {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"} | self.metadata

    def keys(self):
        return KeySet([self.key]).as_dict(private=False)

    def signed(self, claims):
        return jwt.encode({"alg": "ES256", "kid": "first"}, claims, self.key)

    def log_in(self, address):
        """What a browser gets that is sent to this address: the address back to the site."""
        opened = build_opener(Stays).open(address)
        assert opened.status == 302
        return opened.headers["Location"]

    def authorize(self, query):
        assert query["response_type"] == "code" and query["client_id"] == CLIENT_ID
        assert query["code_challenge_method"] == "S256" and "openid" in query["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, sent, authorization):
        """None for what a provider refuses."""
        said = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        query = self.codes.pop(sent.get("code"), None)
        if (
            query is None
            or said != f"{CLIENT_ID}:{CLIENT_SECRET}"
            or sent["redirect_uri"] != query["redirect_uri"]
        ):
            return None
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != query["code_challenge"]:
            return None
        now = int(time.time())
        whole = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": query["nonce"]}
        token = {"access_token": "for-user-info", "token_type": "Bearer", "expires_in": 300}
        id_token = self.sign(whole | self.claims)
        return token | ({"id_token": id_token} if id_token else {})


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = urlsplit(self.path).path.removeprefix("/realms/paper")
        self.server.asked.append(path)
        if path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.server.authorize(dict(parse_qsl(urlsplit(self.path).query))))
            self.end_headers()
        elif path == "/userinfo":
            assert self.headers["Authorization"] == "Bearer for-user-info"
            self.answer(self.server.user_info)
        elif path == "/keys":
            self.answer(self.server.keys())
        else:
            assert path == "/.well-known/openid-configuration"
            self.answer(self.server.configuration())

    def do_POST(self):
        self.server.asked.append("/token")
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        token = self.server.token(
            {name: values[0] for name, values in sent.items()}, self.headers["Authorization"]
        )
        self.answer(token or {"error": "invalid_grant"}, 200 if token else 400)

    def answer(self, said, status=200):
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Stays(HTTPRedirectHandler):
    def http_error_302(self, request, file, code, message, headers):
        return file
