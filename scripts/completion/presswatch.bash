# bash completion for presswatch(1): verbs, and the arguments that each verb's --help lists.
_presswatch_verbs() { "$@" --help 2>/dev/null | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]\+\) .*/\1/p'; }
_presswatch() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} program=${COMP_WORDS[0]} words=() choices=()
  local verb=("$program" "${COMP_WORDS[1]}")
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t words < <(_presswatch_verbs "$program")
    words+=(--help --version)
    mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$current")
    return
  fi
  mapfile -t words < <(_presswatch_verbs "${verb[@]}")
  if ((${#words[@]} > 0 && COMP_CWORD > 2)); then
    verb+=("${COMP_WORDS[2]}")
    words=()
  fi
  if [[ $before == --* ]]; then
    mapfile -t choices < <("${verb[@]}" --help 2>/dev/null | sed -n "s/^  \(-.,\)\?$before [^{]*{\([^}]*\)}.*/\2/p" | tr , '\n')
  elif ((COMP_CWORD == ${#verb[@]})) && [[ $current != -* ]]; then
    mapfile -t choices < <("${verb[@]}" --help 2>/dev/null | sed -n '/^Positionals:/,/^$/s/^  [a-z]* [^{]*{\([^}]*\)}.*/\1/p' | tr , '\n')
  fi
  if ((${#choices[@]} > 0)); then
    words=("${choices[@]}")
  elif [[ ${verb[*]:1} =~ ^watchlist\ (remove|test)$ && $COMP_CWORD -eq 3 ]]; then
    mapfile -t words < <("$program" watchlist list 2>/dev/null | awk 'NR > 1 && NF > 6 { print $1 }')
  elif [[ $current == -* ]]; then
    mapfile -t words < <("${verb[@]}" --help 2>/dev/null | grep -oE '^  [^ ]+' | grep -oE -- '--[a-z-]+')
  elif [[ ${verb[1]} == inspect && $COMP_CWORD -eq 2 ]]; then
    mapfile -t words < <("$program" inspect --help 2>/dev/null | sed -n '/^Kinds:/,/^$/s/^  \([a-z]\+\):.*/\1/p')
  elif ((${#words[@]} == 0)) && [[ $before != --url && $before != --since && $before != --count && $before != --watchlist ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    return
  fi
  mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$current")
}
complete -o filenames -F _presswatch presswatch
