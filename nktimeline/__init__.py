"""nktimeline: a sourced log of North Korea's foreign relations, and the tool that reads it."""

__version__ = "1.0.0"
