"""The operator's choices."""
