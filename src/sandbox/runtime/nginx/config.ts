/** A directive of nginx's configuration: `listen 80;` or, with what is in its block, `server { … }`. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block?: readonly Directive[];
  readonly file: string;
  readonly line: number;
}

/** What nginx says of a configuration that it cannot read. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** Whether nginx had read it all before it found that something is missing. */
  readonly isWhole: boolean;

  constructor(message: string, isWhole = false) {
    super(message);
    this.isWhole = isWhole;
  }
}

interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly line: number;
}

/**
 * Reads a configuration, as far as its form goes.
 *
 * @param include gives the files that `include` names, each as its name and its text
 * @throws ConfigError in nginx's words (src/core/ngx_conf_file.c)
 */
export function parseConfig(
  file: string,
  text: string,
  include: (pattern: string) => readonly (readonly [file: string, text: string])[],
): readonly Directive[] {
  const tokens = tokenize(text, file);
  const last = text.split('\n').length;
  let place = 0;
  const read = (isInBlock: boolean): Directive[] => {
    const found: Directive[] = [];
    for (;;) {
      const first = tokens[place];
      if (!first) {
        if (isInBlock) throw new ConfigError(`unexpected end of file, expecting "}" in ${file}:${last}`);
        return found;
      }
      place += 1;
      if (!first.isQuoted && first.text === '}') {
        if (isInBlock) return found;
        throw new ConfigError(`unexpected "}" in ${file}:${first.line}`);
      }
      if (!first.isQuoted && (first.text === ';' || first.text === '{')) {
        throw new ConfigError(`unexpected "${first.text}" in ${file}:${first.line}`);
      }
      const args: string[] = [];
      for (;;) {
        const next = tokens[place];
        if (!next) throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${last}`);
        place += 1;
        if (!next.isQuoted && next.text === ';') {
          found.push({ name: first.text, args, file, line: first.line });
          break;
        }
        if (!next.isQuoted && next.text === '{') {
          found.push({ name: first.text, args, block: read(true), file, line: first.line });
          break;
        }
        if (!next.isQuoted && next.text === '}')
          throw new ConfigError(`unexpected "}" in ${file}:${next.line}`);
        args.push(next.text);
      }
    }
  };
  return read(false).flatMap((directive) => included(directive, include));
}

/** Directives with those of included files in the place of `include`. */
function included(
  directive: Directive,
  include: (pattern: string) => readonly (readonly [file: string, text: string])[],
): readonly Directive[] {
  if (directive.name === 'include') {
    // The types of files are known without the list.
    const [pattern, ...others] = directive.args;
    if (pattern === undefined || others.length > 0)
      throw new ConfigError(
        `invalid number of arguments in "include" directive in ${directive.file}:${directive.line}`,
      );
    const files = include(pattern).filter(([name]) => !name.endsWith('mime.types'));
    return files.flatMap(([name, text]) => parseConfig(name, text, include));
  }
  if (!directive.block) return [directive];
  return [{ ...directive, block: directive.block.flatMap((inner) => included(inner, include)) }];
}

function tokenize(text: string, file: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|#[^\n]*|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|[{};]|(?:\$\{[^}\s]*\}|[^\s;{}"'#\\]|\\[\s\S]|(?<=[^\s;{}])["'#])+|[\s\S]/g;
  let line = 1;
  for (const [whole, double, single] of text.matchAll(pattern)) {
    const start = line;
    line += whole.split('\n').length - 1;
    if (/^\s/.test(whole) || whole.startsWith('#')) continue;
    const quoted = double ?? single;
    if (quoted === undefined && (whole === '"' || whole === "'")) {
      throw new ConfigError(
        `unexpected end of file, expecting ";" or "}" in ${file}:${text.split('\n').length}`,
      );
    }
    const value = quoted ?? whole;
    tokens.push({
      text: value.replace(/\\(["'\\tnr ;{}])/g, (_, character: string) => escapes[character] ?? character),
      isQuoted: quoted !== undefined,
      line: start,
    });
  }
  return tokens;
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };
