import {
  type KubectlFlag,
  type KubectlGrammar,
  kubectlCommands,
  kubectlGrammar,
} from '../../kubernetes/grammar.ts';
import type { KubectlCommand } from '../../kubernetes/parse.ts';
import { commands } from './commands.ts';

/** What each command is for, in the order in which they are shown. */
const purposes: readonly (readonly [group: string, commands: Readonly<Record<string, string>>])[] = [
  [
    'Look',
    {
      get: 'list objects, or show some of them',
      describe: 'all about an object, with its events',
      logs: 'what a container wrote',
      events: 'what happened lately',
      top: 'how much nodes and Pods use',
      explain: 'what a field is for',
      wait: 'wait until something is so',
      diff: 'what apply would change',
    },
  ],
  [
    'Change',
    {
      create: 'make an object',
      apply: 'make objects as a manifest says',
      run: 'start a Pod',
      expose: 'put a Service before something',
      set: 'change an image, a variable, a limit',
      edit: 'change an object in an editor',
      patch: 'change fields of an object',
      replace: 'put another object in its place',
      label: 'set labels',
      annotate: 'set annotations',
      delete: 'delete objects',
      rollout: 'follow, undo and restart a rollout',
      scale: 'how many replicas there are',
      autoscale: 'let the load say how many there are',
    },
  ],
  [
    'Get in',
    {
      exec: 'run a command in a container',
      attach: 'join what runs in a container',
      cp: 'copy files from and to a container',
      'port-forward': 'reach a port of a Pod from here',
      debug: 'look into a Pod with a container of your own',
    },
  ],
  [
    'The cluster',
    {
      cordon: 'let no new Pod on a node',
      uncordon: 'let Pods on a node again',
      drain: 'move the Pods of a node away',
      taint: 'set taints of a node',
      'cluster-info': 'where the cluster is',
      'api-resources': 'which kinds there are',
      'api-versions': 'which API versions there are',
      auth: 'what you may do',
    },
  ],
  ['Yourself', { config: 'which cluster and namespace you mean', version: 'which version this is' }],
];

/** Whether a line is there to ask for help. */
export function isHelpAsked({ command, flags }: KubectlCommand): boolean {
  const isFlag = flags.some(({ name, value }) => name === '--help' && value !== 'false');
  return isFlag || command === 'kubectl help' || command === 'kubectl options';
}

/**
 * The help that a line asks for, with `--help` or by naming a command that has others below it; undefined for
 * a line that is to be run. It is short; all there is to say stands at kubernetes.io.
 */
export function helpFor(line: KubectlCommand): string | undefined {
  const { command, args } = line;
  if (command === 'kubectl help') return helpOf(['kubectl', ...args].join(' '));
  if (command === 'kubectl options') return optionsText();
  const grammar = kubectlGrammar(command);
  const isGroup = grammar !== undefined && grammar.subcommands.length > 0 && !isSimulated(command);
  return isHelpAsked(line) || isGroup ? helpOf(command) : undefined;
}

function helpOf(command: string): string {
  const grammar = kubectlGrammar(command);
  if (!grammar || command === 'kubectl') return overview();
  const below = grammar.subcommands.map((name) => `${command} ${name}`);
  const parts = [
    `${purposeOf(grammar)}\n`,
    `Usage:\n  ${command}${below.length > 0 && !isSimulated(command) ? ' COMMAND' : ''} [flags]\n`,
  ];
  if (below.some(isSimulated)) {
    parts.push(
      `Commands:\n${below
        .filter(isSimulated)
        .map((each) => `  ${each}\n`)
        .join('')}`,
    );
  }
  const missing = below.filter((each) => !isSimulated(each));
  if (missing.length > 0) parts.push(`Not simulated here: ${missing.join(', ')}\n`);
  const shown = grammar.flags.filter(({ hidden, only }) => !hidden && isCurrent(only));
  if (shown.length > 0) parts.push(`Flags:\n${shown.map(flagLine).join('')}`);
  if (below.length === 0 && !isSimulated(command)) parts.push('It is not simulated here.\n');
  parts.push('Flags that every command takes: kubectl options\n');
  parts.push(`All there is to say of it: ${addressOf(command)}\n`);
  return parts.join('\n');
}

function overview(): string {
  const groups = purposes.map(([group, commands]) => {
    const lines = Object.entries(commands)
      .filter(([name]) => isSimulated(`kubectl ${name}`) || belowOf(name).some(isSimulated))
      .map(([name, purpose]) => `  ${name.padEnd(15)}${purpose}\n`);
    return `${group}:\n${lines.join('')}`;
  });
  const missing = kubectlCommands()
    .filter((command) => command.split(' ').length === 2 && isCurrent(kubectlGrammar(command)?.only))
    .map((command) => command.slice('kubectl '.length))
    .filter((name) => !['help', 'options'].includes(name))
    .filter((name) => !isSimulated(`kubectl ${name}`) && !belowOf(name).some(isSimulated));
  return [
    'kubectl speaks to a Kubernetes cluster: here to the one of the sandbox, as kubectl 1.36 does.\n',
    ...groups,
    `Not simulated here: ${missing.join(', ')}\n`,
    'Usage:\n  kubectl [command] [TYPE] [NAME] [flags]\n',
    'More about a command: kubectl COMMAND --help\nFlags that every command takes: kubectl options',
    `All there is to say: ${addressOf('kubectl')}\n`,
  ].join('\n');
}

function optionsText(): string {
  const flags = kubectlGrammar('kubectl')?.flags ?? [];
  const shown = flags.filter(({ hidden, only }) => !hidden && isCurrent(only));
  return `Flags that every command takes:\n\n${shown.map(flagLine).join('')}`;
}

function flagLine({ name, shorthand, type, default: given }: KubectlFlag): string {
  const quoted = type === 'string' ? `'${given ?? ''}'` : (given ?? emptyOf(type));
  return `  ${shorthand === undefined ? '   ' : `${shorthand},`} ${name}=${quoted}\n`;
}

function emptyOf(type: KubectlFlag['type']): string {
  if (type === 'bool') return 'false';
  if (type === 'duration') return '0s';
  return /^(int|int32|level)$/.test(type) ? '0' : '[]';
}

function purposeOf({ path }: KubectlGrammar): string {
  const [, first = ''] = path.split(' ');
  for (const [, commands] of purposes) {
    const purpose = commands[first];
    if (purpose !== undefined) return `${path}: ${purpose}.`;
  }
  return `${path}.`;
}

function belowOf(name: string): string[] {
  const path = `kubectl ${name}`;
  return (kubectlGrammar(path)?.subcommands ?? []).map((each) => `${path} ${each}`);
}

function isSimulated(command: string): boolean {
  return Object.hasOwn(commands, command.slice('kubectl '.length));
}

function isCurrent(only: string | undefined): boolean {
  return only === undefined || only === '1.36';
}

function addressOf(command: string): string {
  const name = command.replaceAll(' ', '_');
  const [, first] = command.split(' ');
  const folder = first === undefined ? '' : `kubectl_${first}/`;
  const page = command.split(' ').length > 2 ? `${name}/` : '';
  return `https://kubernetes.io/docs/reference/kubectl/generated/${folder}${page}`;
}
