"""What other programs call things, and what does the same here. Knows no command by itself."""

from collections.abc import Iterator, Sequence

OPTIONS = {
    "--after": "--since DATE",
    "--all": "no option: all events are shown",
    "--as-of": "--as-known DATE for what was known by then, --until DATE for what had happened",
    "--before": "--until DATE",
    "--by-year": "'nktimeline stats --by year'",
    "--compare": "--vs DATE",
    "--country": "--actor NAME",
    "--csv": "--format csv",
    "--date": "--on DATE",
    "--end": "--until DATE",
    "--exclude": "--not-actor, --not-kind or --not-tag",
    "--file": "--log FILE",
    "--first": "--limit N",
    "--from": "--since DATE",
    "--group-by": "--by AXIS",
    "--head": "--limit N",
    "--input": "--log FILE",
    "--json": "--format json",
    "--jsonl": "--format jsonl",
    "--lag": "--min-lag N, or --columns date,event,lag",
    "--last": "--reverse --limit N",
    "--list": "--format list",
    "--latest": "--reverse --limit N",
    "--markdown": "--format markdown",
    "--md": "--format markdown",
    "--month": "--on DATE",
    "--no-color": "--color never",
    "--publisher": "--source NAME",
    "--query": "--grep TEXT",
    "--recent": "--reverse --limit N",
    "--relays": "--origin NAME",
    "--search": "--grep TEXT",
    "--sort": "--reverse to turn the order round: events by date, lists by count",
    "--start": "--since DATE",
    "--style": "--format NAME",
    "--tail": "--reverse --limit N",
    "--text": "--grep TEXT",
    "--timeline": "--format timeline",
    "--to": "--until DATE",
    "--top": "--limit N",
    "--type": "--kind KIND",
    "--who": "--actor NAME",
    "--year": "--on DATE",
}
COMMANDS = {
    "count": "stats",
    "embassies": "show --kind mission",
    "events": "show",
    "export": "show --format csv --output FILE",
    "find": "show TERM...",
    "grep": "show TERM...",
    "help": "--help",
    "info": "event ID",
    "last": "show --reverse --limit 10",
    "latest": "show --reverse --limit 10",
    "lint": "check",
    "list": "show",
    "log": "show",
    "ls": "show",
    "missions": "state missions-in-pyongyang",
    "people": "actors",
    "recent": "show --reverse --limit 10",
    "search": "show TERM...",
    "silences": "gaps",
    "timeline": "show --format timeline",
    "today": "show --on today",
    "validate": "check",
    "who": "actor NAME",
}
WORDS = {
    **dict.fromkeys(
        ("last", "latest", "newest", "recent"), "--reverse --limit 10 shows the latest ten events"
    ),
    **dict.fromkeys(("earliest", "first", "oldest"), "--limit 10 shows the first ten events"),
    "and": "all words must be there, so it is not needed",
    "or": "-a NAME -a NAME shows the events of either",
    **dict.fromkeys(
        ("versus", "vs"), "'stats -a A -a B --by actor' counts both, --vs DATE another window"
    ),
}


def hints(words: Sequence[str]) -> Iterator[str]:
    """Say which options do what search words such as `latest` may have been meant to do."""
    return (f"'{word}': {WORDS[word.lower()]}" for word in words if word.lower() in WORDS)
