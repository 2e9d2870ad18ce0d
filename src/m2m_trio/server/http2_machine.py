"""h2's state machine, set up so that no client can make it end, ruin or fill a connection.

Only public names of h2 are used; that they do what this relies on is checked in
tests/server/test_canaries.py.
"""

from __future__ import annotations

import logging

import h2.config
import h2.connection
from h2.settings import SettingCodes, Settings

from m2m_trio.server.http2_frames import PREFACE

# hpack writes every field of every request, keys too, to its debug log.
logging.getLogger("hpack").setLevel(logging.INFO)

MAX_STREAMS = 100
"""SETTINGS_MAX_CONCURRENT_STREAMS; a stream over it is refused, which a client may retry."""

STREAM_WINDOW_BYTES = 256 * 1024
"""Request bytes held per stream until its application reads them."""

ENCODER_TABLE_BYTES = 4096
"""Memory for HPACK's table towards the client, whatever the client offers."""


class Machine(h2.connection.H2Connection):
    """h2's connection, remembering less of closed streams."""

    MAX_CLOSED_STREAMS = 1000  # of 65,536 remembered ones: 6 MB a connection


def open_machine(header_bytes: int) -> Machine:
    """h2's state machine, past the preface, with our SETTINGS waiting to be sent."""
    machine = Machine(
        h2.config.H2Configuration(
            client_side=False,
            header_encoding=False,
            # h2 would end the connection for a malformed request, and ruin it for a
            # malformed reply: http2_head checks both before.
            validate_inbound_headers=False,
            validate_outbound_headers=False,
            normalize_outbound_headers=False,
        )
    )
    offered = {
        SettingCodes.MAX_CONCURRENT_STREAMS: MAX_STREAMS,
        SettingCodes.INITIAL_WINDOW_SIZE: STREAM_WINDOW_BYTES,
        SettingCodes.MAX_HEADER_LIST_SIZE: header_bytes,
    }
    machine.local_settings = Settings(client=False, initial_values=offered)
    machine.initiate_connection()
    # A client may open more streams before it has read our SETTINGS. h2 would end the
    # connection; we refuse them one by one.
    offered[SettingCodes.MAX_CONCURRENT_STREAMS] = 2**31 - 1
    machine.local_settings = Settings(client=False, initial_values=offered)
    # What is a little too large gets a 431; h2 ends the connection beyond this.
    machine.decoder.max_header_list_size = 2 * header_bytes
    # Streams hold their window until the application reads: enough for all of them, so
    # that one application that does not read stops no other.
    machine.increment_flow_control_window(MAX_STREAMS * STREAM_WINDOW_BYTES - 65535)
    machine.receive_data(PREFACE)
    return machine


def is_closed(machine: Machine) -> bool:
    """Whether h2 itself has ended the connection, and has a GOAWAY to send."""
    return machine.state_machine.state is h2.connection.ConnectionState.CLOSED
