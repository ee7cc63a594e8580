"""The command line: data on stdout, messages on stderr, an exit code that tells what happened."""

from toneguide.cli.app import app, main

__all__ = ["app", "main"]
