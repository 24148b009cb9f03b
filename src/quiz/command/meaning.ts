import { commandGrammar } from '../../docker/grammar.ts';
import type { DockerCommand } from '../../docker/parse.ts';
import type { KubectlCommand } from '../../kubernetes/parse.ts';
import type { TypedLine } from '../typed-line.ts';
import { isHarmless, kubectlFlags } from './kubectl-flags.ts';
import { readKubectlArguments } from './kubectl-words.ts';

/** What a command line asks for, without how it is spelled. */
export interface Meaning {
  /** `kubectl`, `docker`, `podman`, `nerdctl`. */
  readonly program: string;
  /** Canonical, such as `kubectl rollout restart`. */
  readonly command: string;
  /** Plurals of the kinds of objects that it names. */
  readonly kinds: readonly string[];
  readonly names: readonly string[];
  /** Arguments that are no objects. */
  readonly words: readonly string[];
  /** By their long names; of several values each stands on a line. */
  readonly flags: ReadonlyMap<string, string>;
  /** What stands behind `--`. */
  readonly behind: readonly string[];
  /** Where input comes from and output goes to, as it was typed. */
  readonly rest: string;
  /** Whether a flag of this line may be there without being asked for. */
  readonly isHarmless: (flag: string) => boolean;
}

/** What a line means; undefined when its program would refuse it. */
export function meaningOf(line: TypedLine): Meaning | undefined {
  if (line.program === 'refused') return undefined;
  return line.program === 'kubectl'
    ? kubectlMeaning(line.command, line.rest)
    : dockerMeaning(line.command, line.rest);
}

function kubectlMeaning(line: KubectlCommand, rest: string): Meaning {
  const args = readKubectlArguments(line);
  const flags = kubectlFlags(line, args);
  return {
    program: 'kubectl',
    command: line.command,
    kinds: args.kinds,
    names: args.names,
    words: args.others,
    flags,
    behind: line.afterDashes,
    rest: oneRest(rest),
    isHarmless: (flag) => isHarmless(line.command, flag, flags),
  };
}

/** Types of flags that may be given often: all values count, and their order says nothing. Of others the last one does. */
const lists: readonly string[] = [
  ...['list', 'map', 'filter', 'stringArray', 'stringSlice', 'stringToString', 'ipSlice', 'ipNetSlice'],
  ...[
    'ulimit',
    'scale',
    'gpu-request',
    'mount',
    'network',
    'port',
    'pref',
    'config',
    'secret',
    'external-ca',
  ],
];

function dockerMeaning(line: DockerCommand, rest: string): Meaning {
  const flags = new Map<string, string>();
  const grammar = commandGrammar(line.command)?.flags ?? [];
  for (const { name: given, value } of [...line.globals, ...line.flags]) {
    const name = synonyms[given] ?? given;
    const type = grammar.find((flag) => flag.name === given)?.type ?? 'string';
    const isSwitch = type === 'bool';
    if (isSwitch && /^(0|f|F|FALSE|false|False)$/.test(value)) flags.delete(name);
    else if (isSwitch) flags.set(name, 'true');
    else if (lists.includes(type))
      flags.set(name, [...(flags.get(name)?.split('\n') ?? []), value].sort().join('\n'));
    else flags.set(name, value);
  }
  return {
    // docker-compose is what `docker compose` was called before.
    program: line.program === 'docker-compose' ? 'docker' : line.program,
    command: line.command,
    kinds: [],
    names: [],
    words: line.args,
    flags,
    behind: [],
    rest: oneRest(rest),
    isHarmless: (flag) => flag === '--name' || flag === '--quiet',
  };
}

const synonyms: Readonly<Record<string, string>> = {
  '--net': '--network',
  '--net-alias': '--network-alias',
  '--dns-opt': '--dns-option',
};

function oneRest(rest: string): string {
  return rest.replace(/\s+/g, '');
}
