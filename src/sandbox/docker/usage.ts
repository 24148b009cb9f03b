import { usageLines } from './usage-data.ts';

interface Usage {
  /** What the client calls the command. */
  readonly path: string;
  /** The line after `Usage:` in its help. */
  readonly inHelp: string;
  /** The same where a line is refused: a group has other words there. */
  readonly inRefusal: string;
}

let byPath: ReadonlyMap<string, Usage> | undefined;

/** How a command is used, by any of its spellings. */
function usages(): ReadonlyMap<string, Usage> {
  if (byPath) return byPath;
  const found = new Map<string, Usage>();
  const others: (readonly [string, string])[] = [];
  for (const line of usageLines.trim().split('\n')) {
    const [, path = '', sign, rest = ''] = /^([^|>]*)([|>])(.*)$/.exec(line) ?? [];
    if (sign === '>') others.push([path, rest]);
    else found.set(path, usageOf(path, rest));
  }
  for (const [spelling, path] of others) {
    found.set(spelling, found.get(path) ?? { path: path || spelling, inHelp: spelling, inRefusal: spelling });
  }
  byPath = found;
  return found;
}

function usageOf(path: string, text: string): Usage {
  const [, tail = text, refusal] = /^((?:\[OPTIONS\] )?COMMAND)\|(.*)$/.exec(text) ?? [];
  const inHelp = `${path} ${tail.replaceAll('\\n', '\n').replaceAll('\\t', '\t')}`.trimEnd();
  return { path, inHelp, inRefusal: refusal || inHelp };
}

function usageOfSpelling(spelling: string): Usage {
  return usages().get(spelling) ?? { path: spelling, inHelp: spelling, inRefusal: spelling };
}

/** What the client calls a command that was typed so: `docker container list` is `docker container ls` to it. */
export function shownPath(spelling: string): string {
  return usageOfSpelling(spelling).path;
}

/** What stands after `Usage:` in the help of a command. */
export function usageInHelp(spelling: string): string {
  return usageOfSpelling(spelling).inHelp;
}

/** What stands after `Usage:` where a line is refused. */
export function usageInRefusal(spelling: string): string {
  return usageOfSpelling(spelling).inRefusal;
}
