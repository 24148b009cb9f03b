import { recordedCommands } from './grammar-data.ts';

/** What kubectl says of one of its flags. */
export interface KubectlFlag {
  /** Such as `--all-namespaces`. */
  readonly name: string;
  /** Such as `-A`. */
  readonly shorthand?: string;
  readonly type: KubectlFlagType;
  /** What it is when it is given without a value; a switch is `true`. Others need a value. */
  readonly alone?: string;
  /** Left out where it is false, nothing or zero. */
  readonly default?: string;
  /** Deprecated, not in the help, and still read. */
  readonly hidden?: true;
  /** The minor version that has it, such as `1.36`, where not all of 1.32 and 1.36 do. */
  readonly only?: string;
}

/** Types as kubectl's flag library names them (https://pkg.go.dev/github.com/spf13/pflag). */
export type KubectlFlagType =
  | 'bool'
  | 'duration'
  | 'int'
  | 'int32'
  // How much is logged: in decimal only.
  | 'level'
  | 'modules'
  | 'string'
  | 'stringArray'
  | 'stringSlice'
  | 'stringToString';

/** A command of kubectl with its own flags; the global ones are those of `kubectl`. */
export interface KubectlGrammar {
  /** Such as `kubectl rollout restart`. */
  readonly path: string;
  /** Other words for the last one of its path. */
  readonly aliases: readonly string[];
  /** Names of the commands below it. */
  readonly subcommands: readonly string[];
  readonly flags: readonly KubectlFlag[];
  readonly only?: string;
}

const known = new Map<string, KubectlGrammar>();

/**
 * What there is to know of a command, by its canonical path: `kubectl`, `kubectl rollout restart`. Recorded
 * from kubectl 1.32 and 1.36.
 */
export function kubectlGrammar(path: string): KubectlGrammar | undefined {
  const found = known.get(path);
  if (found) return found;
  const below =
    path === 'kubectl' ? '' : path.startsWith('kubectl ') ? path.slice('kubectl '.length) : undefined;
  if (below === undefined || !Object.hasOwn(recordedCommands, below)) return undefined;
  const read = readCommand(path, recordedCommands[below] ?? '');
  known.set(path, read);
  return read;
}

/** Every command of kubectl 1.32 and 1.36 by its canonical path, `kubectl` itself first. */
export function kubectlCommands(): readonly string[] {
  return Object.keys(recordedCommands).map((below) => (below === '' ? 'kubectl' : `kubectl ${below}`));
}

/**
 * A path as kubectl itself says it: `kubectl top pods` is `kubectl top pod`, `k create ns` is
 * `kubectl create namespace`.
 *
 * @returns undefined when there is no such command
 */
export function canonicalKubectl(path: string): string | undefined {
  const [program, ...names] = path.split(' ');
  if (program !== 'kubectl' && program !== 'k') return undefined;
  let at = kubectlGrammar('kubectl');
  for (const name of names) at = at && subcommandOf(at, name);
  return at?.path;
}

/** The command below another that a word names, be it by an alias. */
export function subcommandOf(grammar: KubectlGrammar, word: string): KubectlGrammar | undefined {
  const name = grammar.subcommands.find(
    (each) => each === word || kubectlGrammar(`${grammar.path} ${each}`)?.aliases.includes(word),
  );
  return name === undefined ? undefined : kubectlGrammar(`${grammar.path} ${name}`);
}

function readCommand(path: string, line: string): KubectlGrammar {
  const [head = '', flags = ''] = line.split('|');
  const [aliases = '', only] = head.split('@');
  const start = `${path} `;
  return {
    path,
    aliases: aliases.split(',').filter(Boolean),
    subcommands: kubectlCommands()
      .filter((each) => each.startsWith(start) && !each.includes(' ', start.length))
      .map((each) => each.slice(start.length)),
    flags: flags.split(' ').filter(Boolean).map(readFlag),
    ...(only === undefined ? {} : { only }),
  };
}

/** `name,shorthand:type?alone=default!@version`; everything but the name may be missing. */
const form = /^([^,:?=!@]+)(?:,(\w))?(?::(\w+))?(?:\?([^=!@]+))?(?:=([^!@]+))?(!)?(?:@(.+))?$/;

function readFlag(text: string): KubectlFlag {
  const [, name = '', shorthand, type = 'string', alone, value, hidden, only] = form.exec(text) ?? [];
  return {
    name: `--${name}`,
    type: type as KubectlFlagType,
    ...(shorthand === undefined ? {} : { shorthand: `-${shorthand}` }),
    ...(type === 'bool' ? { alone: 'true' } : alone === undefined ? {} : { alone }),
    ...(value === undefined ? {} : { default: decodeURIComponent(value) }),
    ...(hidden === undefined ? {} : { hidden: true }),
    ...(only === undefined ? {} : { only }),
  };
}
