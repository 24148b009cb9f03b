import type { FileNode } from '../file-tree.ts';

/** Rights as `ls -l` shows them: `drwxr-xr-x`. */
export function modeText(node: FileNode): string {
  if (node.kind === 'link') return 'lrwxrwxrwx';
  const rights = [6, 3, 0].map((shift) => {
    const bits = (node.mode >> shift) & 7;
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`;
  });
  const sticky = (node.mode & 0o1000) !== 0;
  const text = `${node.kind === 'folder' ? 'd' : '-'}${rights.join('')}`;
  if (!sticky) return text;
  return text.slice(0, -1) + (text.endsWith('x') ? 't' : 'T');
}

/** The rights that `chmod` asks for: `644`, `u+x`, `go-rwx`; undefined when it is neither. */
export function changedMode(text: string, before: number, isFolder: boolean): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = before;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause);
    if (!match) return undefined;
    const [, who = '', operator = '', what = ''] = match;
    const users = who === '' || who.includes('a') ? 'ugo' : who;
    let bits = 0;
    for (const letter of what) {
      const bit = { r: 4, w: 2, x: 1, X: isFolder || (before & 0o111) !== 0 ? 1 : 0 }[letter] ?? 0;
      bits |= bit;
    }
    let mask = what.includes('t') ? 0o1000 : 0;
    for (const user of users) mask |= bits << ({ u: 6, g: 3, o: 0 }[user] ?? 0);
    if (operator === '+') mode |= mask;
    else if (operator === '-') mode &= ~mask;
    else {
      for (const user of users) mode &= ~(7 << ({ u: 6, g: 3, o: 0 }[user] ?? 0));
      mode |= mask;
    }
  }
  return mode;
}
