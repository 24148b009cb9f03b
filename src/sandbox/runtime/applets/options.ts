import { baseOf } from '../files/paths.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { busyboxUsage } from './busybox-usage.ts';

/** What the flags of a command line say. */
export interface Options {
  /** How often each letter was given. */
  readonly flags: Readonly<Record<string, number>>;
  /** The last value of each letter that takes one. */
  readonly values: Readonly<Record<string, string>>;
  /** All values of each letter, in order. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly rest: readonly string[];
}

/** Thrown when a command line is wrong: the message has been made ready, and the code. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/** The code of a wrong command line, where it is not 1. */
const usageCodes: Readonly<Record<'busybox' | 'gnu', Readonly<Record<string, number>>>> = {
  busybox: { egrep: 2, fgrep: 2, grep: 2, nohup: 127, sort: 2 },
  gnu: { egrep: 2, env: 125, fgrep: 2, grep: 2, ls: 2, nohup: 125, sort: 2, timeout: 125 },
};

/** The long names that applets of busybox have; most have none. */
const busyboxLong: Readonly<Record<string, readonly string[]>> = {
  cp: ['archive', 'force', 'interactive', 'recursive', 'symbolic-link', 'verbose'],
  mkdir: ['mode', 'parents'],
  mv: ['force', 'interactive', 'no-clobber', 'target-directory', 'verbose'],
  rmdir: ['parents', 'ignore-fail-on-non-empty'],
  sed: ['in-place', 'regexp-extended', 'quiet', 'silent', 'expression', 'file'],
  touch: ['no-create', 'reference', 'date'],
  nproc: ['all'],
  ls: ['color', 'full-time', 'group-directories-first'],
  date: ['date', 'reference', 'utc'],
  grep: ['color'],
  xargs: ['no-run-if-empty'],
  env: ['ignore-environment', 'unset'],
  wget: [
    'spider',
    'quiet',
    'output-document',
    'header',
    'post-data',
    'timeout',
    'server-response',
    'no-check-certificate',
    'user-agent',
    'continue',
  ],
};

/** What tools of GNU that say more of a wrong option than where there is help say of how they are used. */
const gnuUsage: Readonly<Record<string, string>> = {
  egrep: 'Usage: grep [OPTION]... PATTERNS [FILE]...',
  fgrep: 'Usage: grep [OPTION]... PATTERNS [FILE]...',
  grep: 'Usage: grep [OPTION]... PATTERNS [FILE]...',
};

/** What a tool of busybox says of how it is used. */
export function usageText(call: ProcessCall): string {
  const usage = busyboxUsage[nameOf(call)];
  return `BusyBox v1.36.1 multi-call binary.\n\n${usage === undefined ? 'No help available' : `Usage: ${usage}`}\n`;
}

/** What is thrown where words are missing or too many: busybox only says how it is used, unless it has words for it. */
export function misuse(call: ProcessCall, gnu: string, busybox?: string): UsageError {
  const text = busybox === undefined ? usageText(call) : `${nameOf(call)}: ${busybox}\n`;
  return new UsageError(call.isBusybox ? text : complaint(call, gnu), usageCode(call));
}

function usageCode(call: ProcessCall): number {
  return usageCodes[call.isBusybox ? 'busybox' : 'gnu'][nameOf(call)] ?? 1;
}

function wrongOption(call: ProcessCall, why: string): UsageError {
  if (nameOf(call) === 'curl') return curlComplaint(why);
  if (nameOf(call) === 'awk' && !call.isBusybox) return mawkComplaint(why);
  const message = complaint(call, why);
  const usage = gnuUsage[nameOf(call)];
  const more = call.isBusybox ? usageText(call) : '';
  const text = usage === undefined || more !== '' ? message + more : message.replace('\n', `\n${usage}\n`);
  return new UsageError(text, usageCode(call));
}

/** Options that curl has and the sandbox has not. */
const curlHas =
  /^--(form|proxy|cacert|cert|key|compressed|http|limit-rate|range|url|unix-socket|connect-to|noproxy|tls|parallel|create-dirs|dump-header|trace|oauth2|digest|output-dir|path-as-is|globoff|interface|max-redirs|netrc|stderr|help|manual)/;

/** As mawk says that it does not know an option, or that a word is missing behind it. */
function mawkComplaint(why: string): UsageError {
  const option = /'(.*?)'/.exec(why)?.[1];
  const text = why.includes('requires') ? `option -${option} lacks argument` : `not an option: -${option}`;
  return new UsageError(`awk: ${text}\n`, 2);
}

/** As curl says that it does not know an option, or that a word is missing behind it. */
function curlComplaint(why: string): UsageError {
  const [, name = '', letter] = /'(--[^'=]+)|'(.)'/.exec(why) ?? [];
  const shown = letter === undefined ? name : `-${letter}`;
  const what = why.includes('requires') ? 'requires parameter' : 'is unknown';
  if (what === 'is unknown' && (letter !== undefined || curlHas.test(name)))
    return new UsageError(`curl: the sandbox does not simulate ${shown}\n`, 2);
  return new UsageError(
    `curl: option ${shown}: ${what}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
    2,
  );
}

/**
 * Reads flags as getopt does: letters together, values behind them or in the next word, up to `--`.
 *
 * @param letters as getopt has them: `n:` takes a value; with `+` before them the first operand ends them
 * @param long names behind `--`, and the letter that each stands for
 * @param seen what a word is read as, where it only looks like a flag
 * @throws UsageError in the words of busybox or GNU
 */
export function readOptions(
  call: ProcessCall,
  letters: string,
  long: Readonly<Record<string, string>> = {},
  seen: (word: string, index: number) => string = (word) => word,
): Options {
  const flags: Record<string, number> = {};
  const lists: Record<string, string[]> = {};
  const rest: string[] = [];
  const args = call.args.map((word, index) => seen(word, index));
  const take = (letter: string, value: string | undefined, name: string) => {
    if (value === undefined) throw wrongOption(call, `option ${name}`);
    lists[letter] = [...(lists[letter] ?? []), value];
  };
  for (let place = 0; place < args.length; place++) {
    const word = args[place] ?? '';
    if (word === '--') {
      rest.push(...args.slice(place + 1));
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', value] = splitAt(word.slice(2), '=');
      const letter = longLetter(call, long, name);
      if (letter === undefined) throw wrongOption(call, `unrecognized option '${word}'`);
      if (letters.includes(`${letter}:`))
        take(letter, value ?? args[++place], `'--${name}' requires an argument`);
      else if (value !== undefined) throw wrongOption(call, `option '--${name}' doesn't allow an argument`);
      else flags[letter] = (flags[letter] ?? 0) + 1;
      continue;
    }
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      if (!letters.startsWith('+')) continue;
      rest.push(...args.slice(place + 1));
      break;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at] ?? '';
      const known = letters.indexOf(letter);
      if (known < 0 || letter === ':' || letter === '+')
        throw wrongOption(call, `invalid option -- '${letter}'`);
      if (letters[known + 1] !== ':') {
        flags[letter] = (flags[letter] ?? 0) + 1;
        continue;
      }
      const behind = word.slice(at + 1);
      take(letter, behind === '' ? args[++place] : behind, `requires an argument -- '${letter}'`);
      break;
    }
  }
  const values = Object.fromEntries(
    Object.entries(lists).map(([letter, list]) => [letter, list.at(-1) ?? '']),
  );
  return { flags, values, lists, rest };
}

/** The letter of a long name, which may be cut short as long as one alone begins so. */
function longLetter(
  call: ProcessCall,
  long: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  const known = busyboxLong[nameOf(call)] ?? [];
  const names = Object.keys(long).filter(
    (each) => each.startsWith(name) && (!call.isBusybox || known.includes(each)),
  );
  const found = names.includes(name) ? name : names.length === 1 ? names[0] : undefined;
  return found === undefined ? undefined : long[found];
}

/** The name a tool goes by in its messages. */
export function nameOf(call: ProcessCall): string {
  return baseOf(call.argv[0] ?? '');
}

/** A complaint about a command line, as the tool of the family says it. */
export function complaint(call: ProcessCall, gnu: string, busybox = gnu): string {
  const name = nameOf(call);
  return call.isBusybox
    ? `${name}: ${busybox}\n`
    : `${name}: ${gnu}\nTry '${name} --help' for more information.\n`;
}

function splitAt(text: string, separator: string): readonly [string, string?] {
  const place = text.indexOf(separator);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)];
}
