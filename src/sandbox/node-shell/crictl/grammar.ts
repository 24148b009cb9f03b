import { crictlHelp } from './help-data.ts';

/** A flag of crictl, as its help describes it. */
export interface CrictlFlag {
  /** Without dashes, the long one first. */
  readonly names: readonly string[];
  readonly takes: 'nothing' | 'text' | 'number';
  /** Whether it may be given several times. */
  readonly isList: boolean;
  readonly byDefault: string;
}

const known = new Map<string, readonly CrictlFlag[]>();

/** The flags of a command; those before the command for the empty name. */
export function flagsOf(command: string): readonly CrictlFlag[] {
  const found = known.get(command) ?? readFlags(helpOf(command));
  known.set(command, found);
  return found;
}

/** Whether the sandbox carries a command out. */
export function isCarriedOut(command: string): boolean {
  return command !== '' && Object.hasOwn(crictlHelp, command);
}

/** The name of a command for a name or an alias; undefined when crictl has none. */
export function commandNamed(word: string): string | undefined {
  const list = helpOf('').replace(/^[\s\S]*\nCOMMANDS:\n|\n\n[\s\S]*$/g, '');
  const all = list.split('\n').map((line) =>
    line
      .trim()
      .replace(/ {2,}.*$/, '')
      .split(', '),
  );
  return all.find((names) => names.includes(word))?.[0];
}

/** What `crictl COMMAND --help` prints. */
export function helpOf(command: string): string {
  return crictlHelp[command] ?? '';
}

/** What is printed when a line of a command was not understood: the help, and how to get more of it. */
export function usageOf(command: string): string {
  const help = helpOf(command);
  if (help.includes('\nCOMMANDS:\n')) return help;
  const more = 'Shows a list of commands or help for one command';
  return help.replace('\nOPTIONS:\n', () => `\nCOMMANDS:\n   help, h  ${more}\n\nOPTIONS:\n`);
}

function readFlags(help: string): readonly CrictlFlag[] {
  const lines = help.replace(/^[\s\S]*\n(GLOBAL )?OPTIONS:\n/, '').split('\n');
  return lines.flatMap((line): CrictlFlag[] => {
    // Such as `   --label value [ --label value ]  Filter by key=value label`.
    const [, left, right = ''] = /^ {3}(--?\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
    if (left === undefined) return [];
    const [first = ''] = left.split(' [');
    const names = [...first.matchAll(/(?:^|, )--?([\w-]+)/g)].map(([, name = '']) => name);
    const byDefault = /\(default: (.*?)\)/.exec(right)?.[1] ?? '';
    // Behind the last name stands what it takes, such as `value` or `USERNAME`.
    const takesOne = / [^-\s]\S*$/.test(first);
    const takes = !takesOne ? 'nothing' : /^-?\d+$/.test(byDefault) ? 'number' : 'text';
    return [{ names, takes, isList: left.includes(' ['), byDefault: byDefault.replace(/^"(.*)"$/, '$1') }];
  });
}
