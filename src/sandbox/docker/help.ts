import { canonicalCommand, commandGrammar, type FlagGrammar, subcommandsOf } from '../../docker/grammar.ts';
import type { DockerCommand, FlagUse } from '../../docker/parse.ts';
import { commands } from './commands.ts';
import { commonCommands, purposes } from './help-purposes.ts';
import { shownPath, usageInHelp } from './usage.ts';

/** Help, and whether it was asked for: what only names a group gets it on standard error. */
export interface Help {
  readonly text: string;
  readonly isAsked: boolean;
}

/**
 * The help that a line asks for, with `--help` or by naming a command that has others below it; undefined for
 * a line that is to be run. It is laid out as the client's, and shorter: what a flag does stands at
 * docs.docker.com.
 *
 * @param path what the client calls the command
 */
export function helpFor({ command, flags, globals }: DockerCommand, path: string): Help | undefined {
  const asked = [...flags, ...globals].find(({ name, value }) => name === '--help' && value === 'true');
  const isGroup = commandGrammar(command)?.runs !== true;
  if (!asked && !isGroup) return undefined;
  const isPlugin = /^docker (compose|buildx)\b/.test(path);
  return { text: warningOf(asked) + helpOf(command, path), isAsked: asked !== undefined || isPlugin };
}

function warningOf(asked: FlagUse | undefined): string {
  return asked?.spelled === '-h' ? 'Flag shorthand -h has been deprecated, use --help\n' : '';
}

function helpOf(command: string, path: string): string {
  const below = [...subcommandsOf(path)].sort().map((name) => ({ name, path: `${path} ${name}` }));
  const shown = below.filter((each) => isListed(each.path) && isSimulated(each.path));
  const missing = below.filter((each) => isListed(each.path) && !isSimulated(each.path));
  const parts = [`Usage:  ${usageInHelp(path)}`, purposeOf(path)];
  const { aliases: others = [], flags = [] } = commandGrammar(command) ?? {};
  const aliases = [command, ...others];
  if (below.length === 0 && aliases.length > 1) parts.push(`Aliases:\n  ${aliases.join(', ')}`);
  const options = optionLines(flags);
  if (path !== 'docker' && options !== '') parts.push(`Options:\n${options}`);
  parts.push(...(path === 'docker' ? topGroups(shown) : listed('Commands', shown)));
  if (missing.length > 0) {
    parts.push(`Not simulated here: ${missing.map(({ name }) => name).join(', ')}`);
  } else if (below.length === 0 && !isSimulated(path)) parts.push('It is not simulated here.');
  if (path === 'docker' && options !== '') parts.push(`Global Options:\n${options}`);
  if (below.length > 0) parts.push(`Run '${path} COMMAND --help' for more information on a command.`);
  parts.push(`All there is to say of it: ${addressOf(command)}`);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

interface Listed {
  readonly name: string;
  readonly path: string;
}

function topGroups(shown: readonly Listed[]): string[] {
  const common = commonCommands.flatMap((name) => shown.find((each) => each.name === name) ?? []);
  const others = shown.filter(({ name }) => !commonCommands.includes(name));
  const isManaging = ({ path }: Listed): boolean => subcommandsOf(path).length > 0;
  return [
    ...listed('Common Commands', common),
    ...listed('Management Commands', others.filter(isManaging)),
    ...listed(
      'Commands',
      others.filter((each) => !isManaging(each)),
    ),
  ];
}

function listed(title: string, shown: readonly Listed[]): string[] {
  if (shown.length === 0) return [];
  const width = Math.max(11, ...shown.map(({ name }) => name.length));
  const lines = shown.map(({ name, path }) => `  ${name.padEnd(width)} ${purposeOf(path)}`.trimEnd());
  return [`${title}:\n${lines.join('\n')}`];
}

function purposeOf(path: string): string {
  const name = path.slice(path.lastIndexOf(' ') + 1);
  return (Object.hasOwn(purposes, name) && purposes[name]) || '';
}

function optionLines(flags: readonly FlagGrammar[]): string {
  return flags
    .filter(({ hidden, name }) => !hidden && name !== '--help')
    .map(({ name, shorthand, type }) => {
      const before = shorthand === undefined ? '    ' : `${shorthand}, `;
      return `  ${before}${name}${type === 'bool' ? '' : ` ${type}`}`;
    })
    .join('\n');
}

/** A command is listed by one of its names: not by those that the client shows as another. */
function isListed(path: string): boolean {
  if (path === 'docker build') return true;
  return shownPath(path) === path && !onlyInSwarm.includes(path);
}

/** What the client lists only where its engine is part of a swarm. */
const onlyInSwarm = ['docker config', 'docker node', 'docker secret', 'docker service', 'docker stack'];

function isSimulated(path: string): boolean {
  if (path.startsWith('docker swarm')) return false;
  const canonical = canonicalCommand(path);
  if (Object.hasOwn(commands, canonical.slice('docker '.length))) return true;
  return subcommandsOf(path).some((name) => isSimulated(`${path} ${name}`));
}

function addressOf(command: string): string {
  return `https://docs.docker.com/reference/cli/${command.replaceAll(' ', '/')}/`;
}
