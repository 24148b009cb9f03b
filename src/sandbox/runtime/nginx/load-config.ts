import { caught } from '../../thrown.ts';
import { FileError } from '../files/file-error.ts';
import { folderOf, join, normalPath } from '../files/paths.ts';
import type { ProcessFiles } from '../files/process-files.ts';
import { globPattern } from '../text/glob.ts';
import { ConfigError, parseConfig } from './config.ts';
import { type NginxConfig, readServers } from './servers.ts';

/** The texts that a configuration was read from, by their paths: what a running nginx remembers of it. */
export type ConfigTexts = Readonly<Record<string, string>>;

/** Where nginx looks for its configuration. */
export const configPath = '/etc/nginx/nginx.conf';

/** Many servers have the same texts: they share one record of them, and what it comes to. */
const same = new Map<string, ConfigTexts>();
const parsed = new WeakMap<ConfigTexts, NginxConfig>();
const mostShared = 50;

/**
 * Reads the files of the configuration, and those that they name.
 *
 * @throws ConfigError in nginx's words
 */
export function loadConfig(files: ProcessFiles, path = configPath): ConfigTexts {
  const texts: Record<string, string> = {};
  const read = (name: string, where: string, within: readonly string[]): void => {
    if (within.includes(name))
      throw new ConfigError(`the sandbox does not follow "${name}", which includes itself${where}`);
    const text = readText(files, name, where);
    texts[name] = text;
    for (const { pattern, line } of includedIn(text))
      for (const each of filesOf(files, pattern)) read(each, ` in ${name}:${line}`, [...within, name]);
  };
  read(path, '', []);
  const key = Object.entries(texts).flat().join('\0');
  const known = same.get(key);
  if (known) return known;
  configOf(texts);
  if (same.size >= mostShared) same.clear();
  same.set(key, texts);
  return texts;
}

/** What the texts of a configuration come to. */
export function configOf(texts: ConfigTexts): NginxConfig {
  const known = parsed.get(texts);
  if (known) return known;
  const [path = configPath, text = ''] = Object.entries(texts)[0] ?? [];
  const found = readServers(
    parseConfig(path, text, (pattern) => {
      const fits = globPattern(normalPath(pattern, '/etc/nginx'));
      return Object.entries(texts).filter(([name]) => fits.test(name));
    }),
  );
  parsed.set(texts, found);
  return found;
}

/** Where a configuration names others. */
const includes = /^[ \t]*include[ \t]+["']?([^;"'\s]+)["']?[ \t]*;/gm;

function includedIn(text: string): readonly { readonly pattern: string; readonly line: number }[] {
  return Array.from(text.matchAll(includes), ({ 1: pattern = '', index }) => ({
    pattern,
    line: text.slice(0, index).split('\n').length,
  }));
}

/** @throws ConfigError when it cannot be read; `where` says what names it */
function readText(files: ProcessFiles, name: string, where: string): string {
  try {
    return files.read(name);
  } catch (thrown) {
    throw new ConfigError(`open() "${name}" failed (${caught(thrown, FileError).numbered})${where}`);
  }
}

/** The files that a pattern of `include` stands for; the types of files are known without their list. */
function filesOf(files: ProcessFiles, pattern: string): readonly string[] {
  const whole = normalPath(pattern, '/etc/nginx');
  if (whole.endsWith('/mime.types')) return [];
  if (!/[*?[]/.test(whole)) return [whole];
  const folder = folderOf(whole);
  const fits = globPattern(whole);
  const names = files.look(folder)?.kind === 'folder' ? files.list(folder) : [];
  return names.map((name) => join(folder, name)).filter((name) => fits.test(name));
}
