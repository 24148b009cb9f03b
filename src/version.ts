import { readFileSync } from 'node:fs';

/** Put in by the build. */
declare const builtVersion: string | undefined;

/** The version in package.json. */
export function programVersion(): string {
  if (typeof builtVersion === 'string') return builtVersion;
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
