"""What a node tells about itself: logs, and how little they may show."""
