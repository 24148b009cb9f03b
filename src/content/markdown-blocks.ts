import { Marked, type Token, type Tokens } from 'marked';
import type { Block } from '../lesson/lesson.ts';

/** A top-level piece of a markdown body with the line of the body it starts at, from 1. */
export interface PlacedToken {
  readonly token: Token;
  readonly line: number;
}

/** Splits a markdown body into its top-level pieces. */
export function tokenize(body: string): PlacedToken[] {
  let line = 1;
  return new Marked().lexer(body).map((token) => {
    const placed = { token, line };
    line += token.raw.split('\n').length - 1;
    return placed;
  });
}

/** Whether a piece is a block between fences; code that is only indented is none. */
export function isFence(token: Token): token is Tokens.Code {
  return token.type === 'code' && token.codeBlockStyle !== 'indented';
}

/** Thrown for markdown that a terminal cannot draw well; the message says what to write instead. */
export class UndrawableMarkdown extends Error {
  override readonly name = 'UndrawableMarkdown';
}

/**
 * The prose blocks: paragraphs, lists, tables and remarks.
 *
 * @throws UndrawableMarkdown for anything else
 */
export function proseBlock(token: Token): Block {
  switch (token.type) {
    case 'paragraph':
      return { kind: 'paragraph', text: inline(token as Tokens.Paragraph) };
    case 'blockquote':
      return { kind: 'remark', text: remarkText(token as Tokens.Blockquote) };
    case 'list': {
      const list = token as Tokens.List;
      return { kind: 'list', ordered: list.ordered, items: list.items.map(itemText) };
    }
    case 'table': {
      const table = token as Tokens.Table;
      return {
        kind: 'table',
        head: table.header.map((cell) => cellText(cell)),
        rows: table.rows.map((row) => row.map((cell) => cellText(cell))),
      };
    }
    case 'code':
      throw new UndrawableMarkdown('indented code: put it between ``` fences and name the language');
    default:
      throw new UndrawableMarkdown(
        `${token.type} is not drawn in a terminal; use plain paragraphs and lists`,
      );
  }
}

const allowedMarks = new Set(['text', 'strong', 'em', 'codespan', 'link', 'br', 'escape']);

/** The text of an inline token, one line, its marks checked and kept as they were written. */
function inline({ raw, tokens = [] }: { raw: string; tokens?: Token[] | undefined }): string {
  checkMarks(tokens);
  return raw.trim().replace(/\s*\n\s*/g, ' ');
}

function checkMarks(marks: readonly Token[]): void {
  for (const mark of marks) {
    if (!allowedMarks.has(mark.type)) {
      throw new UndrawableMarkdown(
        `'${mark.raw.slice(0, 30)}' is ${mark.type}; only \`code\`, **strong**, *em* and [text](url) are drawn`,
      );
    }
    if ('tokens' in mark && mark.tokens) checkMarks(mark.tokens);
  }
}

function remarkText(quote: Tokens.Blockquote): string {
  const [only, ...more] = quote.tokens.filter((token) => token.type !== 'space');
  if (more.length > 0 || only?.type !== 'paragraph') {
    throw new UndrawableMarkdown('a remark (>) holds one paragraph and no more');
  }
  return inline(only as Tokens.Paragraph);
}

function itemText(item: Tokens.ListItem): string {
  const parts = item.tokens.filter((token) => token.type !== 'space');
  const [only] = parts;
  if (parts.length !== 1 || !only || (only.type !== 'text' && only.type !== 'paragraph')) {
    throw new UndrawableMarkdown('a list item holds one paragraph; lists inside lists are not drawn');
  }
  return inline(only as Tokens.Text);
}

function cellText(cell: Tokens.TableCell): string {
  return inline({ raw: cell.text, tokens: cell.tokens });
}
