"""Runs the command line as ``python -m audioguide``."""

from audioguide.cli import main

if __name__ == "__main__":
    main()
