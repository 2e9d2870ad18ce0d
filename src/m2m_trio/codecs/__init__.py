"""Reversible codings of whole messages and of streams, one file each, and their catalogue."""
