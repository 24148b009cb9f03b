import { describe, expect, it } from 'vitest';
import { historyFiles } from '../../../src/mapping/lines/history-files.ts';

const paths = (env: Record<string, string | undefined>, platform: string, home: string): string[] =>
  historyFiles(env, platform, home).map(({ shell, path }) => `${shell} ${path}`);

describe('historyFiles', () => {
  it('knows where shells keep their histories', () => {
    expect(paths({}, 'linux', '/home/you')).toEqual([
      'bash /home/you/.bash_history',
      'zsh /home/you/.zsh_history',
      'zsh /home/you/.zhistory',
      'zsh /home/you/.histfile',
      'fish /home/you/.local/share/fish/fish_history',
      'powershell /home/you/.local/share/powershell/PSReadLine/ConsoleHost_history.txt',
    ]);
  });

  it.each<[Record<string, string>, string]>([
    [{ HISTFILE: '/data/zsh_history' }, 'zsh /data/zsh_history'],
    [{ HISTFILE: '/data/.bash_history' }, 'bash /data/.bash_history'],
    [{ HISTFILE: '/data/mine', SHELL: '/bin/zsh' }, 'zsh /data/mine'],
    [{ HISTFILE: '/data/mine' }, 'bash /data/mine'],
    [{ ZDOTDIR: '/home/you/.config/zsh' }, 'zsh /home/you/.config/zsh/.zsh_history'],
    [{ XDG_DATA_HOME: '/data' }, 'fish /data/fish/fish_history'],
    [{ fish_history: 'work' }, 'fish /home/you/.local/share/fish/work_history'],
  ])('follows %o', (env, expected) => {
    expect(paths(env, 'linux', '/home/you')).toContain(expected);
  });

  it('puts HISTFILE first, and names no file twice', () => {
    const found = paths({ HISTFILE: '/home/you/.zsh_history', ZDOTDIR: '/home/you' }, 'darwin', '/home/you');
    expect(found[0]).toBe('zsh /home/you/.zsh_history');
    expect(found).toEqual([...new Set(found)]);
  });

  it('puts PowerShell first on Windows', () => {
    const [first] = paths({ APPDATA: 'C:\\Users\\you\\AppData\\Roaming' }, 'win32', 'C:\\Users\\you');
    expect(first).toBe(
      'powershell C:\\Users\\you\\AppData\\Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine\\ConsoleHost_history.txt',
    );
  });

  it('takes empty variables for none', () => {
    expect(paths({ HISTFILE: ' ', ZDOTDIR: '' }, 'linux', '/root/')[0]).toBe('bash /root/.bash_history');
  });
});
