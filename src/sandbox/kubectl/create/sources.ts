import { listFolder, readFile, type Steps } from '../../effects.ts';
import { noEnvName } from '../changing/name-rules.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';

/** A key and its text, as files and literals give them. */
export interface Entry {
  readonly key: string;
  readonly text: string;
}

/**
 * What `--from-literal`, `--from-file` and `--from-env-file` name.
 *
 * @param what as messages call an env file that is a folder: `config`, `secret`
 * @throws CommandFailure
 */
export function* readSources(
  context: KubectlContext,
  what: 'config' | 'secret',
): Steps<{
  readonly files: readonly Entry[];
  readonly literals: readonly Entry[];
  readonly env: readonly Entry[];
}> {
  const { options } = context;
  const envFiles = options.list('--from-env-file');
  const files = options.list('--from-file');
  const literals = options.all('--from-literal');
  if (envFiles.length > 0 && files.length + literals.length > 0) {
    throw new CommandFailure('from-env-file cannot be combined with from-file or from-literal');
  }
  return {
    files: yield* readFileSources(files),
    literals: literals.map(readLiteral),
    env: yield* readEnvFiles(context, envFiles, what),
  };
}

function readLiteral(source: string): Entry {
  const equals = source.indexOf('=');
  if (equals <= 0) throw new CommandFailure(`invalid literal source ${source}, expected key=value`);
  return { key: source.slice(0, equals), text: source.slice(equals + 1) };
}

/** Files by `path`, `key=path` or a folder of files. @throws CommandFailure */
export function* readFileSources(sources: readonly string[]): Steps<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const source of sources) {
    const { key, path } = fileSource(source);
    const names = yield* listFolder(path);
    if (names === undefined) {
      entries.push({ key, text: yield* demandFile(path) });
      continue;
    }
    if (source.includes('=')) throw new CommandFailure('cannot give a key name for a directory path');
    for (const name of names) {
      const text = yield* readFile(`${path.replace(/\/$/, '')}/${name}`);
      if (text !== undefined) entries.push({ key: name, text });
    }
  }
  return entries;
}

function fileSource(source: string): { readonly key: string; readonly path: string } {
  const parts = source.split('=');
  const [key = '', path = ''] = parts;
  if (parts.length === 1) return { key: source.replace(/\/+$/, '').split('/').at(-1) || '/', path: source };
  if (parts.length > 2) throw new CommandFailure("key names or file paths cannot contain '='");
  if (key === '') throw new CommandFailure(`key name for file path ${path} missing`);
  if (path === '') throw new CommandFailure(`file path for key name ${key} missing`);
  return { key, path };
}

function* demandFile(path: string): Steps<string> {
  const text = yield* readFile(path);
  if (text === undefined) throw new CommandFailure(`error reading ${path}: no such file or directory`);
  return text;
}

function* readEnvFiles(
  { surroundings }: KubectlContext,
  paths: readonly string[],
  what: string,
): Steps<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const path of paths) {
    if ((yield* listFolder(path)) !== undefined) {
      throw new CommandFailure(`env ${what} file cannot be a directory`);
    }
    const text = yield* demandFile(path);
    for (const line of text.replace(/^\u{feff}/u, '').split('\n')) {
      const shown = line.replace(/\r$/, '').trimStart();
      if (shown === '' || shown.startsWith('#')) continue;
      const [key = ''] = shown.split('=');
      const why = noEnvName(key);
      if (why) throw new CommandFailure(`${JSON.stringify(key)} is not a valid key name: ${why}`);
      const value = shown.includes('=') ? shown.slice(key.length + 1) : (surroundings.env[key] ?? '');
      entries.push({ key, text: value });
    }
  }
  return entries;
}
