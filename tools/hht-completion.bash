# Completion of hht in bash; in zsh after `autoload -U bashcompinit && bashcompinit`. Installed as bash-completion finds it.
# Commands, options and their choices are asked of the program itself.

_hht_options() {
  "$1" run --help=all 2>/dev/null | sed -n 's/^  \(-[a-z0-9_]*\)  .*/\1/p'
}

# The words among which the option $2 chooses: of "..; a, b or c" on the line below it.
_hht_choices() {
  "$1" run --help=all 2>/dev/null | sed -nE "/^  $2  /{n;s/.*; //;/^[a-z0-9_]+((, | or )[a-z0-9_]+)+\$/{s/,| or / /g;p}}"
}

_hht() {
  local hht=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} words=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    words="$("$hht" --help 2>/dev/null | sed -n 's/^  hht \([a-z]*\) .*/\1/p' | sort -u) --help --version"
  elif [[ $previous == --restart ]]; then
    words=auto
  elif [[ $previous == -*_* ]]; then
    words=$(_hht_choices "$hht" "$previous")
  elif [[ $word == --* ]]; then
    words="--dry-run --error-check --restart --walltime --help"
  elif [[ $word == -* ]]; then
    words=$(_hht_options "$hht")
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -o default -F _hht hht
