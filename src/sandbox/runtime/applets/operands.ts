import { caught } from '../../thrown.ts';
import { FileError } from '../files/file-error.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { misuse, nameOf } from './options.ts';

/** Does something with each operand; a file that does not take it is told of, and the others go on. */
export function eachOperand(
  call: ProcessCall,
  operands: readonly string[],
  act: (path: string) => void,
  words: (path: string, error: FileError) => string,
  isSilent = false,
): number {
  let code = 0;
  for (const path of operands) {
    try {
      act(path);
    } catch (thrown) {
      const error = caught(thrown, FileError);
      if (!isSilent) call.err(`${nameOf(call)}: ${words(path, error)}\n`);
      code = 1;
    }
  }
  return code;
}

/** Asks, as `-i` does. @returns whether the answer begins with a y; no answer is none */
export function confirmed(call: ProcessCall, question: string): boolean {
  call.err(`${nameOf(call)}: ${question}? `);
  return /^[yY]/.test(call.readLine(0) ?? '');
}

/** @throws UsageError when there are too few */
export function demandOperand(call: ProcessCall, rest: readonly string[], least = 1): void {
  if (rest.length >= least) return;
  const name = nameOf(call);
  const files = ['cp', 'mv', 'ln'].includes(name);
  if (rest.length === 1 && !call.isBusybox)
    throw misuse(call, `missing ${files ? 'destination file ' : ''}operand after '${rest[0]}'`);
  throw misuse(call, files && (least > 1 || name === 'ln') ? 'missing file operand' : 'missing operand');
}
