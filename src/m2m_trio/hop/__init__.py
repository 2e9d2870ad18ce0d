"""The hop: what an edge and a gateway agree on. Pure; time is an argument."""
