import { hostBaseName } from '../../docker/base-name.ts';
/** A file where a shell may keep what was typed. */
export interface HistoryFile {
  readonly shell: 'bash' | 'zsh' | 'fish' | 'powershell';
  readonly path: string;
}

/**
 * Where shells keep their histories, the likeliest first; none of the files needs to exist. Sources: the
 * manuals of bash (HISTFILE), zsh (HISTFILE, ZDOTDIR), fish (XDG_DATA_HOME) and PSReadLine
 * (HistorySavePath).
 *
 * @param env variables of the environment
 * @param platform as Node names it: `linux`, `darwin`, `win32`
 */
export function historyFiles(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  home: string,
): HistoryFile[] {
  const separator = platform === 'win32' ? '\\' : '/';
  const join = (...parts: readonly string[]): string =>
    parts.map((part, place) => (place === 0 ? part.replace(/[/\\]+$/, '') : part)).join(separator);
  const set = (name: string): string | undefined => env[name]?.trim() || undefined;
  const data = set('XDG_DATA_HOME') ?? join(home, '.local', 'share');
  const zsh = set('ZDOTDIR') ?? home;
  const own = set('HISTFILE');

  const files: HistoryFile[] = [
    ...(own === undefined ? [] : [{ shell: shellOf(own, set('SHELL')), path: own }]),
    { shell: 'bash', path: join(home, '.bash_history') },
    { shell: 'zsh', path: join(zsh, '.zsh_history') },
    { shell: 'zsh', path: join(home, '.zsh_history') },
    { shell: 'zsh', path: join(zsh, '.zhistory') },
    { shell: 'zsh', path: join(zsh, '.histfile') },
    { shell: 'fish', path: join(data, 'fish', `${set('fish_history') ?? 'fish'}_history`) },
    { shell: 'powershell', path: join(powershellFolder(), 'ConsoleHost_history.txt') },
  ];
  const known = files.filter(({ path }, place) => files.findIndex((file) => file.path === path) === place);
  return platform === 'win32' ? [...known].reverse() : known;

  function powershellFolder(): string {
    if (platform !== 'win32') return join(data, 'powershell', 'PSReadLine');
    const roaming = set('APPDATA') ?? join(home, 'AppData', 'Roaming');
    return join(roaming, 'Microsoft', 'Windows', 'PowerShell', 'PSReadLine');
  }
}

/** Which shell a file of HISTFILE belongs to, by its name, otherwise by the shell one has. */
function shellOf(path: string, shell = ''): HistoryFile['shell'] {
  const name = hostBaseName(path);
  if (/^\.?z|histfile/.test(name)) return 'zsh';
  if (name.includes('fish')) return 'fish';
  if (name.includes('bash')) return 'bash';
  return /zsh$/.test(shell) ? 'zsh' : 'bash';
}
