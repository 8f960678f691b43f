"""Draw the README's picture of a terminal: real output, exported by rich as SVG.

python docs/picture.py > docs/timeline.svg
"""

import os
import subprocess
import sys

from rich.console import Console
from rich.text import Text

COMMAND = ["show", "--actor", "russia", "--since", "2024-05-30", "--until", "2024-06"]
WIDTH = 96


def main() -> None:
    """Run the command in colour and print what it showed as SVG."""
    shown = subprocess.run(
        [sys.executable, "-m", "nktimeline", *COMMAND, "-f", "timeline", "--color", "always", "-q"],
        env={**os.environ, "COLUMNS": str(WIDTH)},
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    ).stdout
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(shown))
        sys.stdout.write(console.export_svg(title=f"nktimeline {' '.join(COMMAND)} -f timeline"))


if __name__ == "__main__":
    main()
