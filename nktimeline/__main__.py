"""The program's entry: `nktimeline`, and `python -m nktimeline`."""

import gc
import os
import sys


def main() -> None:
    """Run the command line; an interrupt while it is still being loaded ends quietly too.

    A run is too short for garbage collection to matter, and the process can end without teardown.
    Leaving both out saves a seventh of a short run.
    """
    gc.disable()
    try:
        from nktimeline.cli import main as run

        run()
    except KeyboardInterrupt:
        _end(130)
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        _end(end.code)


def _end(code: int) -> None:
    """End at once, all output being flushed; under a debugger or profiler, the long way."""
    if sys.gettrace() or sys.getprofile():
        sys.exit(code)
    os._exit(code)


if __name__ == "__main__":
    main()
