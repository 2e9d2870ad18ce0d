"""The Quart-Trio app with every route: the API, and the control plane.

It is what ``serve --engine hypercorn``, stock hypercorn and the fast lane's fallback run.
"""

from __future__ import annotations

from typing import Any

from quart import Response, has_websocket_context, request
from quart_trio import QuartTrio
from werkzeug.exceptions import HTTPException

from m2m_trio.errors import BadRequestError, M2MError, MethodNotAllowedError, NotBuiltError
from m2m_trio.proxy.assembly import Proxy
from m2m_trio.proxy.record import request_id_of
from m2m_trio.web.blueprint import make_blueprint
from m2m_trio.web.codec_api import CodecApi
from m2m_trio.web.gate import Gate
from m2m_trio.web.paths import HELLO_PATH, OWN_PREFIX, is_own_path
from m2m_trio.web.problems import problem_fields
from m2m_trio.web.request_scope import current_scope, put_before
from m2m_trio.web.status_api import StatusApi

NOT_BUILT = ("/dashboard", f"{OWN_PREFIX}<path:rest>")
"""Rules of parts that later builds have."""

ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def make_app(proxy: Proxy) -> QuartTrio:
    """The app for ``proxy``, which must be open for as long as the app serves."""
    app = new_app()
    add_routes(app, proxy)
    return app


def new_app() -> QuartTrio:
    """An app without routes, and without limits of Quart's: the proxy's own count."""
    app = QuartTrio("m2m_trio", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=None, BODY_TIMEOUT=None, RESPONSE_TIMEOUT=None)
    return app


def add_routes(app: QuartTrio, proxy: Proxy) -> None:
    """Give an app of `new_app` all routes of ``proxy``, behind its gate."""
    allowed = _add_control_plane(app, StatusApi(proxy), CodecApi(proxy))

    @app.before_request
    async def keep_own_paths() -> Response | None:
        """Own paths that only the catch-all rule takes: none of them is the upstream's."""
        path = current_scope()["path"]
        if request.blueprint is None or not is_own_path(path):
            return None
        if path not in allowed:
            raise _not_built()
        if request.method == "OPTIONS":
            return Response("", 204, {"allow": ", ".join(allowed[path])})
        raise MethodNotAllowedError(
            f"{path} does not take {request.method[:20]}: it takes {', '.join(allowed[path])}"
        )

    @app.errorhandler(M2MError)
    async def answer_problem(error: M2MError) -> Response:
        response = problem_response(error)
        path = current_scope()["path"]
        if isinstance(error, MethodNotAllowedError) and path in allowed:
            response.headers["allow"] = ", ".join(allowed[path])
        return response

    @app.errorhandler(HTTPException)
    async def answer_exception(error: HTTPException) -> Response:
        return problem_response(_as_problem(error))

    app.register_blueprint(make_blueprint(proxy, catch_all=True, guarded=True))
    put_before(app, Gate(proxy).guard)


def _add_control_plane(
    app: QuartTrio, api: StatusApi, codecs: CodecApi
) -> dict[str, tuple[str, ...]]:
    """Add the node's own routes; the methods of each that is built."""
    routes: dict[str, tuple[str, Any]] = {
        "/health": ("GET", api.health),
        "/ready": ("GET", api.ready),
        "/stats": ("GET", api.stats),
        "/stats/reset": ("POST", api.reset_stats),
        "/metrics": ("GET", api.metrics),
        HELLO_PATH: ("GET", api.hello),
        "/v1/compress": ("POST", codecs.compress),
        "/v1/decompress": ("POST", codecs.decompress),
    }
    for path, (method, handler) in routes.items():
        app.add_url_rule(
            path,
            handler.__name__,
            handler,
            methods=[method],
            provide_automatic_options=False,  # it knows no methods beside a catch-all rule
        )
    for path in NOT_BUILT:
        app.add_url_rule(path, "not_built", _refuse_not_built, methods=ALL_METHODS)
    return {
        path: (method, "HEAD", "OPTIONS") if method == "GET" else (method, "OPTIONS")
        for path, (method, _) in routes.items()
    }


async def _refuse_not_built(**_path: str) -> Response:
    raise _not_built()


def _not_built() -> NotBuiltError:
    path = current_scope()["path"][:200]
    return NotBuiltError(f"{path} is not part of this build yet")


def problem_response(error: M2MError) -> Response:
    """The answer to ``error``, in OpenAI's shape."""
    body = error.body()
    response = Response(body, error.status)
    response.headers.clear()
    for name, value in problem_fields(
        error, len(body), request_id_of(current_scope()["headers"])
    ):
        response.headers.add(name.decode("latin-1"), value.decode("latin-1"))
    return response


def _as_problem(error: HTTPException) -> M2MError:
    """What Quart or werkzeug raised (a failed handler as well), as an error of ours."""
    if has_websocket_context():
        return BadRequestError("websockets are not forwarded")
    if (error.code or 500) >= 500:
        return M2MError("this node failed to answer: its log says why")
    return BadRequestError(error.description or "the request is malformed")
