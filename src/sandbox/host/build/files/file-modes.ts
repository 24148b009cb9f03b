const bits: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1 };

/**
 * A mode as chmod changes it.
 *
 * @param change `0755`, or `u+x,go-w`
 */
export function changedMode(mode: number, change: string, isFolder: boolean): number {
  if (/^[0-7]+$/.test(change)) return Number.parseInt(change, 8);
  let changed = mode;
  for (const clause of change.split(',')) {
    const [, who = '', actions = ''] = /^([ugoa]*)(.*)$/.exec(clause) ?? [];
    for (const [, sign = '', rights = ''] of actions.matchAll(/([-+=])([rwxXst]*)/g)) {
      const isRunnable = isFolder || (changed & 0o111) !== 0;
      const right = [...rights.replaceAll('X', isRunnable ? 'x' : '')].reduce(
        (sum, each) => sum | (bits[each] ?? 0),
        0,
      );
      for (const shift of shiftsOf(who)) {
        const own = right << shift;
        if (sign === '+') changed |= own;
        else if (sign === '-') changed &= ~own;
        else changed = (changed & ~(7 << shift)) | own;
      }
    }
  }
  return changed;
}

function shiftsOf(who: string): readonly number[] {
  const all = who === '' || who.includes('a');
  return [
    ...(all || who.includes('u') ? [6] : []),
    ...(all || who.includes('g') ? [3] : []),
    ...(all || who.includes('o') ? [0] : []),
  ];
}
