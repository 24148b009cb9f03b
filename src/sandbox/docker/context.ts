import { GivenFlags } from '../../docker/given-flags.ts';
import type { DockerCommand } from '../../docker/parse.ts';
import type { Steps } from '../effects.ts';

/** Where a command runs. */
export interface Surroundings {
  /** The learner's home directory in the world. */
  readonly home: string;
  /** Variables of the shell; `PWD` is the current directory. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a command of docker is run with. */
export class DockerContext {
  readonly command: DockerCommand;
  /** Flags of the command; a flag that is not given is as in its help. */
  readonly flags: GivenFlags;
  readonly args: readonly string[];
  readonly surroundings: Surroundings;
  /** The command as the client calls it, such as `docker ps` or `docker container ls`. */
  readonly path: string;

  constructor(command: DockerCommand, path: string, surroundings: Surroundings) {
    this.command = command;
    this.flags = new GivenFlags(command);
    this.args = command.args;
    this.path = path;
    this.surroundings = surroundings;
  }

  /** An argument by its place; empty where it is left out. */
  argument(place: number): string {
    return this.args[place] ?? '';
  }

  /** A path of the learner's machine from the root, without `.` and `..`. */
  resolve(path: string): string {
    const from = path.startsWith('/') ? '' : (this.surroundings.env.PWD ?? this.surroundings.home);
    const parts: string[] = [];
    for (const part of `${from}/${path}`.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '' && part !== '.') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }
}

/** Runs a command of docker. @returns its exit code; what it throws ends it too */
export type RunCommand = (context: DockerContext) => Steps<number>;
