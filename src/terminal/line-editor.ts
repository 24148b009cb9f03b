import { createInterface } from 'node:readline';
import type { Io } from '../io.ts';

/** How a line is asked for. */
export interface LineQuestion {
  /** Stands before it. */
  readonly prompt: string;
  /** Stands before the lines that go on with it. */
  readonly more: string;
  /** The newest first. It is added to. */
  readonly history: string[];
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
    const editor = createInterface({
      input: io.stdin,
      output: io.stdout,
      terminal: true,
      history: question.history,
      historySize: 500,
      removeHistoryDuplicates: true,
      prompt: question.prompt,
      completer: (line: string) => {
        const word = /\S*$/.exec(line)?.[0] ?? '';
        return [question.complete(line).map((each) => `${each} `), word];
      },
    });
    let text = '';
    let isDone = false;
    const finish = (answer: string | undefined): void => {
      isDone = true;
      editor.close();
      resolve(answer);
    };
    // After Ctrl-Z and `fg`: readline has paused its input.
    editor.on('SIGCONT', () => editor.prompt(true));
    editor.on('history', (lines: string[]) => question.history.splice(0, question.history.length, ...lines));
    editor.on('SIGINT', () => {
      io.stdout.write('^C\n');
      text = '';
      editor.setPrompt(question.prompt);
      // Ctrl-U first: the line that was begun is given up.
      editor.write(null, { ctrl: true, name: 'e' });
      editor.write(null, { ctrl: true, name: 'u' });
      editor.prompt();
    });
    editor.on('line', (line) => {
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
  });
}
