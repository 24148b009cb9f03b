import { complain, print, type Steps } from '../../effects.ts';

/** A disk of a machine, or what stands for one. */
export interface Disk {
  readonly device: string;
  /** Bytes. */
  readonly size: number;
  readonly used: number;
  readonly target: string;
}

/** df of a machine: `df`, and `df -h`. @returns the exit code */
export function* showDisks(words: readonly string[], disks: readonly Disk[]): Steps<number> {
  const letters = words
    .slice(1)
    .filter((word) => word.startsWith('-'))
    .join('')
    .replaceAll('-', '');
  if (/[^h]/.test(letters)) {
    yield* complain(`${words.join(' ')} is not simulated here. Everything that is: df, df -h\n`);
    return 1;
  }
  const isHuman = letters.includes('h');
  const size = (value: number): string => (isHuman ? human(value) : `${Math.round(value / 1024)}`);
  const titles = [
    isHuman ? 'Size' : '1K-blocks',
    'Used',
    isHuman ? 'Avail' : 'Available',
    'Use%',
    'Mounted on',
  ];
  const table = [
    ['Filesystem', ...titles],
    ...disks.map(({ device, size: total, used, target }) => [
      device,
      size(total),
      size(used),
      size(total - used),
      `${Math.ceil((used * 100) / total)}%`,
      target,
    ]),
  ];
  const least = [14, ...(isHuman ? [5, 5, 5] : [9, 9, 9]), 4];
  const widths = least.map((width, column) =>
    Math.max(width, ...table.map((row) => row.slice(column, column + 1).join('').length)),
  );
  const line = ([name = '', ...cells]: readonly string[]): string => {
    const [first = 0, ...others] = widths;
    return [name.padEnd(first), ...cells.map((cell, column) => cell.padStart(others[column] ?? 0))].join(' ');
  };
  yield* print(`${table.map(line).join('\n')}\n`);
  return 0;
}

/** A size as `df -h` writes it, rounded up. */
function human(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < 4) {
    size /= 1024;
    unit += 1;
  }
  if (bytes === 0) return '0';
  const text = size < 10 && unit > 0 ? (Math.ceil(size * 10) / 10).toFixed(1) : `${Math.ceil(size)}`;
  return text + ['', 'K', 'M', 'G', 'T'][unit];
}
