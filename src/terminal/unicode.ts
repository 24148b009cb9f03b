import type { Io } from '../io.ts';

/**
 * Whether characters beyond ASCII arrive as they are. Windows consoles speak a code page unless they are
 * one of the newer terminals; elsewhere the locale decides (POSIX: LC_ALL, then LC_CTYPE, then LANG), and
 * none at all means ASCII, except on macOS, whose terminals are UTF-8 even where no locale is set. The
 * Linux console has no box drawing worth having.
 */
export function hasUnicode({ env, platform }: Io): boolean {
  if (platform === 'win32') {
    return Boolean(
      env.WT_SESSION ||
        env.TERM_PROGRAM === 'vscode' ||
        env.ConEmuTask ||
        /^xterm|alacritty/.test(env.TERM ?? ''),
    );
  }
  if (env.TERM === 'linux') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale ? /utf-?8/i.test(locale) : platform === 'darwin';
}
