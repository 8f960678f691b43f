"""The program's entry: `nktimeline`, and `python -m nktimeline`."""

import sys


def main() -> None:
    """Run the command line; an interrupt while it is still being loaded ends quietly too."""
    try:
        from nktimeline.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
