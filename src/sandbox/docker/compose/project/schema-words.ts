/** Why a value is not taken, in the words of the schema of compose files. */
export const validating = (file: string, path: string, what: string): string =>
  `validating ${file}: ${path.replace(/\[(\d+)\]/g, '.$1')} ${what}`;

/** What the schema wants where a text is wanted, by the key. */
export function textOr(path: string): string {
  if (/\.(command|entrypoint)$/.test(path)) return 'must be a null';
  if (/\.ports\[\d+\]$/.test(path)) return 'must be a number';
  return /\.(mem_\w+|memswap_limit|shm_size)$/.test(path) ? 'must be a number or string' : 'must be a string';
}

/** What the schema wants where a mapping is wanted, by the key. */
export function mappingOr(path: string, value: string): string {
  if (/^services\.[^.]+\.(depends_on|networks)$/.test(path) && value !== '') return 'must be a array';
  if (/^services\.[^.]+\.build$/.test(path)) return 'must be a string';
  return /\.deploy$|^(volumes|networks)\.[^.]+$/.test(path)
    ? 'must be a mapping or null'
    : 'must be a mapping';
}

/** What the schema wants of a text, by what the loader calls it. */
export const patterns: Readonly<Record<string, string>> = {
  'name for a container': '[a-zA-Z0-9][a-zA-Z0-9_.-]+',
  'policy of pulling':
    '^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$',
};
