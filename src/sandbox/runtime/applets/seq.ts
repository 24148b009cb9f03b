import type { Program } from '../program.ts';
import { printfText } from '../tools/printf.ts';
import { steps } from './applet.ts';
import { complaint, misuse, readOptions, UsageError } from './options.ts';

/** Numbers that are printed before others have their turn. */
const inTurn = 1000;

/** seq */
export const seq: Program = steps((call) => {
  // What looks like a negative number is one in GNU, and an option in busybox.
  const { flags, values, rest } = readOptions(
    call,
    call.isBusybox ? '+ws:' : '+ws:f:',
    { 'equal-width': 'w', separator: 's', format: 'f' },
    (word) => (!call.isBusybox && /^-[\d.]/.test(word) ? `\0${word}` : word),
  );
  const words = rest.map((word) => word.replace('\0', ''));
  const bad = words.find((word) => !/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(word));
  if (words.length === 0 || (call.isBusybox && (bad !== undefined || words.length > 3)))
    throw misuse(call, 'missing operand');
  if (words.length > 3) throw new UsageError(complaint(call, `extra operand '${words[3]}'`));
  if (bad !== undefined) throw new UsageError(complaint(call, `invalid floating point argument: '${bad}'`));
  const [one = 0, two = 0, three = 0] = words.map(Number);
  const first = words.length === 1 ? 1 : one;
  const step = words.length === 3 ? two : 1;
  const last = words.length === 1 ? one : words.length === 2 ? two : three;
  if (step === 0 && !call.isBusybox)
    throw new UsageError(complaint(call, `invalid Zero increment value: '${words[1]}'`));
  const places = Math.max(...words.map((word) => word.split('.')[1]?.length ?? 0));
  const count =
    step === 0
      ? first <= last
        ? Number.POSITIVE_INFINITY
        : 0
      : Math.floor((last - first) / step + 1e-9) + 1;
  const width = flags.w ? Math.max(first.toFixed(places).length, last.toFixed(places).length) : 0;
  const shown = (index: number) => {
    const number = (first + index * step).toFixed(places);
    if (values.f !== undefined) return printfText(values.f, [number], 'gnu').text;
    const sign = number.startsWith('-') ? '-' : '';
    return sign + number.slice(sign.length).padStart(width - sign.length, '0');
  };
  const from = (call.state ?? 0) as number;
  for (let index = from; index < from + inTurn; index++) {
    if (index >= count) {
      if (index > 0) call.out('\n');
      return 0;
    }
    if (!call.hasRoom(1)) {
      call.state = index;
      return 'waits';
    }
    call.out(`${index === 0 ? '' : (values.s ?? '\n')}${shown(index)}`);
  }
  call.state = from + inTurn;
  return 'goes-on';
});
