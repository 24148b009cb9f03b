import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';

/** Bytes of a small tool. */
export const toolMemory = 400_000;

/** A program that does what it does at once, and ends. @param run gives the exit code */
export function instant(run: (call: ProcessCall) => number): Program {
  return { memory: toolMemory, step: run };
}
