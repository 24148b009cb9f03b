/**
 * What a shell evaluates to complete our lines. Each asks the program itself what can follow, so that nothing
 * in them goes out of date. `:files` on a line of its own says that names of files may follow too.
 */
export const completionScripts = {
  // `=` and `:` break words in bash, so that only what follows them is replaced; bash 3.2 has no compopt.
  bash: `# k8s-docker-tutor: completion for bash
_k8s_docker_tutor() {
  local line files=
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = ':files' ]; then files=1; else COMPREPLY+=("\${line%%$'\\t'*}"); fi
  done < <("\${COMP_WORDS[0]}" completion bash --words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [ -n "$files" ]; then
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")
    compopt -o filenames 2>/dev/null || true
  fi
}
complete -F _k8s_docker_tutor k8s-docker-tutor
`,
  zsh: `#compdef k8s-docker-tutor
# k8s-docker-tutor: completion for zsh
_k8s_docker_tutor() {
  local line files
  local -a found
  while IFS= read -r line; do
    case $line in
      :files) files=1 ;;
      *$'\\t'*) found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
      *) found+=("\${line//:/\\\\:}") ;;
    esac
  done < <("\${words[1]}" completion zsh --words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#found} )) && _describe 'k8s-docker-tutor' found
  [[ -n $files ]] && _files
  return 0
}
if [[ \${funcstack[1]} == _k8s_docker_tutor ]]; then
  _k8s_docker_tutor "$@"
else
  compdef _k8s_docker_tutor k8s-docker-tutor
fi
`,
  fish: `# k8s-docker-tutor: completion for fish
function __k8s_docker_tutor_complete
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    for line in ($program completion fish --words -- $words "$last" 2>/dev/null)
        if test "$line" = ':files'
            __fish_complete_path "$last"
        else
            printf '%s\\n' $line
        end
    end
end
complete -c k8s-docker-tutor -f -a '(__k8s_docker_tutor_complete)'
`,
  // Older PowerShells drop an empty word on the way to a program, so a word that has not begun is told apart.
  // npm's shim is a script, and on the way to one PowerShell takes out `--` unless it is quoted.
  powershell: `# k8s-docker-tutor: completion for PowerShell
Register-ArgumentCompleter -Native -CommandName k8s-docker-tutor -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $program = $commandAst.CommandElements[0].ToString()
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $begun = @()
  if ($wordToComplete -eq '') { $begun = @('--new-word') }
  & $program completion powershell --words @begun '--' @words 2>$null | ForEach-Object {
    if ($_ -eq ':files') { return }
    $word, $about = $_ -split "\`t", 2
    if (-not $about) { $about = $word }
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
  }
}
`,
} as const;

/** How each shell takes its script up; `now` for the shell one is in, `always` for all to come. */
export const completionSetups = {
  bash: {
    now: 'source <(k8s-docker-tutor completion bash)',
    always: 'k8s-docker-tutor completion bash > ~/.local/share/bash-completion/completions/k8s-docker-tutor',
  },
  zsh: {
    now: 'source <(k8s-docker-tutor completion zsh)',
    always: 'k8s-docker-tutor completion zsh > "$fpath[1]/_k8s-docker-tutor"',
  },
  fish: {
    now: 'k8s-docker-tutor completion fish | source',
    always: 'k8s-docker-tutor completion fish > ~/.config/fish/completions/k8s-docker-tutor.fish',
  },
  powershell: {
    now: 'k8s-docker-tutor completion powershell | Out-String | Invoke-Expression',
    always: 'k8s-docker-tutor completion powershell >> $PROFILE',
  },
} as const;
