/** Which shell it is: they say the same things differently, and bash knows more. */
export type Flavour = 'ash' | 'dash' | 'bash';

/** A part of a word, before it is expanded. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'tilde'; readonly user: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      /** Such as `:-` or `%%`; `#` before the name is `length`. */
      readonly operator: string;
      readonly word: Word;
      /** Behind a second slash or colon. */
      readonly other?: Word;
      readonly quoted: boolean;
    }
  /** `$(…)`: its text, and its number among those of its command, which is given when that is compiled. */
  | { readonly kind: 'command'; readonly source: string; readonly quoted: boolean; slot: number }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean };

export type Word = readonly WordPart[];

export interface Redirect {
  readonly fd: number;
  readonly operator: '<' | '>' | '>|' | '>>' | '<&' | '>&' | '<<' | '&>';
  /** Of a here-document its text. */
  readonly target: Word;
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
  readonly appends: boolean;
}

export interface SimpleCommand {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly line: number;
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: Command;
}

/** A command of the shell's grammar (POSIX, Shell Command Language, 2.10). */
export type Command =
  | SimpleCommand
  | {
      readonly kind: 'list';
      readonly items: readonly { readonly command: Command; readonly background: boolean }[];
    }
  | { readonly kind: 'pipeline'; readonly stages: readonly Command[] }
  | { readonly kind: 'not'; readonly command: Command }
  | { readonly kind: 'and' | 'or'; readonly left: Command; readonly right: Command }
  | { readonly kind: 'subshell' | 'group'; readonly body: Command; readonly redirects: readonly Redirect[] }
  | {
      readonly kind: 'if';
      readonly clauses: readonly { readonly condition: Command; readonly body: Command }[];
      readonly otherwise?: Command;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'while';
      readonly isUntil: boolean;
      readonly condition: Command;
      readonly body: Command;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'for';
      readonly name: string;
      /** Without them the positional parameters. */
      readonly words?: readonly Word[];
      readonly body: Command;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'case';
      readonly word: Word;
      readonly items: readonly CaseItem[];
      readonly redirects: readonly Redirect[];
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command };

/** What the shells have words of their own for, whatever stands where it must not. */
type SyntaxReason =
  | 'bad for loop variable'
  | 'bad substitution'
  | "missing '}'"
  | "missing '))'"
  | 'EOF in backquote substitution';

/** What a script cannot be read for. */
export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem';
  /** What stands where it must not; undefined for the end of the script. */
  readonly token: string | undefined;
  readonly expected: string | undefined;
  readonly line: number;
  /** Whether more lines could make it right. */
  readonly isOpen: boolean;
  readonly isQuote: boolean;
  readonly reason: SyntaxReason | undefined;
  /** What is wrong, as it is written. */
  readonly source: string;

  constructor(problem: {
    token?: string;
    expected?: string;
    line: number;
    isQuote?: boolean;
    reason?: SyntaxReason;
    source?: string;
  }) {
    super('syntax error');
    this.reason = problem.reason;
    this.source = problem.source ?? '';
    this.token = problem.token;
    this.expected = problem.expected;
    this.line = problem.line;
    this.isQuote = problem.isQuote ?? false;
    this.isOpen = problem.token === undefined;
  }
}

/** What ash and dash call what they did not expect: they name operators and reserved words only. */
function tokenName(token: string | undefined): string {
  if (token === undefined) return 'end of file';
  if (token === '\n') return 'newline';
  if (/^[<>]/.test(token)) return 'redirection';
  const isNamed = /^(?:[;&|()]+|if|then|elif|else|fi|for|while|until|do|done|case|esac|in|[{}!])$/.test(
    token,
  );
  return isNamed ? `"${token}"` : 'word';
}

/** A problem of syntax in the words of a shell. @param script the whole of what was read */
export function describeProblem(
  problem: SyntaxProblem,
  flavour: Flavour,
  name: string,
  script: string,
): string {
  const { token, expected, line, isQuote, reason } = problem;
  if (flavour === 'bash') {
    if (reason === 'bad substitution') return `${name}: line ${line}: ${problem.source}: ${reason}`;
    const last = script.replace(/\n$/, '').split('\n').length;
    if (isQuote)
      return `${name}: line ${line}: unexpected EOF while looking for matching \`${expected ?? '"'}'`;
    if (token === undefined) return `${name}: line ${last + 1}: syntax error: unexpected end of file`;
    const shown = token === '\n' ? 'newline' : token;
    const text = script.split('\n')[line - 1] ?? '';
    return `${name}: line ${line}: syntax error near unexpected token \`${shown}'\n${name}: line ${line}: \`${text}'`;
  }
  const expecting = expected === undefined ? '' : ` (expecting "${expected}")`;
  if (flavour === 'dash') {
    if (reason !== undefined) {
      const text = reason.charAt(0).toUpperCase() + reason.slice(1);
      return `${name}: ${line}: ${reason === 'bad substitution' ? '' : 'Syntax error: '}${text}`;
    }
    if (isQuote) return `${name}: ${line}: Syntax error: Unterminated quoted string`;
    return `${name}: ${line}: Syntax error: ${tokenName(token)} unexpected${expecting}`;
  }
  const at = line > 1 ? `line ${line}: ` : '';
  if (reason !== undefined) return `${name}: ${at}syntax error: ${reason}`;
  if (isQuote) return `${name}: ${at}syntax error: unterminated quoted string`;
  return `${name}: ${at}syntax error: unexpected ${tokenName(token)}${expecting}`;
}
