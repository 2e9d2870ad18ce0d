"""Byte streams on sockets, plain or TLS, for the server and for the upstream pool."""
