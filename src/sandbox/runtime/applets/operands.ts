import { FileError } from '../files/file-error.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { complaint, nameOf, UsageError } from './options.ts';

/** Does something with each operand; a file that does not take it is told of, and the others go on. */
export function eachOperand(
  call: ProcessCall,
  operands: readonly string[],
  act: (path: string) => void,
  words: (path: string, error: FileError) => string,
): number {
  let code = 0;
  for (const path of operands) {
    try {
      act(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      call.err(`${nameOf(call)}: ${words(path, error)}\n`);
      code = 1;
    }
  }
  return code;
}

/** @throws UsageError when there are too few */
export function demandOperand(call: ProcessCall, rest: readonly string[], least = 1): void {
  if (rest.length >= least) return;
  const name = nameOf(call);
  if (call.isBusybox)
    throw new UsageError(`BusyBox v1.36.1 multi-call binary.\n\nUsage: ${name} [OPTIONS] FILE...\n`);
  if (rest.length === 1)
    throw new UsageError(
      `${name}: missing destination file operand after '${rest[0]}'\nTry '${name} --help' for more information.\n`,
    );
  throw new UsageError(complaint(call, least > 1 ? 'missing file operand' : 'missing operand'));
}
