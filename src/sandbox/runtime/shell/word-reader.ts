import { backquoted, type Cursor, enter, escaped, lineAt, unclosed, upTo } from './cursor.ts';
import { SyntaxProblem, type Word, type WordPart } from './syntax.ts';

/** What ends a word where nothing is quoted. */
const ends = new Set([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')']);

/**
 * Reads a word: up to a blank or an operator, or up to an end that is given.
 *
 * @param isEnd what ends it besides the end of the script; blanks and operators when it is left out
 * @throws SyntaxProblem
 */
export function readWord(
  cursor: Cursor,
  isEnd: (character: string) => boolean = (each) => ends.has(each),
): Word {
  const parts: WordPart[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') parts.push({ kind: 'text', text, quoted: false });
    text = '';
  };
  enter(cursor);
  if (cursor.text[cursor.place] === '~') {
    const rest = cursor.text.slice(cursor.place, cursor.place + 100);
    const [whole, user] = /^~([\w.-]*)(?=[/:\s;&|<>()]|$)/.exec(rest) ?? [];
    if (whole !== undefined && user !== undefined) {
      parts.push({ kind: 'tilde', user });
      cursor.place += whole.length;
    }
  }
  for (;;) {
    const character = cursor.text[cursor.place];
    if (character === undefined || isEnd(character)) break;
    cursor.place += 1;
    if (character === '\\') {
      const next = cursor.text[cursor.place];
      cursor.place += 1;
      if (next === '\n') continue;
      flush();
      parts.push({ kind: 'text', text: next ?? '\\', quoted: true });
    } else if (character === "'") {
      flush();
      parts.push({ kind: 'text', text: upTo(cursor, "'"), quoted: true });
    } else if (character === '"') {
      flush();
      parts.push(...readQuoted(cursor, '"'));
    } else if (character === '$' || character === '`') {
      const part = readDollar(cursor, character, false);
      if (part) {
        flush();
        parts.push(part);
      } else text += character;
    } else text += character;
  }
  flush();
  cursor.depth -= 1;
  return parts;
}

/**
 * Reads what stands between double quotes, or a here-document.
 *
 * @param end the closing quote; empty for the end of the text
 * @throws SyntaxProblem
 */
export function readQuoted(cursor: Cursor, end: '"' | ''): Word {
  const parts: WordPart[] = [];
  const start = cursor.place;
  let text = '';
  const flush = (always = false) => {
    if (text !== '' || (always && parts.length === 0)) parts.push({ kind: 'text', text, quoted: true });
    text = '';
  };
  enter(cursor);
  for (;;) {
    const character = cursor.text[cursor.place];
    if (character === undefined) {
      if (end === '') break;
      throw new SyntaxProblem({ line: lineAt(cursor.text, start), isQuote: true, expected: '"' });
    }
    cursor.place += 1;
    if (character === end) break;
    if (character === '\\') {
      const next = cursor.text.charAt(cursor.place);
      const isSpecial = next !== '' && `$\`\\\n${end}`.includes(next);
      if (isSpecial) cursor.place += 1;
      // A line that goes on has no end.
      if (next !== '\n') text += isSpecial ? next : '\\';
    } else if (character === '$' || character === '`') {
      const part = readDollar(cursor, character, true);
      if (part) {
        flush();
        parts.push(part);
      } else text += character;
    } else text += character;
  }
  flush(true);
  cursor.depth -= 1;
  return parts;
}

/** Reads what follows a `$` or a backquote. @returns undefined when it stands for itself */
function readDollar(cursor: Cursor, character: string, quoted: boolean): WordPart | undefined {
  if (character === '`') return { kind: 'command', source: backquoted(cursor, quoted), quoted, slot: 0 };
  const rest = cursor.text.slice(cursor.place, cursor.place + 200);
  if (rest.startsWith('((')) {
    const expression = arithmetic(cursor);
    if (expression) return { kind: 'arithmetic', expression, quoted };
  }
  if (rest.startsWith('(')) {
    cursor.place += 1;
    const start = cursor.place;
    cursor.skipList();
    return { kind: 'command', source: cursor.text.slice(start, cursor.place - 1), quoted, slot: 0 };
  }
  if (rest.startsWith('{')) return braced(cursor, quoted);
  if (rest.startsWith("'") && !quoted) {
    cursor.place += 1;
    return { kind: 'text', text: escaped(cursor), quoted: true };
  }
  const name = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(rest)?.[0];
  if (name === undefined) return undefined;
  cursor.place += name.length;
  return { kind: 'parameter', name, operator: '', word: [], quoted };
}

/** `${…}` */
function braced(cursor: Cursor, quoted: boolean): WordPart {
  const start = cursor.place;
  // `${#x}` is a length, `${#}` and `${#-x}` are about the number of parameters.
  const head =
    /^\{(#(?=(?:[A-Za-z_]\w*(?:\[[^\]]*\])?|\d+|[@*#?$!-])\}))?(!?)([A-Za-z_]\w*(?:\[[^\]]*\])?|\d+|[@*#?$!-])/.exec(
      cursor.text.slice(start, start + 300),
    );
  const bad = (): never => {
    const source = `$${/^\{[^}]*\}?/.exec(cursor.text.slice(start))}`;
    throw new SyntaxProblem({ line: lineAt(cursor.text, start), reason: 'bad substitution', source });
  };
  if (!head) return bad();
  let [whole, length = '', indirect = '', name = ''] = head;
  cursor.place = start + whole.length;
  if (length === '#') {
    cursor.place += 1;
    return { kind: 'parameter', name, operator: 'length', word: [], quoted };
  }
  if (indirect === '!') name = `!${name}`;
  const operator =
    /^(?::?[-=?+]|%%?|##?|\/\/?|\^\^?|,,?|:)/.exec(cursor.text.slice(cursor.place, cursor.place + 2))?.[0] ??
    '';
  cursor.place += operator.length;
  if (operator === '' && cursor.text[cursor.place] !== '}') {
    if (cursor.text[cursor.place] === undefined) unclosed(cursor, start);
    return bad();
  }
  const splits = operator === ':' ? ':' : operator.startsWith('/') ? '/' : '';
  const isEnd = (each: string) => each === '}' || (splits !== '' && each === splits);
  const word = innerWord(cursor, quoted, isEnd);
  let other: Word | undefined;
  if (splits !== '' && cursor.text[cursor.place] === splits) {
    cursor.place += 1;
    other = innerWord(cursor, quoted, (each) => each === '}');
  }
  if (cursor.text[cursor.place] !== '}') unclosed(cursor, start);
  cursor.place += 1;
  return { kind: 'parameter', name, operator, word, quoted, ...(other ? { other } : {}) };
}

/** The word within braces. Within double quotes single quotes stand for themselves there. */
function innerWord(cursor: Cursor, quoted: boolean, isEnd: (character: string) => boolean): Word {
  if (!quoted) return readWord(cursor, isEnd);
  const parts: WordPart[] = [];
  let text = '';
  enter(cursor);
  for (;;) {
    const character = cursor.text[cursor.place];
    if (character === undefined || isEnd(character)) break;
    cursor.place += 1;
    const next = cursor.text.charAt(cursor.place);
    if (character === '\\' && next !== '' && '$`"\\}'.includes(next)) {
      text += next;
      cursor.place += 1;
    } else if (character === '"') continue;
    else if (character === '$' || character === '`') {
      const part = readDollar(cursor, character, true);
      if (!part) text += character;
      else {
        if (text !== '') parts.push({ kind: 'text', text, quoted: false });
        text = '';
        parts.push(part);
      }
    } else text += character;
  }
  if (text !== '') parts.push({ kind: 'text', text, quoted: false });
  cursor.depth -= 1;
  return parts;
}

/** `$((…))`; undefined when it is a subshell in a command substitution. */
function arithmetic(cursor: Cursor): Word | undefined {
  let open = 0;
  for (let place = cursor.place; place < cursor.text.length; place++) {
    const character = cursor.text[place];
    if (character === '(') open += 1;
    if (character !== ')') continue;
    open -= 1;
    if (open !== 0) continue;
    if (cursor.text[place - 1] !== ')') return undefined;
    const inner = cursor.text.slice(cursor.place + 2, place - 1);
    const own: Cursor = { text: inner, place: 0, depth: cursor.depth, skipList: () => {} };
    // Where `$(…)` ends in it is looked for in the script itself.
    own.skipList = () => {
      const at = cursor.place;
      cursor.place = at + 2 + own.place;
      cursor.skipList();
      own.place = cursor.place - at - 2;
      cursor.place = at;
    };
    const word = readQuoted(own, '');
    cursor.place = place + 1;
    return word;
  }
  const line = lineAt(cursor.text, cursor.place);
  throw new SyntaxProblem({ line, expected: ')', isQuote: true, reason: "missing '))'" });
}
