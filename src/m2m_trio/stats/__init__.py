"""What the node counts: the metrics, the shared board, histograms and snapshots. Pure."""
