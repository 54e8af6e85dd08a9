# bash completion for presswatch(1): verbs, the arguments that each verb's --help lists, and the ids of the configuration.
_presswatch_verbs() { "$@" --help 2>/dev/null | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]\+\) .*/\1/p'; }
# What stands at the cursor: the ids of sources, watchlists, groups or plugins; nothing if it is something else.
_presswatch_ids_of() {
  local before=$1 verb=$2 place=$3
  case $before in
    --source) echo sources ;;
    --watchlist | --topic) echo watchlists ;;
    --group) echo groups ;;
    -*) ;;
    *)
      case $verb in
        "source fetch") echo sources ;;
        "watchlist remove" | "watchlist test") ((place == 3)) && echo watchlists ;;
        "plugin info" | "plugin enable" | "plugin disable") ((place == 3)) && echo plugins ;;
      esac ;;
  esac
}
# The configuration that the command line names.
_presswatch_config() {
  local i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    if [[ ${COMP_WORDS[i]} == --config || ${COMP_WORDS[i]} == -c ]]; then
      echo --config
      echo "${COMP_WORDS[i + 1]}"
      return
    fi
  done
}
_presswatch() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} program=${COMP_WORDS[0]} words=() choices=()
  local verb=("$program" "${COMP_WORDS[1]}") ids config=()
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
  ids=$(_presswatch_ids_of "$before" "${verb[*]:1}" "$COMP_CWORD")
  if ((${#choices[@]} > 0)); then
    words=("${choices[@]}")
  elif [[ -n $ids && $current != -* ]]; then
    mapfile -t config < <(_presswatch_config)
    mapfile -t words < <("$program" config ids "$ids" "${config[@]}" 2>/dev/null)
  elif [[ $current == -* ]]; then
    mapfile -t words < <("${verb[@]}" --help 2>/dev/null | grep -oE '^  [^ ]+' | grep -oE -- '--[a-z-]+')
  elif [[ ${verb[1]} == inspect && $COMP_CWORD -eq 2 ]]; then
    mapfile -t words < <("$program" inspect --help 2>/dev/null | sed -n '/^Kinds:/,/^$/s/^  \([a-z]\+\):.*/\1/p')
  elif ((${#words[@]} == 0)) && [[ $before != --url && $before != --since && $before != --count ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    return
  fi
  mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$current")
}
complete -o filenames -F _presswatch presswatch
