import { DockerRefusal } from '../../../docker/refusal.ts';
import { listFolder, readFile, type Steps } from '../../effects.ts';

/**
 * Reads a file of `NAME=value` lines (pkg/kvfile of docker/cli): blank lines and those that begin with `#` are
 * left out, and a bare name takes the value that `env` has for it.
 *
 * @param env nothing is looked up where it is left out
 * @throws DockerRefusal where there is no such file, or a name that is none
 */
export function* readPairsFile(
  path: string,
  env: Readonly<Record<string, string>> = {},
): Steps<readonly string[]> {
  const text = yield* readFile(path);
  if (text === undefined) {
    if ((yield* listFolder(path)) !== undefined) throw wrongFile(path, `read ${path}: is a directory`);
    throw new DockerRefusal(`open ${path}: no such file or directory`, 'Name a file that is there.');
  }
  const pairs: string[] = [];
  for (const whole of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const line = whole.trimStart();
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    const name = equals < 0 ? line : line.slice(0, equals);
    if (name === '') throw wrongFile(path, `no variable name on line '${line}'`);
    if (/[ \t]/.test(name)) throw wrongFile(path, `variable '${name}' contains whitespaces`);
    if (equals >= 0) pairs.push(line);
    else if (Object.hasOwn(env, name)) pairs.push(`${name}=${env[name]}`);
  }
  return pairs;
}

function wrongFile(path: string, why: string): DockerRefusal {
  return new DockerRefusal(`invalid env file (${path}): ${why}`, 'A line is NAME=value.');
}
