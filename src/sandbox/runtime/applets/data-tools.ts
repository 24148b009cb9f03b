import { sha256 as digest } from '../../images/sha256.ts';
import type { Program } from '../program.ts';
import { echoText } from '../tools/echo.ts';
import { printfText } from '../tools/printf.ts';
import { evaluateTest, TestError } from '../tools/test-expression.ts';
import { filter, steps, tool } from './applet.ts';
import { complaint, nameOf, readOptions, UsageError } from './options.ts';

/** echo */
export const echo: Program = tool((call) => {
  call.out(echoText(call.args));
  return 0;
});

/** printf */
export const printf: Program = tool((call) => {
  const [format, ...args] = call.args;
  if (format === undefined) throw new UsageError(complaint(call, 'missing operand'));
  const { text, complaints } = printfText(format, args);
  call.out(text);
  for (const each of complaints) call.err(`printf: ${each}\n`);
  return complaints.length > 0 ? 1 : 0;
});

/** test and [ */
export const test: Program = tool((call) => {
  const name = nameOf(call);
  const args = name === '[' ? call.args.slice(0, -1) : call.args;
  try {
    if (name === '[' && call.args.at(-1) !== ']') throw new TestError('missing ]');
    return evaluateTest(args, call.files, (fd) => call.isTerminal(fd), call.isBusybox ? 'ash' : 'bash')
      ? 0
      : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    call.err(`${name}: ${error.message}\n`);
    return 2;
  }
});

/** seq */
export const seq: Program = tool((call) => {
  const { flags, values, rest } = readOptions(call, '+ws:f:', {}, (word) =>
    /^-[\d.]/.test(word) ? `\0${word}` : word,
  );
  const words = rest.map((word) => word.replace('\0', ''));
  const bad = words.find((word) => !/^[-+]?(\d+\.?\d*|\.\d+)$/.test(word));
  if (bad !== undefined)
    throw new UsageError(
      complaint(call, `invalid floating point argument: '${bad}'`, `invalid number '${bad}'`),
    );
  if (words.length === 0) throw new UsageError(complaint(call, 'missing operand'));
  const numbers = words.map(Number);
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0] ?? 0]
      : numbers.length === 2
        ? [numbers[0] ?? 0, 1, numbers[1] ?? 0]
        : [numbers[0] ?? 0, numbers[1] ?? 1, numbers[2] ?? 0];
  const places = Math.max(...words.map((word) => word.split('.')[1]?.length ?? 0));
  const count = step === 0 ? 0 : Math.floor((last - first) / step + 1e-9) + 1;
  if (count > 1_000_000) throw new UsageError(`${nameOf(call)}: the sandbox counts to a million at most\n`);
  const lines = Array.from({ length: Math.max(count, 0) }, (_, index) =>
    (first + index * step).toFixed(places),
  );
  const width = flags.w ? Math.max(...lines.map((line) => line.length)) : 0;
  if (lines.length > 0)
    call.out(`${lines.map((line) => line.padStart(width, '0')).join(values.s ?? '\n')}\n`);
  return 0;
});

/** yes: until nobody reads. */
export const yes: Program = steps((call) => {
  const line = `${call.args.length > 0 ? call.args.join(' ') : 'y'}\n`;
  for (let count = 0; count < 1000; count++) {
    if (!call.hasRoom(1)) return 'waits';
    call.out(line);
  }
  return 'goes-on';
});

/** sha256sum */
export const sha256sum: Program = filter({
  begin(call) {
    const { flags, rest } = readOptions(call, 'csbtw', { check: 'c', status: 's' });
    if (flags.c) throw new UsageError(`${nameOf(call)}: checking (-c) is not simulated\n`);
    return { own: '', files: rest };
  },
  line: (_, own, line) => own + line,
  endOfFile(call, own, file) {
    call.out(`${digest(own)}  ${file}\n`);
    return '';
  },
  unreadable: (call, file, error) =>
    call.isBusybox
      ? `${nameOf(call)}: can't open '${file}': ${error.message}\n`
      : `${nameOf(call)}: ${file}: ${error.message}\n`,
});
