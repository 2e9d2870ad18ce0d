"""The way to the provider: where it is, and a pool of HTTP/1.1 connections to it."""
