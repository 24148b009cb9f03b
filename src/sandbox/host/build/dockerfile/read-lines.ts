import { DockerfileError, type LineRange, located } from './dockerfile-error.ts';
import { heredocsOpened } from './heredocs.ts';
import type { Heredoc, InstructionLine } from './instruction-line.ts';
import { lineArguments } from './line-forms.ts';
import { splitCommand } from './split-command.ts';

/** A Dockerfile in its instructions. */
export interface DockerfileLines {
  readonly instructions: readonly InstructionLine[];
  /** `\` or `` ` ``. */
  readonly escape: string;
  /** What `# check=` and `# syntax=` say. */
  readonly directives: ReadonlyMap<string, string>;
  /** Lines at which an instruction that goes on ends behind an empty line. */
  readonly emptyContinuations: readonly number[];
}

/** What may be longer than this is no line of a Dockerfile. */
const longestLine = 64 * 1024 - 1;

/**
 * Parts a Dockerfile into its instructions, as BuildKit does: directives, comments, continued lines, heredocs
 * (frontend/dockerfile/parser of moby/buildkit 0.32).
 *
 * @throws DockerfileError
 */
export function readLines(text: string): DockerfileLines {
  return new LineReader(text).read();
}

class LineReader {
  readonly #lines: readonly string[];
  readonly #directives = new Map<string, string>();
  readonly #instructions: InstructionLine[] = [];
  readonly #emptyContinuations: number[] = [];
  #escape = '\\';
  #isDirectivePlace = true;
  /** How many lines have been read. */
  #count = 0;

  constructor(text: string) {
    const lines = text.replace(/^\ufeff/, '').split('\n');
    if (lines.at(-1) === '') lines.pop();
    this.#lines = lines;
  }

  /** The line that has not been read; undefined behind the last one. */
  get #next(): string | undefined {
    return this.#lines[this.#count];
  }

  read(): DockerfileLines {
    let comments: string[] = [];
    for (let next = this.#next; next !== undefined; next = this.#next) {
      const line = withoutReturn(next).trimStart();
      this.#demandLength(line);
      if (line.startsWith('#')) {
        const comment = line.slice(1).trim();
        if (this.#directive(line)) comments = [];
        else if (comment === '') comments = [];
        else comments.push(comment);
        this.#count += 1;
        continue;
      }
      this.#isDirectivePlace = false;
      this.#count += 1;
      if (line === '') continue;
      this.#instruction(line, comments);
      comments = [];
    }
    const last = this.#lines.length;
    if (this.#instructions.length === 0)
      throw new DockerfileError('file with no instructions', [{ start: last, end: last }]);
    return {
      instructions: this.#instructions,
      escape: this.#escape,
      directives: this.#directives,
      emptyContinuations: this.#emptyContinuations,
    };
  }

  /** Reads `# escape=` and the like, which have to stand before anything else. */
  #directive(line: string): boolean {
    if (!this.#isDirectivePlace) return false;
    const [, name = '', value = ''] = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    const key = name.toLowerCase();
    this.#isDirectivePlace = ['syntax', 'escape', 'check'].includes(key);
    if (!this.#isDirectivePlace) return false;
    const here: LineRange = { start: this.#count, end: this.#count };
    if (this.#directives.has(key))
      throw new DockerfileError(`only one ${key} parser directive can be used`, [here]);
    this.#directives.set(key, value);
    if (key !== 'escape') return true;
    if (value !== '\\' && value !== '`')
      throw new DockerfileError(`invalid escape token '${value}' does not match \` or \\`, [here]);
    this.#escape = value;
    return true;
  }

  #instruction(first: string, comments: readonly string[]): void {
    const start = this.#count;
    let { text, goesOn } = this.#continued(first);
    let isEmptyBetween = false;
    for (let following = this.#next; goesOn && following !== undefined; following = this.#next) {
      const line = withoutReturn(following);
      this.#demandLength(line);
      this.#count += 1;
      if (line.trimStart().startsWith('#')) continue;
      if (line.trim() === '') {
        isEmptyBetween = true;
        continue;
      }
      const next = this.#continued(line);
      text += next.text;
      goesOn = next.goesOn;
    }
    if (isEmptyBetween) this.#emptyContinuations.push(this.#count);
    const whole = text;
    const here = (): LineRange => ({ start, end: this.#count });
    const parted = located(here(), () => this.#parted(whole));
    const heredocs = parted.takesHeredocs ? located(here(), () => this.#heredocs(whole, start)) : [];
    const { takesHeredocs: _, ...line } = parted;
    this.#instructions.push({ ...line, original: whole, heredocs, location: here(), comments });
  }

  /** What a line says without the sign that it goes on. */
  #continued(line: string): { text: string; goesOn: boolean } {
    const mark = this.#escape === '\\' ? '\\\\' : '`';
    const end = new RegExp(`(^|[^${mark}])${mark}[ \\t]*$`);
    return { text: line.replace(end, '$1'), goesOn: end.test(line) };
  }

  #parted(line: string): Pick<InstructionLine, 'command' | 'flags' | 'args' | 'isJson'> & {
    readonly takesHeredocs: boolean;
  } {
    const { command, flags, rest } = splitCommand(line, this.#escape);
    const name = command.toLowerCase();
    if (name === 'onbuild') {
      if (rest === '') return { command, flags, args: [], isJson: false, takesHeredocs: false };
      const inner = this.#parted(rest);
      return { ...inner, command, flags, args: [inner.command, ...inner.args] };
    }
    const { args, isJson } = lineArguments(command, rest, this.#escape);
    const takesHeredocs = ['add', 'copy', 'run'].includes(name) && !isJson && line.includes('<<');
    return { command, flags, args, isJson, takesHeredocs };
  }

  #heredocs(line: string, start: number): readonly Heredoc[] {
    return heredocsOpened(line).map((opening) => {
      const content: string[] = [];
      for (;;) {
        const next = this.#next;
        if (next === undefined)
          throw new DockerfileError('unterminated heredoc', [{ start, end: this.#count }]);
        this.#count += 1;
        const bare = withoutReturn(next);
        if ((opening.chomps ? bare.replace(/^\t+/, '') : bare) === opening.word) break;
        content.push(`${next}\n`);
      }
      return { ...opening, content: content.join('') };
    });
  }

  #demandLength(line: string): void {
    if (line.length <= longestLine) return;
    throw new DockerfileError(`dockerfile line greater than max allowed size of ${longestLine}`, [
      { start: this.#count, end: this.#count },
    ]);
  }
}

function withoutReturn(line: string): string {
  return line.replace(/\r+$/, '');
}
