import { DockerfileRefusal } from './dockerfile-refusal.ts';

/** An instruction as it was written, its continued lines joined. */
export interface LogicalLine {
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  readonly heredocs: readonly { readonly word: string; readonly content: string }[];
}

/** Words as a shell has them, with their quotes. */
const shellWord = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g;

/** Lines of a Dockerfile as instructions, with the directives at its top. */
export function logicalLines(text: string): { directives: Map<string, string>; lines: LogicalLine[] } {
  const physical = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const { directives, count } = readDirectives(physical);
  const mark = directives.get('escape') ?? '\\';
  if (mark !== '\\' && mark !== '`') {
    throw new DockerfileRefusal(
      `the escape character cannot be ${JSON.stringify(mark)}`,
      'It is a backslash or a backtick.',
      1,
    );
  }
  const lines: LogicalLine[] = [];
  for (let at = count; at < physical.length; ) {
    const start = at;
    const joined: string[] = [];
    let isOpen = true;
    while (isOpen && at < physical.length) {
      const line = physical[at] ?? '';
      at += 1;
      // Comments and blank lines between continued lines are passed over.
      if (/^\s*#/.test(line) || (joined.length > 0 && line.trim() === '')) {
        if (joined.length === 0) break;
        continue;
      }
      const trimmed = line.trimEnd();
      isOpen = trimmed.endsWith(mark);
      joined.push(isOpen ? trimmed.slice(0, -1) : line);
    }
    const whole = joined.join('').trim();
    if (whole === '') continue;
    const heredocs = takesHeredocs(whole) ? heredocsOf(whole) : [];
    const contents: { word: string; content: string }[] = [];
    for (const { word, strips } of heredocs) {
      let end = at;
      while (end < physical.length && (strips ? physical[end]?.replace(/^\t+/, '') : physical[end]) !== word)
        end += 1;
      if (end >= physical.length)
        throw new DockerfileRefusal(
          `the heredoc ${word} is not closed`,
          `End it with a line that holds ${word} alone.`,
          start + 1,
        );
      contents.push({ word, content: physical.slice(at, end).join('\n') });
      at = end + 1;
    }
    lines.push({ text: whole, line: start + 1, endLine: at, heredocs: contents });
  }
  return { directives, lines };
}

/** Comments of the form `# name=value`, before anything else. */
function readDirectives(physical: readonly string[]): { directives: Map<string, string>; count: number } {
  const directives = new Map<string, string>();
  for (const [index, line] of physical.entries()) {
    const [, name = '', value = ''] = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (!['syntax', 'escape', 'check'].includes(key)) return { directives, count: index };
    if (directives.has(key))
      throw new DockerfileRefusal(`the directive ${key} is given twice`, 'Keep one of the two.', index + 1);
    directives.set(key, value);
  }
  return { directives, count: physical.length };
}

function takesHeredocs(text: string): boolean {
  return /^(ONBUILD\s+)?(RUN|COPY|ADD)\s/i.test(text);
}

/** The heredocs that a line opens: `<<EOF`, `<<-EOF`, `<<"EOF"`, `<< EOF`; the whole word is the name. */
function heredocsOf(text: string): { word: string; strips: boolean }[] {
  const words = text.match(shellWord) ?? [];
  return words.flatMap((word, place) => {
    const found = /^\d*<<(-?)([^<]*)$/.exec(word);
    if (!found) return [];
    const [, dash, name] = found;
    const written = name || words.slice(place + 1, place + 2).join();
    return written === '' ? [] : [{ word: written.replace(/["'\\]/g, ''), strips: dash === '-' }];
  });
}

/** The words of a line that no shell reads: blanks part them. */
export function keywordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
