# bash completion for presswatch(1): the verbs, and of each what its own --help lists.
_presswatch() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} program=${COMP_WORDS[0]} words=()
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t words < <("$program" --help 2>/dev/null | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]\+\) .*/\1/p')
    words+=(--help --version)
  elif [[ ${COMP_WORDS[1]} =~ ^(config|plugin|query|watchlist)$ && $COMP_CWORD -eq 2 ]]; then
    mapfile -t words < <("$program" "${COMP_WORDS[1]}" --help 2>/dev/null | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]\+\) .*/\1/p')
  elif [[ $before == --dialect || $before == --from ]]; then
    words=(presswatch lexis meltwater brandwatch lucene)
  elif [[ ${COMP_WORDS[1]} == watchlist && ${COMP_WORDS[2]} =~ ^(remove|test)$ && $COMP_CWORD -eq 3 ]]; then
    mapfile -t words < <("$program" watchlist list 2>/dev/null | awk 'NR > 1 && NF > 6 { print $1 }')
  elif [[ $current == -* && ${COMP_WORDS[1]} =~ ^(config|plugin|query|watchlist)$ ]]; then
    mapfile -t words < <("$program" "${COMP_WORDS[1]}" "${COMP_WORDS[2]}" --help 2>/dev/null | grep -oE '^  [^ ]+' | grep -oE -- '--[a-z-]+')
  elif [[ $current == -* ]]; then
    mapfile -t words < <("$program" "${COMP_WORDS[1]}" --help 2>/dev/null | grep -oE '^  [^ ]+' | grep -oE -- '--[a-z-]+')
  elif [[ ${COMP_WORDS[1]} == inspect && $COMP_CWORD -eq 2 ]]; then
    mapfile -t words < <("$program" inspect --help 2>/dev/null | sed -n '/^Kinds:/,/^$/s/^  \([a-z]\+\):.*/\1/p')
  elif [[ $before != --url && $before != --since && $before != --count && $before != --topic ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    return
  fi
  mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$current")
}
complete -o filenames -F _presswatch presswatch
