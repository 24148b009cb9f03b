import { nearest } from '../nearest.ts';
import { keywordsOf, logicalLines } from './dockerfile-lines.ts';
import { DockerfileRefusal } from './dockerfile-refusal.ts';

/** Every instruction of a Dockerfile (https://docs.docker.com/reference/dockerfile/). */
export const instructionNames = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
] as const;

export type InstructionName = (typeof instructionNames)[number];

/** One instruction, with the lines it continues on. */
export interface Instruction {
  readonly name: InstructionName;
  /** Where it begins, from 1, and the last line of it, heredocs included. */
  readonly line: number;
  readonly endLine: number;
  /** Flags before the arguments: `--from=build`. */
  readonly flags: readonly { readonly name: string; readonly value: string }[];
  /** What follows, on one line. */
  readonly text: string;
  /** The words of the JSON form, `["nginx", "-g"]`; undefined in the shell form. */
  readonly exec: readonly string[] | undefined;
  /** Contents of heredocs, by the word that ends them. */
  readonly heredocs: readonly { readonly word: string; readonly content: string }[];
}

/** A stage, from one FROM to the next. */
export interface Stage {
  readonly image: string;
  /** After `AS`, in small letters. */
  readonly name: string | undefined;
  readonly line: number;
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  /** Parser directives at the top: `syntax`, `escape`, `check`. */
  readonly directives: ReadonlyMap<string, string>;
  /** ARG before the first FROM. */
  readonly preamble: readonly Instruction[];
  readonly stages: readonly Stage[];
}

/** Instructions that may be given as JSON. */
const withExec: ReadonlySet<InstructionName> = new Set([
  'ADD',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'RUN',
  'SHELL',
  'VOLUME',
]);
const withFlags: ReadonlySet<InstructionName> = new Set(['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN']);

/** Larger files are no Dockerfiles; BuildKit refuses them as well. */
const mostCharacters = 2_000_000;

/**
 * Reads a Dockerfile as BuildKit does: directives, continued lines, comments in between, heredocs, JSON forms
 * (https://docs.docker.com/reference/dockerfile/, frontend/dockerfile/parser of moby/buildkit).
 *
 * @throws DockerfileRefusal for what BuildKit refuses, with the line
 */
export function parseDockerfile(text: string): Dockerfile {
  if (text.length > mostCharacters) {
    throw new DockerfileRefusal(
      `the file is too large: ${(text.length / 1e6).toFixed(1)} million characters`,
      'A Dockerfile has a few hundred lines at most.',
      1,
    );
  }
  const { directives, lines } = logicalLines(text);
  const instructions = lines.map((line) =>
    readInstruction(line.text, line.line, line.endLine, line.heredocs),
  );
  const [first] = instructions;
  if (!first)
    throw new DockerfileRefusal('the file holds no instruction', 'A Dockerfile begins with FROM.', 1);
  const preamble: Instruction[] = [];
  const stages: { image: string; name: string | undefined; line: number; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (instruction.name === 'FROM')
      stages.push({ ...readFrom(instruction), line: instruction.line, instructions: [instruction] });
    else if (stages.length > 0) stages.at(-1)?.instructions.push(instruction);
    else if (instruction.name === 'ARG') preamble.push(instruction);
    else
      throw new DockerfileRefusal(
        `${instruction.name} stands before the first FROM`,
        'Only ARG may stand there. Begin with FROM and an image.',
        instruction.line,
      );
  }
  if (stages.length === 0)
    throw new DockerfileRefusal(
      'no build stage: there is no FROM',
      'Begin with FROM and an image.',
      first.line,
    );
  return { directives, preamble, stages };
}

function readInstruction(
  text: string,
  line: number,
  endLine: number,
  heredocs: Instruction['heredocs'],
): Instruction {
  const word = text.replace(/\s[\s\S]*$/, '');
  const after = text.slice(word.length).trimStart();
  const name = instructionNames.find((each) => each === word.toUpperCase());
  if (name === undefined) {
    const [near] = nearest(word.slice(0, 30), instructionNames.map(String), 1);
    throw new DockerfileRefusal(
      `there is no instruction ${JSON.stringify(word.slice(0, 60))}`,
      near === undefined
        ? 'A line begins with an instruction such as RUN. A line that goes on ends in a backslash.'
        : `Did you mean ${near}?`,
      line,
    );
  }
  const { flags, rest } = withFlags.has(name) ? takeFlags(after) : { flags: [], rest: after };
  const exec = withExec.has(name) ? execForm(rest, line) : undefined;
  const mayBeEmpty = name === 'CMD' || name === 'ENTRYPOINT';
  if ((rest === '' || exec?.length === 0) && !mayBeEmpty)
    throw new DockerfileRefusal(`${name} needs an argument`, usage[name], line);
  if (name === 'SHELL' && !exec)
    throw new DockerfileRefusal('SHELL takes the JSON form only', usage.SHELL, line);
  check(name, exec ?? keywordsOf(rest), line);
  return { name, line, endLine, flags, text: rest, exec, heredocs };
}

const usage: Readonly<Record<InstructionName, string>> = {
  ADD: 'Write ADD source target.',
  ARG: 'Write ARG NAME=default.',
  CMD: 'Write CMD ["program", "argument"].',
  COPY: 'Write COPY source target.',
  ENTRYPOINT: 'Write ENTRYPOINT ["program"].',
  ENV: 'Write ENV NAME=value.',
  EXPOSE: 'Write EXPOSE 8080.',
  FROM: 'Write FROM image:tag.',
  HEALTHCHECK: 'Write HEALTHCHECK CMD program, or HEALTHCHECK NONE.',
  LABEL: 'Write LABEL name=value.',
  MAINTAINER: 'Write LABEL org.opencontainers.image.authors=name.',
  ONBUILD: 'Write ONBUILD and another instruction.',
  RUN: 'Write RUN command.',
  SHELL: 'Write SHELL ["/bin/bash", "-c"].',
  STOPSIGNAL: 'Write STOPSIGNAL SIGTERM.',
  USER: 'Write USER 1000.',
  VOLUME: 'Write VOLUME /data.',
  WORKDIR: 'Write WORKDIR /app.',
};

/** @param words the arguments, of the JSON form or with blanks between them */
function check(name: InstructionName, words: readonly string[], line: number): void {
  const [first = ''] = words;
  const keyword = first.toUpperCase();
  if ((name === 'ENV' || name === 'LABEL') && words.length < 2 && !first.includes('='))
    throw new DockerfileRefusal(`${name} needs a name and a value`, usage[name], line);
  if (name === 'HEALTHCHECK' && keyword !== 'NONE' && keyword !== 'CMD')
    throw new DockerfileRefusal(
      `HEALTHCHECK knows CMD and NONE, not ${JSON.stringify(first.slice(0, 40))}`,
      usage.HEALTHCHECK,
      line,
    );
  if (name === 'HEALTHCHECK' && (keyword === 'NONE') !== (words.length === 1))
    throw new DockerfileRefusal(
      keyword === 'NONE' ? 'HEALTHCHECK NONE takes no arguments' : 'HEALTHCHECK CMD needs a command',
      usage.HEALTHCHECK,
      line,
    );
  if (name === 'STOPSIGNAL' && words.length > 1)
    throw new DockerfileRefusal('STOPSIGNAL takes one signal', usage.STOPSIGNAL, line);
  // What else stands there is looked at when the image that builds on this one is built.
  if (name === 'ONBUILD' && ['ONBUILD', 'FROM', 'MAINTAINER'].includes(keyword))
    throw new DockerfileRefusal(`${keyword} is not allowed as an ONBUILD trigger`, usage.ONBUILD, line);
  if ((name === 'COPY' || name === 'ADD') && words.length < 2)
    throw new DockerfileRefusal(`${name} needs a source and a target`, usage[name], line);
}

function takeFlags(text: string): { flags: Instruction['flags']; rest: string } {
  const flags: { name: string; value: string }[] = [];
  let rest = text;
  while (true) {
    const found = /^--([a-z][a-z-]*)(?:=("[^"]*"|\S*))?(?:\s+|$)/.exec(rest);
    if (!found) return { flags, rest };
    const [whole, name = '', value = ''] = found;
    flags.push({ name, value: value.replace(/^"(.*)"$/, '$1') });
    rest = rest.slice(whole.length);
  }
}

/** The words of a JSON list; what is no JSON is of the shell form, as in BuildKit. */
function execForm(text: string, line: number): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  let value: readonly unknown[];
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (value.every((each) => typeof each === 'string')) return value;
  throw new DockerfileRefusal('a JSON list holds texts only', 'Put each word into double quotes.', line);
}

function readFrom({ text, line }: Instruction): { image: string; name: string | undefined } {
  const words = keywordsOf(text);
  const [image = '', as, name] = words;
  const isPlain = words.length === 1;
  if (!isPlain && (words.length !== 3 || as?.toUpperCase() !== 'AS')) {
    throw new DockerfileRefusal(
      'FROM takes an image, and maybe AS and a name',
      'Write FROM image:tag AS build.',
      line,
    );
  }
  if (name !== undefined && !/^[a-z][a-z0-9-_.]*$/i.test(name)) {
    throw new DockerfileRefusal(
      `${JSON.stringify(name)} is no name for a stage`,
      'It begins with a letter; letters, digits, - _ and . follow.',
      line,
    );
  }
  return { image, name: name?.toLowerCase() };
}
