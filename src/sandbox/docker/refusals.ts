import type { DockerRefusal } from '../../docker/refusal.ts';
import { usageInRefusal } from './usage.ts';

/** What the client says of a line that it refuses, and the code it ends with. */
export interface Refused {
  readonly text: string;
  readonly exitCode: number;
}

/** What pflag says of a flag that it cannot read. */
const wrongFlag = /^(unknown (shorthand )?flag|flag needs an argument|invalid argument|bad flag syntax)/;

/** Whether a refusal is of a flag. */
export function isWrongFlag(message: string): boolean {
  return wrongFlag.test(message);
}

/** How cli/required.go of docker/cli counts arguments. */
const wrongCount = /^'[^']*' (accepts no arguments|requires )/;

/**
 * A refusal of the line in the client's words (cli/cobra.go, cli/required.go, cmd/docker and the commands of
 * docker/cli).
 *
 * @param path what the client calls the command, such as `docker ps`
 */
export function refusedText({ message }: DockerRefusal, path: string): Refused {
  const [, mount] = withoutTarget.exec(message) ?? [];
  if (mount !== undefined) {
    const text = noTarget(mount);
    return / create$/.test(path) ? { text, exitCode: 1 } : { text: asRunSays(text, path), exitCode: 125 };
  }
  const usage = `Usage:  ${usageInRefusal(path)}`;
  const run = `Run '${path} --help' for more information`;
  if (isWrongFlag(message)) return { text: `${message}\n\n${usage}\n\n${run}`, exitCode: 125 };
  if (wrongCount.test(message)) {
    const advice =
      message.includes('requires at least') && !message.includes(' and at most ') ? 'See' : 'Run';
    const said = isBuild.test(path) ? message.replace(/^'[^']*'/, "'docker buildx build'") : message;
    const text = `docker: ${said}\n\n${usage}\n\n${run.replace('Run', advice)}`;
    return { text: isBuild.test(path) ? `ERROR: ${text}` : text, exitCode: 1 };
  }
  if (message.startsWith('unknown command: ')) {
    const isTop = path === 'docker';
    return { text: `docker: ${message}\n\n${isTop ? '' : `${usage}\n\n`}${run}`, exitCode: 1 };
  }
  if (saysHelp(path) && !isPlain(message)) {
    return / create$/.test(path) && message.includes('unknown operating system')
      ? { text: message, exitCode: 1 }
      : { text: asRunSays(message, path), exitCode: 125 };
  }
  return { text: message, exitCode: 1 };
}

/** What a plugin runs: it says so of what it refuses. */
const isBuild = /^docker (image |builder |buildx )?build$/;

/** A mount without a target is left to the engine; the parser of lines refuses it at once. */
const withoutTarget = /^invalid argument "(.*)" for "--mount" flag: target is required$/;

function noTarget(mount: string): string {
  const type = /(?:^|,)type=([^,]*)/i.exec(mount)?.[1]?.toLowerCase() ?? 'volume';
  return `Error response from daemon: invalid mount config for type "${type}": field Target must not be empty`;
}

function asRunSays(message: string, path: string): string {
  const name = path.slice(path.lastIndexOf(' ') + 1);
  return `docker: ${message}\n\nRun 'docker ${name} --help' for more information`;
}

function saysHelp(path: string): boolean {
  return /^docker (container )?(run|create)$/.test(path);
}

/** What `docker run` checks after it has read its flags is said without more. */
function isPlain(message: string): boolean {
  return /^(conflicting options: cannot specify both --attach|invalid detach keys|"--[\w-]+" is only supported)/.test(
    message,
  );
}
