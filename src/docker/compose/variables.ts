/** What a variable is; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined;

/** What is wrong with a text that has variables in it. */
export class VariableError extends Error {
  override readonly name = 'VariableError';
  /** Of the one that is needed and missing. */
  readonly variable: string | undefined;

  constructor(message: string, variable?: string) {
    super(message);
    this.variable = variable;
  }
}

const nameAt = /[_a-z][_a-z0-9]*/iy;
const operatorAt = /:?[-?+]/y;

/** A default in a default in a default … */
const deepest = 50;

/**
 * A text with its variables replaced: `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:?error}`,
 * `${X?error}`, `${X:+other}`, `${X+other}`; `$$` is a dollar
 * (https://docs.docker.com/reference/compose-file/interpolation/, template/template.go of compose-go).
 *
 * @param unset told of every variable that is not set and has no default
 * @throws VariableError when a `${` is not closed, or a variable that is needed is missing
 */
export function substitute(text: string, lookup: Lookup, unset: (name: string) => void, depth = 0): string {
  if (!text.includes('$')) return text;
  if (depth > deepest) throw new VariableError('defaults are nested too deeply');
  let result = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) return result + text.slice(at);
    result += text.slice(at, dollar);
    const next = text[dollar + 1];
    if (next === '$') {
      result += '$';
      at = dollar + 2;
    } else if (next === '{') {
      const end = closingBrace(text, dollar);
      result += braced(text.slice(dollar + 2, end), lookup, unset, depth);
      at = end + 1;
    } else {
      nameAt.lastIndex = dollar + 1;
      const name = nameAt.exec(text)?.[0];
      // A dollar before anything else is a dollar.
      result += name === undefined ? '$' : variable(name, lookup, unset);
      at = dollar + 1 + (name?.length ?? 0);
    }
  }
  return result;
}

function braced(inside: string, lookup: Lookup, unset: (name: string) => void, depth: number): string {
  nameAt.lastIndex = 0;
  const name = nameAt.exec(inside)?.[0];
  if (name === undefined) throw invalid(inside);
  if (name.length === inside.length) return variable(name, lookup, unset);
  operatorAt.lastIndex = name.length;
  const operator = operatorAt.exec(inside)?.[0];
  if (operator === undefined) throw invalid(inside);
  const rest = inside.slice(name.length + operator.length);
  const value = lookup(name);
  const isThere = value !== undefined && (operator.length === 1 || value !== '');
  const other = (): string => substitute(rest, lookup, unset, depth + 1);
  if (operator.endsWith('-')) return isThere ? value : other();
  if (operator.endsWith('+')) return isThere ? other() : (value ?? '');
  if (isThere) return value;
  const reason = other();
  throw new VariableError(
    `the variable ${name} is needed and missing${reason === '' ? '' : `: ${reason}`}`,
    name,
  );
}

function variable(name: string, lookup: Lookup, unset: (name: string) => void): string {
  const value = lookup(name);
  if (value === undefined) unset(name);
  return value ?? '';
}

/** As compose counts: every brace that opens, opens one. */
function closingBrace(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '}') {
      open -= 1;
      if (open === 0) return at;
    } else if (text[at] === '{') {
      open += 1;
      at += 1;
      // `${}` holds no name.
      if (text[at] === '}' && open === 1) throw invalid('');
    }
  }
  // `{}` in a default counts as one that opens; compose takes the last brace of the line then.
  const last = text.slice(from).split('\n', 1)[0]?.lastIndexOf('}') ?? -1;
  if (last < 0) throw invalid(text.slice(from + 2));
  return from + last;
}

function invalid(inside: string): VariableError {
  return new VariableError(`\${${inside.slice(0, 60)} is no variable`);
}
