"""Bytes on the wire: pure parsers and writers."""
