import {
  type Redirection,
  type Script,
  type SimpleCommand,
  type Step,
  SyntaxFailure,
  type Word,
} from './syntax.ts';
import { readHereDocument, readWord, type Source, skipBlanks } from './words.ts';

/** What bash has and this shell does not: the learner practises kubectl here, not programming. */
const reserved = [
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  'function',
  '{',
  '}',
  '(',
  ')',
];

/**
 * Reads a script: commands with quotes, variables, `$(…)`, pipes, `&&`, `||`, `;`, `&`, redirections and
 * here-documents (POSIX.1-2024, Shell Command Language, 2.3 to 2.9).
 *
 * @throws SyntaxFailure
 */
export function parseScript(text: string): Script {
  const source: Source = { text, place: 0, line: 1, awaited: [] };
  const steps: Step[] = [];
  let when: Step['when'] = 'always';
  for (;;) {
    skipEmptyLines(source);
    if (source.place >= text.length) break;
    const line = source.line;
    const { negated, pipeline } = readPipeline(source);
    const operator = readOperator(source);
    if (pipeline.length === 0) throw unexpected(operator || 'newline', line);
    steps.push({ pipeline, when, negated, background: operator === '&', line });
    when = operator === '&&' ? 'after-success' : operator === '||' ? 'after-failure' : 'always';
    if (when !== 'always') {
      skipEmptyLines(source);
      if (source.place >= text.length) throw new SyntaxFailure('unexpected end of file', source.line, true);
    }
  }
  if (source.awaited.length > 0) throw new SyntaxFailure('here-document is not finished', source.line, true);
  return steps;
}

function skipEmptyLines(source: Source): void {
  for (;;) {
    skipBlanks(source);
    if (source.text[source.place] !== '\n') return;
    endLine(source);
  }
}

/** Here-documents begin behind the line that names them. */
function endLine(source: Source): void {
  source.place += 1;
  source.line += 1;
  for (const document of source.awaited.splice(0)) document.fill(readHereDocument(source, document));
}

function readOperator(source: Source): string {
  skipBlanks(source);
  const found = ['&&', '||', ';', '&', '\n'].find((each) => source.text.startsWith(each, source.place)) ?? '';
  if (found === '\n') endLine(source);
  else source.place += found.length;
  if (found === '' && source.place < source.text.length) {
    throw unexpected(source.text[source.place] ?? '', source.line);
  }
  return found;
}

function readPipeline(source: Source): { negated: boolean; pipeline: SimpleCommand[] } {
  skipBlanks(source);
  const negated = /^!\s/.test(source.text.slice(source.place, source.place + 2));
  if (negated) source.place += 1;
  const pipeline: SimpleCommand[] = [];
  for (;;) {
    const command = readCommand(source);
    if (!command) {
      if (pipeline.length > 0) throw unexpected(source.text[source.place] ?? 'newline', source.line);
      return { negated, pipeline };
    }
    pipeline.push(command);
    skipBlanks(source);
    if (source.text[source.place] !== '|' || source.text[source.place + 1] === '|')
      return { negated, pipeline };
    source.place += 1;
    skipEmptyLines(source);
    if (source.place >= source.text.length)
      throw new SyntaxFailure('unexpected end of file', source.line, true);
  }
}

function readCommand(source: Source): SimpleCommand | undefined {
  const assignments: SimpleCommand['assignments'][number][] = [];
  const words: Word[] = [];
  const redirections: Redirection[] = [];
  for (;;) {
    skipBlanks(source);
    const redirection = readRedirection(source);
    if (redirection) {
      redirections.push(redirection);
      continue;
    }
    const start = source.place;
    const word = readWord(source);
    if (!word) break;
    const assigned =
      words.length === 0 ? assignmentIn(source.text.slice(start, source.place), word) : undefined;
    if (assigned) assignments.push(assigned);
    else {
      if (words.length === 0) refuseReserved(word, source.line);
      words.push(word);
    }
  }
  if (words.length + assignments.length + redirections.length === 0) return undefined;
  return { assignments, words, redirections };
}

function refuseReserved(word: Word, line: number): void {
  const [part] = word;
  if (word.length !== 1 || part?.kind !== 'text' || part.quoted || !reserved.includes(part.text)) return;
  throw new SyntaxFailure(
    `this shell has no '${part.text}'; type the commands one by one, or run a script in a container with sh -c`,
    line,
  );
}

function assignmentIn(text: string, word: Word): SimpleCommand['assignments'][number] | undefined {
  const name = /^([A-Za-z_]\w*)=/.exec(text)?.[1];
  const [first, ...rest] = word;
  if (name === undefined || first?.kind !== 'text' || first.quoted) return undefined;
  return { name, value: [{ ...first, text: first.text.slice(name.length + 1) }, ...rest] };
}

const redirection = /^([012])?(<<-?|<|>>|>&|>|&>)/;

function readRedirection(source: Source): Redirection | undefined {
  const [all, given, sign] = redirection.exec(source.text.slice(source.place, source.place + 4)) ?? [];
  if (all === undefined || sign === undefined) return undefined;
  const { line } = source;
  source.place += all.length;
  skipBlanks(source);
  const start = source.place;
  const target = readWord(source);
  if (!target) throw unexpected(source.text[source.place] ?? 'newline', line);
  const text = source.text.slice(start, source.place);
  const stream = given === undefined ? (sign.startsWith('<') ? 0 : 1) : (Number(given) as 0 | 1 | 2);
  if (sign === '>&') {
    if (text !== '1' && text !== '2') throw new SyntaxFailure(`${text}: bad file descriptor`, line);
    return { stream, kind: text === '1' ? 'same-as-1' : 'same-as-2', target };
  }
  if (sign === '<<' || sign === '<<-') return hereDocument(source, text, sign === '<<-');
  if (sign === '&>') throw new SyntaxFailure("this shell has no '&>'; write > file 2>&1", line);
  return { stream, kind: sign === '<' ? 'read' : sign === '>' ? 'write' : 'append', target };
}

function hereDocument(source: Source, marker: string, isIndented: boolean): Redirection {
  const filled: { stream: 0; kind: 'text'; target: Word } = { stream: 0, kind: 'text', target: [] };
  source.awaited.push({
    marker: marker.replace(/['"\\]/g, ''),
    isLiteral: /['"\\]/.test(marker),
    isIndented,
    fill: (word) => {
      filled.target = word;
    },
  });
  return filled;
}

function unexpected(token: string, line: number): SyntaxFailure {
  return new SyntaxFailure(
    `syntax error near unexpected token \`${token === '\n' ? 'newline' : token}'`,
    line,
  );
}
