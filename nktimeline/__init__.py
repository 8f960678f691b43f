"""nktimeline: a sourced log of North Korea's foreign relations, and the tool that reads it.

Programs need `open_log` alone, which is loaded when first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nktimeline.library import open_log

__all__ = ["open_log"]
__version__ = "1.1.0"


def __getattr__(name: str) -> Any:
    if name != "open_log":
        raise AttributeError(f"module 'nktimeline' has no attribute '{name}'")
    from nktimeline.library import open_log

    return open_log
