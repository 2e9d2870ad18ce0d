"""The security scan of requests: text in, verdict out. Pure: no files, no clock, no sockets.

`m2m_trio.scan.scanner.Scanner` is the way in; it needs the extra ``scan``.
"""
