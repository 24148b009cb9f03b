import { createInterface } from 'node:readline';
import type { Io } from '../../io.ts';
import { ReverseSearch } from '../reverse-search.ts';

/** How a line is asked for. */
export interface LineQuestion {
  /** Stands before it. */
  readonly prompt: string;
  /** Stands before the lines that go on with it. */
  readonly more: string;
  /** The newest first. It is added to. */
  readonly history: string[];
  /** What was typed or pasted before it was asked for. It is taken, and what comes behind this line is put there. */
  readonly ahead: { text: string };
  /** Whether a text needs another line. */
  readonly isUnfinished: (text: string) => boolean;
  /** What the last word could become. */
  readonly complete: (line: string) => readonly string[];
}

/**
 * Asks for a line, with history and completion as in a shell. Ctrl-C gives the line up and begins anew.
 *
 * @returns undefined at the end of the input (Ctrl-D)
 */
export function askLine(io: Io, question: LineQuestion): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    let isDone = false;
    const editor = createInterface({
      input: io.stdin,
      output: whileWanted(io.stdout, () => !isDone),
      terminal: true,
      history: question.history,
      historySize: 500,
      removeHistoryDuplicates: true,
      prompt: question.prompt,
      completer: (line: string) => {
        if (search.isOpen) return [[], line];
        const word = /\S*$/.exec(line)?.[0] ?? '';
        return [question.complete(line).map((each) => (/[/:=]$/.test(each) ? each : `${each} `)), word];
      },
    });
    const before = [...question.history];
    const search = new ReverseSearch(editor, before, io);
    const finish = (answer: string): void => {
      isDone = true;
      // Of what is pasted, further lines come before anything else can happen.
      setImmediate(() => {
        question.ahead.text += editor.line;
        editor.close();
        resolve(answer);
      });
    };
    // After Ctrl-Z and `fg`: readline has paused its input.
    editor.on('SIGCONT', () => editor.prompt(true));
    editor.on('history', (lines: string[]) => question.history.splice(0, question.history.length, ...lines));
    editor.on('SIGINT', () => {
      io.stdout.write('^C\n');
      text = '';
      search.close();
      editor.setPrompt(question.prompt);
      // Ctrl-U first: the line that was begun is given up.
      editor.write(null, { ctrl: true, name: 'e' });
      editor.write(null, { ctrl: true, name: 'u' });
      editor.prompt();
    });
    editor.on('line', (typed) => {
      if (isDone) {
        question.ahead.text += `${typed}\n`;
        return;
      }
      const isFound = search.isOpen;
      const line = search.enter(typed);
      // Not what was looked for is to be remembered, but what was found.
      if (isFound) {
        const others = question.history.filter(
          (each) => each !== line && (each !== typed || before.includes(typed)),
        );
        question.history.splice(0, question.history.length, ...(line === '' ? [] : [line]), ...others);
      }
      text = text === '' ? line : `${text}\n${line}`;
      if (question.isUnfinished(text)) {
        editor.setPrompt(question.more);
        editor.prompt();
      } else finish(text);
    });
    editor.on('close', () => {
      if (isDone) return;
      io.stdout.write('\n');
      resolve(undefined);
    });
    editor.prompt();
    const { text: ahead } = question.ahead;
    question.ahead.text = '';
    if (ahead !== '') editor.write(ahead);
  });
}

/** A terminal that shows what is written as long as that is wanted. */
function whileWanted(output: Io['stdout'], isWanted: () => boolean): Io['stdout'] {
  const write = (chunk: string): boolean => (isWanted() ? output.write(chunk) : true);
  return Object.create(output, { write: { value: write } });
}
