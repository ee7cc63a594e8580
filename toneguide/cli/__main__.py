"""``python -m toneguide.cli``."""

from toneguide.cli.app import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
