import type { Tokens } from 'marked';
import type { z } from 'zod';
import type { Block, Diagram, Step, Task } from '../lesson/lesson.ts';
import { nearest } from '../nearest.ts';
import { consoleBlock } from './console-block.ts';
import type { Finding } from './finding.ts';
import { checkSchema, predictSchema } from './item-schema.ts';
import { lintProse } from './lint-prose.ts';
import { isFence, type PlacedToken, proseBlock, tokenize, UndrawableMarkdown } from './markdown-blocks.ts';
import { joinNotes, type ReplayNote, readNote } from './replay-note.ts';
import { counterpartsSchema, frontMatterSchema, trySchema } from './schema.ts';
import { itemOf } from './written-item.ts';
import { readYaml } from './yaml-source.ts';

/** A block, and the line of the file that it stands at. */
interface PlacedBlock {
  readonly block: Block;
  readonly line: number;
}

/** A step, and the lines of the file that it and its blocks stand at. */
interface PlacedStep {
  readonly step: Step;
  readonly line: number;
  readonly blocks: readonly PlacedBlock[];
}

/** A lesson as it was written, with the lines its parts stand at. */
export interface LessonText {
  readonly file: string;
  readonly front: z.infer<typeof frontMatterSchema>;
  readonly steps: readonly Step[];
  /** False when something in it could not be understood and is left out. */
  readonly isWhole: boolean;
  /** The same steps with their lines. */
  readonly placed: readonly PlacedStep[];
  /** What is said to whoever replays it, by the line of the file that its block stands at. */
  readonly notes: ReadonlyMap<number, ReplayNote>;
}

/** What a lesson's front matter stands between. */
const frontMatter = /^---\n([\s\S]*?)\n---\n/;

/**
 * Reads one lesson.md.
 *
 * @param file its path below `lessons/`, for findings
 * @param diagrams the drawings it may refer to, by id
 */
export function readLesson(
  text: string,
  file: string,
  diagrams: ReadonlyMap<string, Diagram>,
): { lesson?: LessonText; findings: Finding[] } {
  const front = frontMatter.exec(text);
  if (!front) {
    return {
      findings: [{ file, line: 1, message: 'starts with front matter between two lines of three hyphens' }],
    };
  }
  const [, yaml = ''] = front;
  const fields = readYaml(yaml, frontMatterSchema, file, 2);
  if (Array.isArray(fields)) return { findings: fields };

  const reader = new BodyReader(fields.value.id, file, front[0].split('\n').length - 1, diagrams);
  for (const placed of tokenize(text.slice(front[0].length))) reader.take(placed);
  reader.endStep();
  return {
    lesson: {
      file,
      front: fields.value,
      steps: reader.steps,
      isWhole: reader.isWhole,
      placed: reader.placed,
      notes: reader.notes,
    },
    findings: reader.findings,
  };
}

/** Collects tokens into steps: `---` and interactive fences end one, `##` starts a section. */
class BodyReader {
  readonly steps: Step[] = [];
  readonly placed: PlacedStep[] = [];
  readonly findings: Finding[] = [];
  readonly notes = new Map<number, ReplayNote>();
  isWhole = true;
  readonly #lesson: string;
  readonly #file: string;
  readonly #linesBefore: number;
  readonly #diagrams: ReadonlyMap<string, Diagram>;
  #section = '';
  #place = 0;
  #blocks: PlacedBlock[] = [];
  /** Comments that wait for the block they are about. */
  #note: ReplayNote | undefined;

  constructor(lesson: string, file: string, linesBefore: number, diagrams: ReadonlyMap<string, Diagram>) {
    this.#lesson = lesson;
    this.#file = file;
    this.#linesBefore = linesBefore;
    this.#diagrams = diagrams;
  }

  take({ token, line: bodyLine }: PlacedToken): void {
    const line = bodyLine + this.#linesBefore;
    if (token.type === 'space') return;
    if (token.type === 'hr') return this.endStep();
    if (token.type === 'heading') return this.#startSection(token as Tokens.Heading, line);
    if (this.#section === '') this.#complain(line, 'text before the first "## heading": give it a section');
    if (token.type === 'html' && token.raw.startsWith('<!--')) return this.#takeComment(token.raw, line);
    if (this.#note) {
      if (!isFence(token)) this.#complain(line, 'a comment for the replay stands right before a block');
      else this.notes.set(line, this.#note);
      this.#note = undefined;
    }
    if (isFence(token)) return this.#takeFence(token, line);
    try {
      this.#add(proseBlock(token), line);
    } catch (error) {
      if (!(error instanceof UndrawableMarkdown)) throw error;
      this.#leaveOut(line, error.message);
    }
  }

  /** Ends the step that is being collected, if there is anything in it. */
  endStep(end: Pick<Step, 'ask' | 'task'> = {}, line?: number): void {
    if (this.#blocks.length === 0 && !end.ask && !end.task) return;
    this.#place += 1;
    const step = {
      id: `${slug(this.#section)}.${this.#place}`,
      section: this.#section,
      blocks: this.#blocks.map(({ block }) => block),
      ...end,
    };
    this.steps.push(step);
    const [first = { line: 1 }] = this.#blocks;
    this.placed.push({ step, line: line ?? first.line, blocks: this.#blocks });
    this.#blocks = [];
  }

  #takeComment(comment: string, line: number): void {
    for (const each of comment.match(/<!--[\s\S]*?-->/g) ?? [comment]) {
      const note = readNote(each);
      if (note) this.#note = joinNotes(this.#note, note);
      else this.#leaveOut(line, 'a comment is `<!-- file: … -->`, before, outside or differs');
    }
  }

  #startSection(heading: Tokens.Heading, line: number): void {
    this.endStep();
    if (!heading.raw.trimStart().startsWith('#')) {
      return this.#leaveOut(
        line,
        'text with --- right below it is a heading to markdown: leave a line empty between them',
      );
    }
    if (heading.depth !== 2)
      this.#complain(line, 'only "## " headings are used; the title is in the front matter');
    if (heading.text.length > 44) this.#complain(line, 'a heading has at most 44 characters');
    for (const message of lintProse(heading.text)) this.#complain(line, message);
    const namesake = this.steps.find((step) => slug(step.section) === slug(heading.text));
    if (namesake)
      this.#complain(line, `there is a section "${namesake.section}" already; progress is kept by its name`);
    this.#section = heading.text;
    this.#place = 0;
  }

  #takeFence(fence: Tokens.Code, line: number): void {
    const { lang = '' } = fence;
    const [word = '', ...rest] = lang.split(/\s+/);
    const info = rest.join(' ');
    if (/^ *```/m.test(fence.text) || !/\n *(```|~~~)\s*$/.test(fence.raw)) {
      return this.#leaveOut(line, 'this block is not closed: it ends in a line of ``` and holds no other');
    }
    switch (word) {
      case 'console':
        if (info === '') this.#complain(line, 'say what printed it: ```console docker 28.5.2');
        return this.#add(consoleBlock(fence.text, info), line);
      case 'diagram':
        return this.#takeDiagram(info, line);
      case 'predict':
        return this.#takePredict(fence.text, line);
      case 'check':
        return this.#takeCheck(fence.text, line);
      case 'try':
        return this.#takeTry(fence.text, line);
      case 'counterparts': {
        const rows = this.#yaml(fence.text, counterpartsSchema, line);
        if (rows) this.#add({ kind: 'counterparts', rows }, line);
        return;
      }
      default:
        if (!plainFences.includes(word)) this.#complain(line, unknownFence(word));
        return this.#add({ kind: 'code', language: word, text: fence.text }, line);
    }
  }

  #takeDiagram(id: string, line: number): void {
    const diagram = this.#diagrams.get(id);
    if (diagram) this.#add({ kind: 'diagram', diagram }, line);
    else if (id === '') this.#leaveOut(line, 'say which drawing: ```diagram two-layers');
    else this.#leaveOut(line, `there is no drawing lessons/diagrams/${id}.txt`);
  }

  #takePredict(text: string, line: number): void {
    const fields = this.#yaml(text, predictSchema, line);
    if (fields)
      this.endStep({ ask: itemOf(this.#lesson, { ...fields, kind: 'predict', difficulty: 2 }) }, line);
  }

  #takeCheck(text: string, line: number): void {
    const fields = this.#yaml(text, checkSchema, line);
    if (fields) this.endStep({ ask: itemOf(this.#lesson, fields) }, line);
  }

  #takeTry(text: string, line: number): void {
    const fields = this.#yaml(text, trySchema, line);
    if (!fields) return;
    const { solution, start, outside, ...task } = fields;
    this.endStep(
      {
        task: {
          ...task,
          ...(start === undefined ? {} : { start }),
          ...(outside === undefined ? {} : { outside }),
          id: this.#idOf(fields.id),
          solution: consoleBlock(solution.text, solution.from),
        } satisfies Task,
      },
      line,
    );
  }

  #idOf(name: string): string {
    return `${this.#lesson}.${name}`;
  }

  #yaml<T>(text: string, schema: z.ZodType<T>, fenceLine: number): T | undefined {
    const read = readYaml(text, schema, this.#file, fenceLine + 1);
    if (!Array.isArray(read)) return read.value;
    this.findings.push(...read);
    this.isWhole = false;
    return undefined;
  }

  #add(block: Block, line: number): void {
    this.#blocks.push({ block, line });
  }

  #complain(line: number, message: string): void {
    this.findings.push({ file: this.#file, line, message });
  }

  #leaveOut(line: number, message: string): void {
    this.#complain(line, message);
    this.isWhole = false;
  }
}

const plainFences = ['yaml', 'dockerfile', 'text'];
const fences = ['console', 'diagram', 'predict', 'check', 'try', 'counterparts', ...plainFences];

function unknownFence(word: string): string {
  if (word === '') return 'say what is in the block, such as ```yaml or ```text';
  const [near] = nearest(word, fences, 1);
  return `there is no block "${word}"; ${near === undefined ? `there are ${fences.join(', ')}` : `is it "${near}"`}`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
