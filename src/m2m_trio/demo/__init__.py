"""An embedded OpenAI-compatible upstream and a scripted agent: all runs with no model."""

from __future__ import annotations

from m2m_trio.demo.app import Delivery, DemoUpstream

__all__ = ["Delivery", "DemoUpstream"]
