import type { Outcome } from '../program.ts';
import type { ShellMachine } from './machine.ts';
import { readFields } from './read-fields.ts';
import type { Waiting } from './shell-state.ts';
import type { Flavour } from './syntax.ts';
import { assign } from './variables.ts';

/** Goes on with the builtin `read`: a line, into variables. */
export function finishRead(machine: ShellMachine, waiting: Waiting & { kind: 'read' }): Outcome | undefined {
  const { call, state } = machine;
  const options = readOptions(waiting.args);
  let { text } = waiting;
  for (;;) {
    const limit = options.count;
    if (limit !== undefined && text.length >= limit) {
      give(machine, text.slice(0, limit), options, waiting.separators);
      return end(machine, 0);
    }
    const line = call.readLine(options.fd);
    if (line === undefined) {
      if (waiting.until !== undefined && waiting.until <= call.now)
        return end(machine, machine.flavour === 'ash' ? 1 : 142);
      state.waiting = { ...waiting, text };
      return waiting.until === undefined ? 'waits' : { until: waiting.until };
    }
    if (line !== null) text += line;
    const stop = options.until === undefined ? -1 : text.indexOf(options.until);
    if (stop >= 0) {
      give(machine, text.slice(0, stop), options, waiting.separators);
      return end(machine, 0);
    }
    if (line !== null && (options.until !== undefined || (limit !== undefined && text.length >= limit)))
      continue;
    const continues = !options.isRaw && /(^|[^\\])(\\\\)*\\\n$/.test(text);
    if (line !== null && continues) {
      text = text.slice(0, -2);
      continue;
    }
    if (line !== null && !line.endsWith('\n')) continue;
    give(machine, text.replace(/\n$/, ''), options, waiting.separators);
    return end(machine, line === null ? 1 : 0);
  }
}

interface ReadOptions {
  readonly names: readonly string[];
  readonly isRaw: boolean;
  readonly fd: number;
  readonly prompt?: string;
  readonly timeout?: number;
  /** So many characters at most. */
  readonly count?: number;
  /** What ends it in place of the end of a line. */
  readonly until?: string;
}

/** Letters of `read` that have a value behind them. */
const takesValue = 'ptundN';

const bashUsage =
  'read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]\n';

/** Letters that a shell's `read` has. */
const letters: Readonly<Record<Flavour, string>> = { ash: 'rsdnNptu', dash: 'pr', bash: 'ersadinNptu' };

/** Says why a line cannot be read as it is asked for. @returns the code; undefined where it can */
export function refusedRead(machine: ShellMachine, args: readonly string[]): number | undefined {
  const { flavour, call } = machine;
  const options = args.filter((word, index) => /^-./.test(word) && index === 0);
  const wrong = options
    .flatMap((word) => [...word.slice(1)])
    .find((letter) => !letters[flavour].includes(letter));
  if (wrong !== undefined) {
    if (flavour === 'bash') {
      machine.say(`-${wrong}: invalid option`, 'read');
      call.err(bashUsage);
    } else machine.say(`${flavour === 'ash' ? 'illegal' : 'Illegal'} option -${wrong}`, 'read');
    return 2;
  }
  if (flavour === 'dash' && args.every((word) => word.startsWith('-'))) {
    machine.say('arg count', 'read');
    return 2;
  }
  const value = refusedValue(machine, args);
  if (value !== undefined) return value;
  const bad = readOptions(args).names.find((name) => !/^[A-Za-z_]\w*$/.test(name));
  if (bad === undefined) return undefined;
  if (flavour === 'bash') machine.say(`\`${bad}': not a valid identifier`, 'read');
  else if (flavour === 'ash') call.err(`${machine.state.name}: read: '${bad}': bad variable name\n`);
  else machine.say(`${bad}: bad variable name`, 'read');
  return flavour === 'dash' ? 2 : 1;
}

/** Says what is wrong with the value of an option. @returns the code; undefined where nothing is */
function refusedValue(machine: ShellMachine, args: readonly string[]): number | undefined {
  const { flavour } = machine;
  const place = args.findIndex((word) => /^-\w*[tnNu]$/.test(word));
  if (flavour === 'dash' || place < 0) return undefined;
  const letter = `${args[place]}`.slice(-1);
  const value = args[place + 1];
  if (value !== undefined && /^\d+(\.\d+)?$/.test(value)) return undefined;
  if (flavour === 'ash') {
    if (value === undefined) machine.say(`no arg for -${letter} option`, 'read');
    else machine.say(`invalid ${{ t: 'timeout', u: 'file descriptor' }[letter] ?? 'count'}`, 'read');
    return 2;
  }
  if (value === undefined) {
    machine.say(`-${letter}: option requires an argument`, 'read');
    machine.call.err(bashUsage);
    return 2;
  }
  const why = { t: 'invalid timeout specification', u: 'invalid file descriptor specification' }[letter];
  machine.say(`${value}: ${why ?? 'invalid number'}`, 'read');
  return 1;
}

/** What `read -r -t 3 name` asks for; its values are known to be right. */
export function readOptions(args: readonly string[]): ReadOptions {
  const names: string[] = [];
  const found: {
    isRaw: boolean;
    fd: number;
    prompt?: string;
    timeout?: number;
    count?: number;
    until?: string;
  } = { isRaw: false, fd: 0 };
  for (let place = 0; place < args.length; place++) {
    const word = `${args[place]}`;
    if (!word.startsWith('-') || names.length > 0) {
      names.push(word);
      continue;
    }
    if (word.includes('r')) found.isRaw = true;
    const letter = word.slice(-1);
    if (takesValue.includes(letter)) {
      const value = `${args[++place] ?? ''}`;
      if (letter === 'p') found.prompt = value;
      if (letter === 't') found.timeout = Number(value);
      if (letter === 'n' || letter === 'N') found.count = Number(value);
      if (letter === 'd') found.until = value.charAt(0);
      if (letter === 'u') found.fd = Number(value);
    }
  }
  return { names: names.length > 0 ? names : ['REPLY'], ...found };
}

function give(machine: ShellMachine, line: string, { names, isRaw }: ReadOptions, separators: string): void {
  const plain = isRaw ? line : line.replace(/\\(.)/g, '$1');
  for (const [name, value] of readFields(plain, names, separators)) assign(machine, name, value);
}

function end(machine: ShellMachine, status: number): undefined {
  const { state } = machine;
  delete (state as { waiting?: unknown }).waiting;
  state.status = status;
  machine.restoreTo(state.saved.length - (state.restores ? 1 : 0));
  state.restores = false;
  return undefined;
}
