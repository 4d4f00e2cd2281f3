"""The page of `dspc-play`: an HTTP server on this machine only.

It listens on 127.0.0.1 and answers only requests that carry the token of its address and name this
address as their host, so that neither other users nor pages of other sites reach it.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dspc.player import filled, json_script, part

HOST = "127.0.0.1"
_LONGEST = 4096
"""Bytes of the longest request body."""
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; img-src data:"
)


class LiveServer:
    """Serves the page, the state and changes of controls.

    `state` returns what the page shows as JSON values; `change` sets a control by path, `note`
    begins the note of a key at a velocity, or ends it at 0. Both raise KeyError or ValueError for
    what they cannot do.
    """

    def __init__(
        self,
        state: Callable[[], dict[str, Any]],
        change: Callable[[str, float], None],
        note: Callable[[float, float], None],
        port: int = 0,
    ) -> None:
        """Listen on a port, or any free one for 0. Raises OSError."""
        self.token = secrets.token_urlsafe(24)
        self._state, self._change, self._note = state, change, note
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                owner.answer_get(self)

            def do_POST(self) -> None:
                owner.answer_post(self)

            def log_message(self, format: str, *args: Any) -> None:
                """Requests are not logged."""

        self._server = ThreadingHTTPServer((HOST, port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        """The address of the page, with its token."""
        return f"http://{self._name()}/?token={self.token}"

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def answer_get(self, request: BaseHTTPRequestHandler) -> None:
        """`/` is the page, `/state` the state."""
        path = self._permitted(request)
        if path == "/":
            data = json_script("dspc-token", self.token)
            names = ("engine.js", "interface.js", "piano.js", "live.js")
            scripts = "\n".join(part(name) for name in names)
            values = {"style": part("player.css"), "data": data, "scripts": scripts}
            _send(request, HTTPStatus.OK, filled(part("live.html"), values), "text/html")
        elif path == "/state":
            _send(request, HTTPStatus.OK, json.dumps(self._state()), "application/json")
        elif path is not None:
            _send(request, HTTPStatus.NOT_FOUND, "there is no such page\n")

    def answer_post(self, request: BaseHTTPRequestHandler) -> None:
        """`/set` takes `{"path": ..., "value": ...}`, `/note` `{"key": ..., "velocity": ...}`."""
        path = self._permitted(request)
        if path is None:
            return
        try:
            length = int(request.headers.get("Content-Length", ""))
            if path not in ("/set", "/note") or not 0 <= length <= _LONGEST:
                raise ValueError(path)
            asked = json.loads(request.rfile.read(length))
            if path == "/set":
                self._change(str(asked["path"]), float(asked["value"]))
            else:
                self._note(float(asked["key"]), float(asked["velocity"]))
        except (KeyError, ValueError, TypeError):
            request.close_connection = True
            _send(request, HTTPStatus.BAD_REQUEST, "no such control or key, or no value of it\n")
            return
        _send(request, HTTPStatus.OK, "{}", "application/json")

    def _permitted(self, request: BaseHTTPRequestHandler) -> str | None:
        """The path that is asked for; None, with an answer sent, for who must not ask."""
        parts = urlsplit(request.path)
        sent = request.headers.get("X-Token") or parse_qs(parts.query).get("token", [""])[0]
        is_ours = hmac.compare_digest(sent.encode(), self.token.encode())
        if is_ours and request.headers.get("Host") == self._name():
            return parts.path
        request.close_connection = True
        _send(request, HTTPStatus.FORBIDDEN, "the address has a token, which is missing or wrong\n")
        return None

    def _name(self) -> str:
        return f"{HOST}:{self._server.server_address[1]}"


def _send(
    request: BaseHTTPRequestHandler, status: HTTPStatus, text: str, kind: str = "text/plain"
) -> None:
    data = text.encode("utf-8", "replace")
    request.send_response(status)
    request.send_header("Content-Type", f"{kind}; charset=utf-8")
    request.send_header("Content-Length", str(len(data)))
    request.send_header("Cache-Control", "no-store")
    request.send_header("Referrer-Policy", "no-referrer")
    request.send_header("X-Content-Type-Options", "nosniff")
    request.send_header("Content-Security-Policy", _POLICY)
    request.end_headers()
    request.wfile.write(data)
