import { type Pipe, parsePipe, templateFailure } from './go-template-pipe.ts';

/** A part of a template. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe; readonly line: number }
  | { readonly kind: 'break' | 'continue' }
  | BlockNode;

/** A part that is filled in when a condition holds, or once for each of several things. */
export interface BlockNode {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: Pipe;
  readonly line: number;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
}

/** A piece of the text: as it stands, or between braces. */
interface Piece {
  readonly text: string;
  readonly isAction: boolean;
  readonly line: number;
  /** Where in its line it begins. */
  readonly column: number;
}

/**
 * Reads a template of Go (https://pkg.go.dev/text/template), without templates inside it.
 *
 * @param functions names of those that there are
 * @throws GoTemplateError
 */
export function parseGoTemplate(text: string, functions: readonly string[]): readonly TemplateNode[] {
  const reader = new NodeReader(piecesOf(text), functions);
  const nodes = reader.read([]);
  if (reader.end) throw templateFailure(reader.end.line, `unexpected {{${reader.end.word}}}`);
  return nodes;
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let place = 0;
  let trims = false;
  const position = (at: number): { line: number; column: number } => {
    const before = text.slice(0, at);
    return { line: before.split('\n').length, column: at - (before.lastIndexOf('\n') + 1) };
  };
  while (place < text.length) {
    const open = text.indexOf('{{', place);
    const end = open < 0 ? text.length : open;
    const trimsNext = open >= 0 && /^\{\{-\s/.test(text.slice(open));
    let literal = text.slice(place, end);
    if (trims) literal = literal.trimStart();
    if (trimsNext) literal = literal.trimEnd();
    if (literal !== '') pieces.push({ text: literal, isAction: false, ...position(place) });
    if (open < 0) break;
    const inside = open + (trimsNext ? 3 : 2);
    const close = endOfAction(text, inside, position(inside).line);
    if (close < 0) throw templateFailure(position(text.length).line, 'unclosed action');
    const whole = text.slice(inside, close);
    trims = /\s-$/.test(whole);
    const action = trims ? whole.slice(0, -1) : whole;
    if (!/^\s*\/\*[\s\S]*\*\/\s*$/.test(action)) {
      pieces.push({ text: action, isAction: true, ...position(inside) });
    }
    place = close + 2;
  }
  return pieces;
}

/** Braces in quotes end nothing. */
function endOfAction(text: string, from: number, line: number): number {
  if (/^\s*\/\*/.test(text.slice(from))) {
    const comment = text.indexOf('*/', from);
    if (comment < 0) throw templateFailure(line, 'unclosed comment');
    if (!/^\*\/(\s-)?\}\}/.test(text.slice(comment)))
      throw templateFailure(line, 'comment ends before closing delimiter');
    return text.indexOf('}}', comment);
  }
  let quote: string | undefined;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote === undefined && text.startsWith('}}', at)) return at;
    if (quote !== undefined && char === '\\' && quote !== '`') at++;
    else if (char === quote) quote = undefined;
    else if (quote === undefined && /["'`]/.test(char)) quote = char;
  }
  if (quote !== undefined) throw templateFailure(line, `unterminated ${quoted[quote]}`);
  return -1;
}

/** What Go calls what stands in quotes. */
const quoted: Readonly<Record<string, string>> = {
  '"': 'quoted string',
  "'": 'character constant',
  '`': 'raw quoted string',
};

class NodeReader {
  /** What ended the last list. */
  end:
    | { readonly word: string; readonly rest: string; readonly line: number; readonly piece: Piece }
    | undefined;
  readonly #pieces: readonly Piece[];
  readonly #functions: readonly string[];
  #place = 0;
  /** How many loops are open. */
  #loops = 0;

  constructor(pieces: readonly Piece[], functions: readonly string[]) {
    this.#pieces = pieces;
    this.#functions = functions;
  }

  /** @param enders the words that may end the list; none for the whole text */
  read(enders: readonly string[]): TemplateNode[] {
    const nodes: TemplateNode[] = [];
    for (;;) {
      const piece = this.#pieces[this.#place];
      if (!piece) {
        this.end = undefined;
        if (enders.length === 0) return nodes;
        throw templateFailure(this.#pieces.at(-1)?.line ?? 1, 'unexpected EOF');
      }
      this.#place += 1;
      if (!piece.isAction) {
        nodes.push({ kind: 'text', text: piece.text });
        continue;
      }
      const [, blanks = '', word = ''] = /^(\s*)([a-z]+)?/.exec(piece.text) ?? [];
      const rest = piece.text.slice(blanks.length + word.length);
      if (word === 'end' || word === 'else') {
        this.end = { word, rest, line: piece.line, piece };
        return nodes;
      }
      nodes.push(this.#node(piece, word, rest));
    }
  }

  #node(piece: Piece, word: string, rest: string): TemplateNode {
    const { line, column, text } = piece;
    if (word === 'if' || word === 'with' || word === 'range') {
      return this.#block(word, rest, line, column + text.length - rest.length);
    }
    if (word === 'break' || word === 'continue') {
      if (this.#loops === 0) throw templateFailure(line, `{{${word}}} outside {{range}}`);
      return { kind: word };
    }
    if (word === 'template' || word === 'define' || word === 'block') {
      throw templateFailure(line, `{{${word}}} is not simulated here`);
    }
    const pipe = parsePipe(text, line, column, this.#functions);
    if (pipe.commands.length === 0) throw templateFailure(line, 'missing value for command');
    return { kind: 'action', pipe, line };
  }

  #block(kind: 'if' | 'with' | 'range', rest: string, line: number, column: number): TemplateNode {
    const pipe = parsePipe(rest, line, column, this.#functions);
    if (pipe.commands.length === 0) throw templateFailure(line, `missing value for ${kind}`);
    this.#loops += kind === 'range' ? 1 : 0;
    const body = this.read(['end', 'else']);
    this.#loops -= kind === 'range' ? 1 : 0;
    if (this.end?.word !== 'else') return { kind, pipe, line, body, otherwise: [] };
    const { rest: condition, line: at, piece } = this.end;
    const [, inner] = /^\s+(if|with)\b/.exec(condition) ?? [];
    if (inner === undefined) {
      const otherwise = this.read(['end']);
      if (this.end.word === 'else') throw templateFailure(at, 'expected end; found {{else}}');
      return { kind, pipe, line, body, otherwise };
    }
    const start = condition.indexOf(inner) + inner.length;
    const where = piece.column + piece.text.length - condition.length + start;
    return {
      kind,
      pipe,
      line,
      body,
      otherwise: [this.#block(inner as 'if' | 'with', condition.slice(start), at, where)],
    };
  }
}
