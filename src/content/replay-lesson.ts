import type { Block } from '../lesson/lesson.ts';
import { Sandbox } from '../sandbox/sandbox.ts';
import { Drive } from '../sandbox/shell/drive.ts';
import { linesOfScript } from '../sandbox/shell/line/script-lines.ts';
import { prepareFor } from '../sandbox/shell/prepare.ts';
import { Shell } from '../sandbox/shell/shell.ts';
import type { World } from '../sandbox/world.ts';
import type { Finding } from './finding.ts';
import type { LessonText } from './read-lesson.ts';
import { isSameOutput, type Names, withNames } from './same-output.ts';

type ConsoleBlock = Extract<Block, { kind: 'console' }>;

/** Somebody who reads takes this long from one command to the next, in milliseconds of the world. */
const typing = 1000;
/** What is shown may take so long to come true. */
const patience = 180_000;
/** A command that goes on for so long is left running, and the next one is typed elsewhere. */
const longest = 120_000;
const started = Date.UTC(2026, 10, 20, 5, 30);

let fresh: World | undefined;

/**
 * Runs what a lesson shows in the sandbox, block after block in one world, and each task in one of its own.
 *
 * @returns where the sandbox prints something else
 */
export async function replayLesson(lesson: LessonText): Promise<Finding[]> {
  await prepareFor(JSON.stringify(lesson.steps));
  const replay = new Replay(lesson);
  const world = newShell();
  for (const { step, line, blocks } of lesson.placed) {
    for (const each of blocks) replay.takeBlock(each.block, each.line, world);
    if (step.task && !step.task.outside && step.task.needs !== 'nothing') {
      const own = newShell();
      replay.prepare(step.task.start ?? '', line, own);
      replay.takeConsole(step.task.solution, line, own, new Map());
    }
  }
  return replay.findings;
}

function newShell(): Shell {
  fresh ??= Sandbox.fresh({ now: started, seed: 1 }).snapshot();
  return new Shell(new Sandbox(fresh), () => {});
}

/** A command of a block, and what is shown to come of it. */
interface Shown {
  readonly command: string;
  readonly isOnNode: boolean;
  readonly output: readonly string[];
}

class Replay {
  readonly findings: Finding[] = [];
  readonly #lesson: LessonText;
  readonly #names: Names = new Map();

  constructor(lesson: LessonText) {
    this.#lesson = lesson;
  }

  takeBlock(block: Block, line: number, shell: Shell): void {
    const { file, before, outside, differs } = this.#lesson.notes.get(line) ?? {};
    if (before !== undefined) this.prepare(before, line, shell);
    if (block.kind === 'code' && file !== undefined) shell.laptop.write(`~/${file}`, `${block.text}\n`);
    if (block.kind !== 'console' || outside !== undefined) return;
    this.takeConsole(block, line, shell, this.#names, differs !== undefined);
  }

  /** Runs lines that prepare the world. */
  prepare(script: string, line: number, shell: Shell): void {
    for (const each of linesOfScript(script)) {
      const { code, text } = runLine(shell, withNames(each, this.#names));
      if (code !== 0) this.#complain(line, `${each}\nends with ${code} in the sandbox:\n${text}`);
      shell.advance(typing);
    }
  }

  takeConsole(block: ConsoleBlock, line: number, shell: Shell, names: Names, differs = false): void {
    for (const { command, isOnNode, output } of commandsIn(block)) {
      shell.advance(typing);
      const known = withNames(command, names, (name) => newcomer(shell, name, names));
      const typed = isOnNode ? onNode(known) : known;
      // What `cat` shows of a file that is not there is what somebody has written into it.
      const written = /^cat ([\w./-]+)$/.exec(typed)?.[1];
      if (written !== undefined && shell.laptop.read(written) === undefined) {
        shell.laptop.write(written, output.map((each) => `${each}\n`).join(''));
      }
      const printed = waitedFor(shell, typed, (text) => differs || isSame(typed, output, text, names));
      if (printed !== undefined) {
        this.#complain(
          line,
          `the sandbox prints something else; mend it, or say why: <!-- differs: … -->\n$ ${typed}\n${printed}`,
        );
      }
    }
  }

  #complain(line: number, message: string): void {
    this.findings.push({ file: this.#lesson.file, line, message });
  }
}

function commandsIn({ lines }: ConsoleBlock): readonly Shown[] {
  const shown: { command: string; isOnNode: boolean; output: string[] }[] = [];
  for (const { kind, text } of lines) {
    const last = shown.at(-1);
    if (kind === 'output') last?.output.push(text);
    else if (kind === 'continuation' && last) last.command += `\n${text}`;
    else shown.push({ command: text, isOnNode: kind === 'node-command', output: [] });
  }
  return shown;
}

/** A Pod that a lesson names before it has shown it: the oldest one of its kind that has no name yet. */
function newcomer(shell: Shell, name: string, names: Names): string | undefined {
  const kind = name.replace(/(-\w{6,10})?-\w{5}$/, '');
  const known = [...names.values()];
  const pods = shell.sandbox.cluster.list('pods', shell.namespace());
  const like = pods.filter(({ metadata }) => metadata.name.startsWith(`${kind}-`));
  const [first] = like
    .filter(({ metadata }) => !known.includes(metadata.name))
    .sort((one, other) =>
      (one.metadata.creationTimestamp ?? '') < (other.metadata.creationTimestamp ?? '') ? -1 : 1,
    );
  return first?.metadata.name;
}

/** The nodes of a lesson are all alike; one of them is typed on. */
function onNode(command: string): string {
  return `node ssh worker-1 -- ${command}`;
}

function isSame(command: string, shown: readonly string[], text: string, names: Names): boolean {
  const printed = text.replace(/\n$/, '').split('\n');
  const lines = text === '' ? [] : printed;
  return isSameOutput(shown, lines, names) || (isListing(command) && isSameOutput(shown, lines, names, true));
}

/** Its lines are sorted by names of chance. */
function isListing(command: string): boolean {
  return (
    /^kubectl (get|top|logs|describe|drain|events)\b/.test(command) || /^docker (compose )?ps\b/.test(command)
  );
}

/**
 * Runs a command, and again a little later from the same start, until it prints what it should: the world may
 * have to come so far.
 *
 * @returns undefined when it does, otherwise what it printed first
 */
function waitedFor(shell: Shell, command: string, isIt: (text: string) => boolean): string | undefined {
  let before = shell.sandbox.snapshot();
  let first: string | undefined;
  for (let waited = 0; waited <= patience; ) {
    const { text } = runLine(shell, command, isIt);
    if (isIt(text)) return undefined;
    first ??= text;
    shell.travel(before);
    const step = waited < 20_000 ? 1000 : 5000;
    shell.advance(step);
    waited += step;
    before = shell.sandbox.snapshot();
  }
  return first;
}

/** @param isEnough whether what was printed is enough to leave a command alone that goes on */
function runLine(
  shell: Shell,
  line: string,
  isEnough: (text: string) => boolean = () => false,
): { code: number; text: string } {
  let text = '';
  const typed = typedInto(line);
  const drive = new Drive(shell.run(line), shell, (_, part) => {
    text += part;
  });
  const begun = shell.now;
  let answer: unknown;
  for (;;) {
    const waiting = drive.resume(answer);
    answer = undefined;
    if (waiting.kind === 'done') return { code: waiting.code, text };
    if (waiting.kind === 'pause') {
      const isLong = shell.now - begun > longest;
      if (isLong || (shell.now - begun > 2000 && isEnough(text))) return { code: 130, text };
      shell.passTime(Math.min(waiting.atMost, 1000));
    } else if (waiting.kind === 'terminal') answer = { isTerminal: typed };
    else if (waiting.kind === 'take-input') answer = { text: '', ended: !typed };
    else if (waiting.kind === 'read-input') answer = '';
  }
}

/** Whether somebody has to sit at a terminal for a line. */
function typedInto(line: string): boolean {
  return /\s-(it|ti)\b/.test(line);
}
