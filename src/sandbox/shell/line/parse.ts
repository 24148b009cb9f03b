import { parseScript as read } from '../../runtime/shell/parser.ts';
import { type Command, SyntaxProblem } from '../../runtime/shell/syntax.ts';

/** The text is no command; the message is what a shell says. */
export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure';
  /** Whether more lines could make it one: a quote, a here-document or a loop is open. */
  readonly isUnfinished: boolean;
  /** What a line has to hold before that can be; undefined where anything may follow. */
  readonly awaited: string | undefined;

  constructor(message: string, isUnfinished = false, awaited?: string) {
    super(message);
    this.isUnfinished = isUnfinished;
    this.awaited = awaited;
  }
}

/** A script, and what a shell says of it although it runs it. */
export interface ReadScript {
  readonly command: Command;
  readonly warning?: string;
}

/**
 * Reads a script as bash does.
 *
 * @throws SyntaxFailure
 */
export function parseScript(text: string): ReadScript {
  const plain = wholeLines(text);
  try {
    return { command: read(plain, 'bash', true) };
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const { expected } = error;
    const command = error.isOpen && !error.isQuote && expected ? withoutEnd(plain) : undefined;
    if (!command) throw failureOf(error);
    const line = plain.slice(0, plain.lastIndexOf(`<<`)).split('\n').length;
    return {
      command,
      warning: `warning: here-document at line ${line} delimited by end-of-file (wanted \`${expected}')`,
    };
  }
}

/**
 * Whether a text goes on in the next line, and what that line has to hold then.
 *
 * @returns undefined when it does not go on
 */
export function unfinished(text: string): { readonly awaited: string | undefined } | undefined {
  if (/(^|[^\\])(\\\\)*\\$/.test(text)) return { awaited: undefined };
  try {
    read(wholeLines(text), 'bash', true);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return error.isOpen ? { awaited: error.expected } : undefined;
  }
}

/** A text whose last line has an end too: here-documents begin behind it. */
function wholeLines(text: string): string {
  return `${text.replaceAll('\r\n', '\n')}\n`;
}

/** A here-document that the script ends in is taken as it is. */
function withoutEnd(text: string): Command | undefined {
  try {
    return read(text, 'bash');
  } catch (error) {
    if (error instanceof SyntaxProblem) return undefined;
    throw error;
  }
}

function failureOf({ token, isQuote, expected, isOpen }: SyntaxProblem): SyntaxFailure {
  if (isQuote) {
    return new SyntaxFailure(`unexpected EOF while looking for matching \`${expected}'`, true, expected);
  }
  if (isOpen) return new SyntaxFailure('syntax error: unexpected end of file', true, expected);
  const shown = token === '\n' ? 'newline' : token;
  return new SyntaxFailure(`syntax error near unexpected token \`${shown}'`);
}
