/** What a command line of nginx asks for. */
export interface NginxOptions {
  readonly v?: boolean;
  readonly V?: boolean;
  readonly t?: boolean;
  readonly q?: boolean;
  readonly s?: string;
  readonly g?: string;
  readonly c?: string;
}

/** What an option that takes a value is called where it has none. */
const missing: ReadonlyMap<string, string> = new Map([
  ['c', 'option "-c" requires file name'],
  ['e', 'option "-e" requires file name'],
  ['g', 'option "-g" requires parameter'],
  ['p', 'option "-p" requires directory name'],
  ['s', 'option "-s" requires parameter'],
]);

/** Reads a command line of nginx. @returns what is wrong with it, where something is (ngx_get_options) */
export function readNginxOptions(args: readonly string[]): NginxOptions | string {
  const options: Record<string, string | boolean> = {};
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('-')) return `invalid option: "${word}"`;
    for (const [place, letter] of [...word.slice(1)].entries()) {
      const complaint = missing.get(letter);
      if (complaint !== undefined) {
        const value = word.slice(place + 2) || words.shift();
        if (value === undefined) return complaint;
        options[letter] = value;
        break;
      }
      if (!'vVtTqh'.includes(letter)) return `invalid option: "${letter}"`;
      options[letter] = true;
    }
  }
  return options;
}
