import { FileError } from '../files/file-error.ts';
import { normalPath } from '../files/paths.ts';
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
  const read = (name: string): void => {
    if (name in texts) return;
    try {
      const text = files.read(name);
      texts[name] = text;
      for (const pattern of includedIn(text)) for (const each of filesOf(files, pattern)) read(each);
    } catch (error) {
      if (error instanceof FileError) throw new ConfigError(`open() "${name}" failed (${error.numbered})`);
      throw error;
    }
  };
  read(path);
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

function includedIn(text: string): readonly string[] {
  return text.includes('include') ? [...text.matchAll(includes)].map(([, pattern = '']) => pattern) : [];
}

/** The files that a pattern of `include` stands for; the types of files are known without their list. */
function filesOf(files: ProcessFiles, pattern: string): readonly string[] {
  const whole = normalPath(pattern, '/etc/nginx');
  if (whole.endsWith('/mime.types')) return [];
  if (!/[*?[]/.test(whole)) return [whole];
  const folder = whole.slice(0, whole.lastIndexOf('/')) || '/';
  const fits = globPattern(whole);
  const names = files.look(folder)?.kind === 'folder' ? files.list(folder) : [];
  return names.map((name) => `${folder}/${name}`).filter((name) => fits.test(name));
}
