"""nginx as the same reverse proxy: what C does, one worker, keep-alive to the upstream.

python benchmarks/peers/nginx.py PORT UPSTREAM_PORT
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

CONFIG = """
daemon off;
worker_processes 1;
worker_rlimit_nofile 16384;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 64m;
    client_body_buffer_size 64k;
    keepalive_requests 1000000;
    tcp_nodelay on;
    upstream bench {{
        server 127.0.0.1:{upstream};
        keepalive 1024;
        keepalive_requests 1000000;
    }}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{
            proxy_pass http://bench;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
        }}
    }}
}}
"""


def main() -> None:
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    folder = Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp(prefix="nginx-bench"))
    config = folder / "nginx.conf"
    config.write_text(
        CONFIG.format(folder=folder, port=int(sys.argv[1]), upstream=int(sys.argv[2]))
    )
    os.execv(binary, [binary, "-c", str(config), "-p", str(folder)])


if __name__ == "__main__":
    main()
