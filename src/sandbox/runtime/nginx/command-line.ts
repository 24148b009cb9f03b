/** What a command line of nginx asks for. */
export interface NginxOptions {
  readonly v?: boolean;
  readonly V?: boolean;
  readonly t?: boolean;
  readonly s?: string;
  readonly g?: string;
  readonly c?: string;
}

/** Reads a command line of nginx. @returns what is wrong with it, where something is */
export function readNginxOptions(args: readonly string[]): NginxOptions | string {
  const options: Record<string, string | boolean> = {};
  for (let place = 0; place < args.length; place++) {
    const word = args[place] ?? '';
    const letter = word[1] ?? '';
    if (word[0] !== '-') return `invalid option: "${word}"`;
    if ('vVtTqh'.includes(letter)) options[letter] = true;
    else if ('sgcpe'.includes(letter)) {
      const value = word.length > 2 ? word.slice(2) : args[++place];
      if (value === undefined) return `option "-${letter}" requires parameter`;
      options[letter] = value;
    } else return `invalid option: "${letter}"`;
  }
  return options;
}
