import type { FileNode } from '../../file-tree.ts';

/** Rights as `ls -l` shows them: `drwxr-xr-x`. */
export function modeText(node: FileNode): string {
  if (node.kind === 'link') return 'lrwxrwxrwx';
  return `${node.kind === 'folder' ? 'd' : '-'}${rightsText(node.mode)}`;
}

/** The nine letters of some rights: `rwxr-xr-x`. */
export function rightsText(mode: number): string {
  const special = (bit: number, letter: string, isExecutable: boolean) =>
    mode & bit ? (isExecutable ? letter : letter.toUpperCase()) : isExecutable ? 'x' : '-';
  const letters: readonly (readonly [shift: number, bit: number, letter: string])[] = [
    [6, 0o4000, 's'],
    [3, 0o2000, 's'],
    [0, 0o1000, 't'],
  ];
  return letters
    .map(([shift, bit, letter]) => {
      const bits = (mode >> shift) & 7;
      return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${special(bit, letter, (bits & 1) === 1)}`;
    })
    .join('');
}

const shifts = { u: 6, g: 3, o: 0 } as const;

/** The rights that `chmod` asks for: `644`, `u+x`, `go-rwx`, `g=u`; undefined when it is neither. */
export function changedMode(text: string, before: number, isFolder: boolean): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = before;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause);
    if (!match) return undefined;
    const [, who = '', changes = ''] = match;
    for (const [, operator, what = ''] of changes.matchAll(/([-+=])([rwxXst]*[ugo]?)/g))
      mode = changed(mode, who, operator ?? '', what, isFolder);
  }
  return mode;
}

function changed(mode: number, who: string, operator: string, what: string, isFolder: boolean): number {
  const users = (['u', 'g', 'o'] as const).filter(
    (user) => who === '' || /a/.test(who) || who.includes(user),
  );
  const copied = /[ugo]/.exec(what)?.[0] as keyof typeof shifts | undefined;
  const executes = what.includes('x') || (what.includes('X') && (isFolder || (mode & 0o111) !== 0));
  const own = (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (executes ? 1 : 0);
  const bits = copied === undefined ? own : (mode >> shifts[copied]) & 7;
  let mask = what.includes('t') ? 0o1000 : 0;
  let all = 0;
  for (const user of users) {
    mask |= bits << shifts[user];
    all |= 7 << shifts[user];
    if (what.includes('s') && user !== 'o') mask |= user === 'u' ? 0o4000 : 0o2000;
  }
  if (operator === '+') return mode | mask;
  return operator === '-' ? mode & ~mask : (mode & ~all) | mask;
}
