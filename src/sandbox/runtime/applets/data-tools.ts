import { caught } from '../../thrown.ts';
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
  const { text, complaints, code } = printfText(format, args, call.isBusybox ? 'ash' : 'gnu');
  call.out(text);
  // GNU's names itself by the whole path that it was called by.
  const name = call.isBusybox ? nameOf(call) : call.argv[0];
  for (const each of complaints) call.err(`${name}: ${each}\n`);
  return code;
});

/** test and [ */
export const test: Program = tool((call) => {
  const name = nameOf(call);
  const args = name === '[' ? call.args.slice(0, -1) : call.args;
  try {
    if (name === '[' && call.args.at(-1) !== ']')
      throw new TestError(call.isBusybox ? 'missing ]' : "missing ']'");
    const around = { files: call.files, isTerminal: (fd: number) => call.isTerminal(fd), isSet: () => false };
    return evaluateTest(args, around, call.isBusybox ? 'ash' : 'gnu') ? 0 : 1;
  } catch (thrown) {
    const { message } = caught(thrown, TestError);
    call.err(`${call.isBusybox ? name : call.argv[0]}: ${message}\n`);
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
