"""Where what a hop remembers lies when more than one process is to find it."""
