"""The ways in: the fast lane for the data plane, Quart-Trio for everything."""
