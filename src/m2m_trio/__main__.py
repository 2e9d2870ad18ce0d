"""``python -m m2m_trio``: the command line."""

from m2m_trio.cli import main

if __name__ == "__main__":
    main()
