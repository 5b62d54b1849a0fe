/** The shells that a completion is made for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const

export type Shell = (typeof SHELLS)[number]

/** In place of candidates: the shell completes names of files, which it does best. */
export const FILES = ':files'

/**
 * The script that a shell reads once, by which it asks octoform for what may stand at the cursor. The words that were
 * typed are handed over as they are, and what comes back is never read as code: neither a `$(…)` that stands in the line nor a name
 * from a configuration is run by pressing Tab.
 */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell]
}

const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# octoform completion bash: in ~/.bashrc, source <(octoform completion bash)
_octoform() {
  local IFS=$'\\n' line value word=\${COMP_WORDS[COMP_CWORD]} single="'" double='"'
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
  COMPREPLY=()
  # An opened quote and backslashes are the line's, not the name's.
  value=\${word#[$single$double]}
  words+=("\${value//\\\\/}")
  while read -r line; do
    if [[ $line == '${FILES}' ]]; then
      compopt -o default
      return
    fi
    value=\${line%%$'\\t'*}
    # A name may hold signs that the shell would read, such as a parenthesis.
    case $word in
      "$double"*) ;;
      "$single"*) value=\${value//$single/$single\\\\$single$single} ;;
      *) printf -v value %q "$value" ;;
    esac
    COMPREPLY+=("$value")
  done < <(octoform complete -- "\${words[@]}" 2>/dev/null)
  # A part of an address goes on.
  if [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]]; then compopt -o nospace; fi
}
complete -F _octoform octoform
`,
  zsh: `#compdef octoform
# octoform completion zsh: in ~/.zshrc after compinit, source <(octoform completion zsh)
_octoform() {
  local line value
  local -a partial whole
  for line in "\${(@f)$(octoform complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    if [[ $line == '${FILES}' ]]; then
      _files
      return
    fi
    value=\${line%%$'\\t'*}
    if [[ $value == */ ]]; then
      partial+=("$value")
    elif [[ $line == *$'\\t'* ]]; then
      whole+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
    else
      whole+=("\${value//:/\\\\:}")
    fi
  done
  (( $#partial )) && compadd -S '' -a partial
  (( $#whole )) && _describe octoform whole
}
compdef _octoform octoform
`,
  fish: `# octoform completion fish: in ~/.config/fish/config.fish, octoform completion fish | source
function __octoform_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l lines (octoform complete -- $words[2..-1] 2>/dev/null)
  if test "$lines[1]" = '${FILES}'
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $lines
  end
end
complete -c octoform -f -a '(__octoform_complete)'
`,
}
