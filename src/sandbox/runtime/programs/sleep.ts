import type { ProcessCall } from '../processes/process-call.ts';
import type { Program } from '../program.ts';
import { toolMemory } from './simple.ts';

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Waits for the sum of the times it is given. */
export const sleep: Program = {
  memory: toolMemory,
  step(call) {
    const until = (call.state ?? begin(call)) as number;
    if (until <= call.now) return call.args.some(isBad) || call.args.length === 0 ? 1 : 0;
    call.state = until;
    return { until };
  },
};

/** @returns when it is over; at once when the command line is wrong, which has been said then */
function begin(call: ProcessCall): number {
  const bad = call.args.find(isBad);
  if (bad !== undefined) complain(call, `invalid ${call.isBusybox ? 'number' : 'time interval'} '${bad}'`);
  else if (call.args.length === 0) complain(call, 'missing operand');
  else return call.now + Math.round(1000 * call.args.reduce((sum, word) => sum + (durationOf(word) ?? 0), 0));
  return call.now;
}

function complain(call: ProcessCall, text: string): void {
  call.err(`sleep: ${text}\n${call.isBusybox ? '' : "Try 'sleep --help' for more information.\n"}`);
}

function isBad(word: string): boolean {
  return durationOf(word) === undefined;
}

/** Seconds of `1.5`, `2m`, `inf`; undefined when it is no time. */
export function durationOf(word: string): number | undefined {
  if (/^inf(inity)?$/i.test(word)) return 10 * 365 * 86_400;
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(word);
  if (!match) return undefined;
  return Math.min(Number(match[1]) * (units[match[2] || 's'] ?? 1), 100 * 365 * 86_400);
}
