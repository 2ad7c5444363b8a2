"""The smallest thing gunicorn can serve: `app:app`."""


def app(environ, start_response):
    """Answers every request with one line."""
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello from a small image.\n"]
