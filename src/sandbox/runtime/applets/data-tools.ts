import type { Program } from '../program.ts';
import { echoText } from '../tools/echo.ts';
import { printfText } from '../tools/printf.ts';
import { evaluateTest, TestError } from '../tools/test-expression.ts';
import { steps, tool } from './applet.ts';
import { misuse, nameOf } from './options.ts';

/** echo */
export const echo: Program = tool((call) => {
  call.out(echoText(call.args));
  return 0;
});

/** printf */
export const printf: Program = tool((call) => {
  const [format, ...args] = call.args;
  if (format === undefined) throw misuse(call, 'missing operand');
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

/** yes: until nobody reads. */
export const yes: Program = steps((call) => {
  const line = `${call.args.length > 0 ? call.args.join(' ') : 'y'}\n`;
  for (let count = 0; count < 1000; count++) {
    if (!call.hasRoom(1)) return 'waits';
    call.out(line);
  }
  return 'goes-on';
});
