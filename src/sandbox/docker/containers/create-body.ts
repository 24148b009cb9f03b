import type { ContainerBody, HostConfig } from '../../../docker/container-body.ts';
import type { ContainerRequest } from '../../../docker/container-request.ts';
import type { Mount } from '../../../docker/mounts.ts';
import { parseLabel } from '../../../docker/pairs.ts';
import { DockerRefusal } from '../../../docker/refusal.ts';
import { readFile, type Steps } from '../../effects.ts';
import { goJsonComplaint } from '../../go/go-json-complaint.ts';
import { throwUnless } from '../../thrown.ts';
import type { DockerContext } from '../context.ts';
import { readPairsFile } from './pairs-file.ts';

/**
 * The body of a `create` with what depends on the machine put in: files of variables and labels, variables of
 * the shell, and paths from the root (cli/command/container/opts.go of docker/cli).
 *
 * @throws DockerRefusal where a file is not there, or holds what is no variable
 */
export function* createBody(
  context: DockerContext,
  { body, envFiles, labelFiles }: ContainerRequest,
): Steps<ContainerBody> {
  const { env } = context.surroundings;
  const fromFiles = yield* pairsOf('--env-file', envFiles, env);
  const labels = (yield* pairsOf('--label-file', labelFiles)).map((line) => {
    const { name, value } = parseLabel(line);
    return [name, value] as const;
  });
  return {
    ...body,
    Env: [...fromFiles, ...withShellValues(body.Env, env)],
    Labels: { ...Object.fromEntries(labels), ...body.Labels },
    HostConfig: {
      ...body.HostConfig,
      Binds: body.HostConfig.Binds.map((bind) => absoluteBind(bind, context)),
      Mounts: body.HostConfig.Mounts.map((mount) => absoluteMount(mount, context)),
      SecurityOpt: yield* securityOptions(body.HostConfig),
    },
  };
}

function* pairsOf(
  flag: string,
  paths: readonly string[],
  env?: Readonly<Record<string, string>>,
): Steps<readonly string[]> {
  const pairs: string[] = [];
  for (const path of paths) {
    try {
      pairs.push(...(yield* readPairsFile(path, env)));
    } catch (error) {
      throwUnless(error, DockerRefusal);
      throw new DockerRefusal(`${flag}: ${error.message}`, error.hint);
    }
  }
  return pairs;
}

/** A bare name takes the shell's value; where the shell has none, the engine leaves the image's out. */
export function withShellValues(
  given: readonly string[],
  env: Readonly<Record<string, string>>,
): readonly string[] {
  return given.map((text) =>
    !text.includes('=') && Object.hasOwn(env, text) ? `${text}=${env[text]}` : text,
  );
}

/** A source that begins with a dot is a path from where the learner is. */
function absoluteBind(bind: string, context: DockerContext): string {
  const colon = bind.indexOf(':');
  return bind.startsWith('.') && colon > 0 ? context.resolve(bind.slice(0, colon)) + bind.slice(colon) : bind;
}

/** The same for `--mount`, where a name is never a path. */
function absoluteMount(mount: Mount, context: DockerContext): Mount {
  const { Type, Source = '' } = mount;
  if (Type !== 'bind' || !/^\.\.?(\/|$)/.test(Source)) return mount;
  return { ...mount, Source: context.resolve(Source) };
}

/** A seccomp profile is read from its file. */
function* securityOptions({ SecurityOpt }: HostConfig): Steps<readonly string[]> {
  const options: string[] = [];
  for (const option of SecurityOpt) {
    const [, path] = /^seccomp[=:](?!unconfined$|builtin$)(.*)$/.exec(option) ?? [];
    if (path === undefined) {
      options.push(option);
      continue;
    }
    const text = yield* readFile(path);
    if (text === undefined) {
      throw new DockerRefusal(
        `opening seccomp profile (${path}) failed: open ${path}: no such file or directory`,
        'Name a file that is there.',
      );
    }
    options.push(`seccomp=${compacted(text, path)}`);
  }
  return options;
}

function compacted(text: string, path: string): string {
  const complaint = goJsonComplaint(text);
  if (complaint === undefined) return JSON.stringify(JSON.parse(text));
  throw new DockerRefusal(
    `compacting json for seccomp profile (${path}) failed: ${complaint}`,
    'It is JSON.',
  );
}
