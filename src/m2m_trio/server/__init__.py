"""The TCP server: HTTP/1.1 and HTTP/2, plain and TLS, for any ASGI application."""
