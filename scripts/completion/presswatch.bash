# bash completion for presswatch(1)
_presswatch() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local commands='tail check try inspect query match sources status reload'
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$current")
  elif [[ $before == --config || $before == --batch ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  elif [[ ${COMP_WORDS[1]} == inspect && $COMP_CWORD -eq 2 ]]; then
    mapfile -t COMPREPLY < <(compgen -W 'charset date feed page query robots selector url' -- "$current")
  elif [[ $current == -* && ${COMP_WORDS[1]} == inspect ]]; then
    mapfile -t COMPREPLY < <(compgen -W '--batch --timing --url --content-type --explain --help' -- "$current")
  elif [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '--config --help' -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _presswatch presswatch
