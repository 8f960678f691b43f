"""Completion in bash, zsh and fish: the script that each of them runs, and how it is answered.

click's own scripts lose an option before `=`, break names at blanks, and let the shell erase what
was typed. These hand on the line as it stands before the cursor. Loaded by completion alone.
"""

import os
import re

from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    split_arg_string,
)

_BASH = r"""
%(complete_func)s() {
    local type value
    while IFS=, read -r type value; do
        if [[ $type == file ]]; then
            compopt -o default
        else
            COMPREPLY+=("$value")
        fi
    done < <(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" %(complete_var)s=bash_complete "$1")
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_ZSH = r"""#compdef %(prog_name)s
%(complete_func)s() {
    local -a items
    local type item line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
    while IFS=, read -r type item; do
        if [[ $PREFIX == --*=* ]]; then
            compset -P 1 '*='
        fi
        if [[ $type == file ]]; then
            _files
        else
            items+=("$item")
        fi
    done < <(env COMP_LINE="$line" %(complete_var)s=zsh_complete "${words[1]}")
    (( $#items )) && _describe -V '%(prog_name)s' items
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""
_FISH = r"""
function %(complete_func)s
    set -l option (string match -r -- '^--[^=]+=' (commandline -ct); or echo)
    set -l line (commandline -cp | string collect)
    env COMP_LINE=$line %(complete_var)s=fish_complete %(prog_name)s | while read -d , type item
        if test $type = file
            printf '%%s\n' $option(__fish_complete_path $item)
        else
            printf '%%s\n' $option$item
        end
    end
end
complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""
_SPECIAL, _ESCAPED = re.compile(r"([^\w@%+,./:=-])"), r"\\\1"


class _Line(ShellComplete):
    """Completes the last word of the line in $COMP_LINE."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the last one, and what there is of that."""
        _, *words, begun = split_arg_string(f"{os.environ['COMP_LINE']}.")  # it may end in a blank
        return words, begun[:-1]


@add_completion_class
class Bash(_Line):
    """Answers with values quoted for the line, without what bash takes for a word of its own."""

    name = "bash"
    source_template = _BASH

    def format_completion(self, item: "CompletionItem[str]") -> str:
        """Return the type and the value."""
        quoted = item.type == "file" or _is_quoted(os.environ["COMP_LINE"])
        return f"{item.type},{item.value if quoted else _SPECIAL.sub(_ESCAPED, item.value)}"


@add_completion_class
class Zsh(_Line):
    """Answers with values and descriptions; zsh itself quotes them."""

    name = "zsh"
    source_template = _ZSH

    def format_completion(self, item: "CompletionItem[str]") -> str:
        """Return the type, the value, and what it means, as `_describe` takes them."""
        value = item.value.replace("\\", r"\\").replace(":", r"\:")
        about = f":{item.help}" if item.help else ""
        return f"{item.type},{value}{about}"


@add_completion_class
class Fish(_Line):
    """Answers with values and descriptions; fish itself quotes them."""

    name = "fish"
    source_template = _FISH

    def format_completion(self, item: "CompletionItem[str]") -> str:
        """Return the type, the value, and behind a tab what it means."""
        return (
            f"{item.type},{item.value}\t{item.help}" if item.help else f"{item.type},{item.value}"
        )


def _is_quoted(line: str) -> bool:
    """Return whether a line ends within quotes."""
    open_ones = re.sub(r"""\\.|'[^']*'|"[^"]*\"""", "", line)
    return "'" in open_ones or '"' in open_ones
