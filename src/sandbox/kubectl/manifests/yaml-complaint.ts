import type { LineCounter, YAMLParseError } from 'yaml';

/**
 * What kubectl's reader (sigs.k8s.io/yaml/goyaml.v2) says of a fault in a manifest. What its scanner finds is told
 * with the line it stands on, what its parser finds with the line before, and nothing with a first line.
 *
 * @param text that was read
 */
export function yamlComplaint(error: YAMLParseError, text: string, lines: LineCounter): string {
  const { code, message } = error;
  const [start, end] = error.pos;
  // The end of a text counts as a line of its own, whether the last line is ended or not.
  const more = text.endsWith('\n') ? 0 : 1;
  const lineAt = (offset: number): number => lines.linePos(offset).line + (offset < text.length ? 0 : more);
  switch (code) {
    case 'TAB_AS_INDENT':
    case 'BAD_SCALAR_START':
      return scanned('found character that cannot start any token', lineAt(Math.max(start, end - 1)));
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return scanned('mapping values are not allowed in this context', lineAt(colonAfter(text, start)));
    case 'MISSING_CHAR':
      if (/quote/.test(message)) {
        return scanned('found unexpected end of stream', lineAt(Math.max(start, end - 1)));
      }
      if (/without - indicator/.test(message)) return parsed(inBlock(text, start), lineAt(start));
      return scanned("could not find expected ':'", lineAt(afterKey(text, start)));
    case 'BAD_INDENT': {
      const closing = /end with a ([}\]])/.exec(message)?.[1];
      return parsed(
        closing ? `did not find expected ',' or '${closing}'` : inBlock(text, start),
        lineAt(start),
      );
    }
    case 'UNEXPECTED_TOKEN':
      if (/block-seq-ind/.test(message)) {
        return scanned('block sequence entries are not allowed in this context', lineAt(start));
      }
      return parsed(inBlock(text, start), lineAt(start));
    default:
      return scanned(message.replace(/ at line.*$/s, ''), lineAt(Math.max(start, end - 1)));
  }
}

function scanned(what: string, line: number): string {
  return line > 1 ? `line ${line}: ${what}` : what;
}

function parsed(what: string, line: number): string {
  return line > 1 ? `line ${line - 1}: ${what}` : what;
}

/** What a block wants that goes on otherwise than it began: an item of a sequence, or a key. */
function inBlock(text: string, offset: number): string {
  const before = text.slice(0, lineStart(text, offset)).split('\n').slice(0, -1).reverse();
  const own = indentOf(text.slice(lineStart(text, offset)));
  const item = before.find((line) => line.trim() !== '' && indentOf(line) <= own);
  if (item === undefined || !/^ *-( |$)/.test(item)) return 'did not find expected key';
  const parent = before
    .slice(before.indexOf(item))
    .find((line) => line.trim() !== '' && !/^ *-( |$)/.test(line) && indentOf(line) <= indentOf(item));
  // A sequence that is not indented belongs to the mapping that its key is in.
  const isIndented = parent === undefined || indentOf(parent) < indentOf(item);
  return isIndented ? "did not find expected '-' indicator" : 'did not find expected key';
}

function colonAfter(text: string, offset: number): number {
  const found = text.slice(offset).search(/:(\s|$)/);
  return found < 0 ? offset : offset + found;
}

/** Where what follows a key begins: lines that are indented further belong to it. */
function afterKey(text: string, offset: number): number {
  const own = indentOf(text.slice(lineStart(text, offset)));
  let at = offset;
  for (;;) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
    const line = text.slice(at).replace(/\n.*$/s, '');
    const isBlank = /^ *(#.*)?$/.test(line);
    if (!isBlank && indentOf(line) <= own) return at;
  }
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function indentOf(line: string): number {
  return line.search(/[^ ]|$/);
}
