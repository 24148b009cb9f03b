import type { Piece } from './found-line.ts';

/** bash, with a line `#1700000000` before each command (https://www.gnu.org/software/bash/manual/html_node/Bash-History-Facilities.html). */
export function bashHistoryPieces(text: string): Piece[] {
  const hasTimes = /^#\d{9,11}\r?$/m.test(text);
  const pieces: { text: string; lines: number[] }[] = [];
  let isNew = true;
  text.split('\n').forEach((line, place) => {
    if (/^#\d{9,11}\r?$/.test(line)) {
      isNew = true;
      return;
    }
    const last = pieces.at(-1);
    const goesOn = last !== undefined && !isNew && (hasTimes || last.text.endsWith('\\'));
    if (goesOn) {
      last.text += `\n${line}`;
      last.lines.push(place + 1);
    } else pieces.push({ text: line, lines: [place + 1] });
    isNew = false;
  });
  return pieces;
}

/** zsh: `: 1700000000:0;docker ps`, a backslash before the end of a line that is none (https://zsh.sourceforge.io/Doc/Release/Options.html#History). */
export function zshHistoryPieces(text: string): Piece[] {
  const pieces: { text: string; lines: number[] }[] = [];
  text.split('\n').forEach((line, place) => {
    const last = pieces.at(-1);
    const entry = /^: \d+:\d+;(.*)$/s.exec(line);
    if (!entry && last?.text.endsWith('\\')) {
      last.text += `\n${line}`;
      last.lines.push(place + 1);
    } else pieces.push({ text: entry?.[1] ?? line, lines: [place + 1] });
  });
  return pieces;
}

/** fish: `- cmd: docker ps`, where `\n` and `\\` stand for what they say (https://fishshell.com/docs/current/cmds/history.html). */
export function fishHistoryPieces(text: string): Piece[] {
  return text.split('\n').flatMap((line, place) => {
    const [, typed] = /^- cmd: (.*)$/.exec(line) ?? [];
    if (typed === undefined) return [];
    const command = typed.replace(/\\([n\\])/g, (_escape, letter: string) => (letter === 'n' ? '\n' : '\\'));
    return [{ text: command, lines: command.split('\n').map(() => place + 1) }];
  });
}

/** PowerShell: a line a command, a backtick before the end of a line that is none (https://learn.microsoft.com/powershell/module/psreadline/about/about_psreadline). */
export function powershellHistoryPieces(text: string): Piece[] {
  const pieces: { text: string; lines: number[]; shell: 'powershell' }[] = [];
  text.split('\n').forEach((whole, place) => {
    const line = whole.replace(/\r$/, '');
    const last = pieces.at(-1);
    if (last?.text.endsWith('`')) {
      // The history doubles the mark where the typed line had one of its own.
      last.text = `${last.text.replace(/\s*`+$/, ' `')}\n${line}`;
      last.lines.push(place + 1);
    } else pieces.push({ text: line, lines: [place + 1], shell: 'powershell' });
  });
  return pieces;
}
