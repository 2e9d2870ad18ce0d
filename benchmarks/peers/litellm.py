"""LiteLLM's proxy, where it is installed (``pip install 'litellm[proxy]'``), one worker.

    python benchmarks/peers/litellm.py PORT UPSTREAM_PORT

It wants a model list; ``*`` takes every model the load asks for. Its price table comes with
the package: nothing is fetched.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

CONFIG = """
model_list:
  - model_name: "*"
    litellm_params:
      model: openai/*
      api_base: http://127.0.0.1:{upstream}/v1
      api_key: sk-bench
litellm_settings:
  telemetry: false
  callbacks: []
general_settings:
  master_key: sk-bench
"""


def main() -> None:
    config = Path(tempfile.mkdtemp(prefix="litellm-bench")) / "config.yaml"
    config.write_text(CONFIG.format(upstream=int(sys.argv[2])))
    os.environ |= {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOG": "ERROR"}
    os.execvp(
        "litellm",
        ["litellm", "--config", str(config), "--host", "127.0.0.1", "--port", sys.argv[1]],
    )


if __name__ == "__main__":
    main()
