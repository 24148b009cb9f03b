import type { FileError } from '../files/file-error.ts';
import type { Program } from '../program.ts';
import { filter } from './applet.ts';
import { nameOf, readOptions } from './options.ts';

/** sort */
export const sort: Program = filter({
  begin(call) {
    const { flags, values, rest } = readOptions(call, 'nrufbhVgst:k:o:cmzd', {
      reverse: 'r',
      unique: 'u',
      'numeric-sort': 'n',
      'human-numeric-sort': 'h',
    });
    const names = Object.keys(flags).join('');
    return {
      own: { text: '', flags: names, separator: values.t, key: values.k, output: values.o },
      files: rest,
    };
  },
  line: (_, own, line) => ({ ...own, text: `${own.text}${line.replace(/\n$/, '')}\n` }),
  end(call, own) {
    const isReverse = own.flags.includes('r');
    const keyed = own.text
      .split('\n')
      .slice(0, -1)
      .map((line) => ({ line, key: keyOf(line, own.key, own.separator) }));
    const letters = own.flags + (own.key?.replace(/[^a-zA-Z]/g, '') ?? '');
    const compare =
      letters.includes('n') || letters.includes('g')
        ? byNumber
        : letters.includes('h')
          ? bySize
          : letters.includes('V')
            ? byVersion
            : byText(letters.includes('f'));
    const flip = isReverse || letters.includes('r') ? -1 : 1;
    keyed.sort(
      (one, other) =>
        flip *
        (compare(one.key, other.key) || (own.flags.includes('s') ? 0 : byText(false)(one.line, other.line))),
    );
    const unique = own.flags.includes('u')
      ? keyed.filter(({ key }, index) => index === 0 || compare(key, keyed[index - 1]?.key ?? '') !== 0)
      : keyed;
    const text = unique.map(({ line }) => `${line}\n`).join('');
    if (own.output === undefined) call.out(text);
    else call.files.write(own.output, text);
    return 0;
  },
  failureCode: () => 2,
  unreadable: (call, file, error) =>
    call.isBusybox ? `sort: ${file}: ${error.message}\n` : `sort: cannot read: ${file}: ${error.message}\n`,
});

function keyOf(line: string, key: string | undefined, separator: string | undefined): string {
  if (key === undefined) return line;
  const [from = '1', to] = key.split(',').map((part) => part.replace(/[^\d.]/g, ''));
  const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
  const start = Math.max(Number.parseInt(from, 10) - 1, 0);
  const end = to === undefined ? fields.length : Number.parseInt(to, 10);
  return fields
    .slice(start, end)
    .join(separator ?? '')
    .trimStart();
}

function byText(ignoresCase: boolean): (one: string, other: string) => number {
  const text = (value: string) => (ignoresCase ? value.toUpperCase() : value);
  return (one, other) => (text(one) < text(other) ? -1 : text(one) > text(other) ? 1 : 0);
}

function byNumber(one: string, other: string): number {
  return (Number.parseFloat(one) || 0) - (Number.parseFloat(other) || 0);
}

function bySize(one: string, other: string): number {
  const size = (text: string) => {
    const [, number = '0', unit = ''] = /^\s*([\d.]+)([KMGT]?)/i.exec(text) ?? [];
    return Number(number) * 1024 ** ' KMGT'.indexOf(unit.toUpperCase() || ' ');
  };
  return size(one) - size(other);
}

function byVersion(one: string, other: string): number {
  const [left, right] = [one.match(/\d+|\D+/g) ?? [], other.match(/\d+|\D+/g) ?? []];
  for (const [index, part] of left.entries()) {
    const against = right[index];
    if (against === undefined) return 1;
    const isNumber = /^\d/.test(part) && /^\d/.test(against);
    const order = isNumber ? Number(part) - Number(against) : byText(false)(part, against);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** uniq */
export const uniq: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, 'cduif:s:w:', { count: 'c', repeated: 'd', unique: 'u' });
    return {
      own: { flags: Object.keys(flags).join(''), last: undefined as string | undefined, count: 0 },
      files: rest.slice(0, 1),
    };
  },
  line(call, own, line) {
    const text = line.replace(/\n$/, '');
    const same =
      own.last !== undefined &&
      (own.flags.includes('i') ? text.toLowerCase() === own.last.toLowerCase() : text === own.last);
    if (same) return { ...own, count: own.count + 1 };
    if (own.last !== undefined) call.out(uniqLine(own.flags, own.last, own.count));
    return { ...own, last: text, count: 1 };
  },
  end(call, own) {
    if (own.last !== undefined) call.out(uniqLine(own.flags, own.last, own.count));
    return 0;
  },
  unreadable: (call, file, error: FileError) =>
    call.isBusybox ? `${nameOf(call)}: ${file}: ${error.message}\n` : `uniq: ${file}: ${error.message}\n`,
});

function uniqLine(flags: string, line: string, count: number): string {
  if (flags.includes('d') && count === 1) return '';
  if (flags.includes('u') && count > 1) return '';
  return flags.includes('c') ? `${`${count}`.padStart(7)} ${line}\n` : `${line}\n`;
}
