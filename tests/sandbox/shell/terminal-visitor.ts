import { Drive } from '../../../src/sandbox/shell/drive.ts';
import { type Outcome, ShellVisitor } from './shell-visitor.ts';

/** Somebody who sits at a terminal. */
export class TerminalVisitor extends ShellVisitor {
  columns = 80;
  /** What they leave in their editor; undefined where they leave it as it was. */
  edited: ((text: string) => string | undefined) | undefined;
  /** What they type next, a line at a time. */
  typed: string[] = [];

  /**
   * Types a line, and presses Ctrl-C after so many milliseconds where it is not over by then.
   *
   * @returns what was shown on the screen, and what the line ended with
   */
  watch(line: string, milliseconds = 60_000): Outcome {
    const { shell } = this;
    const said = { out: '', err: '' };
    const drive = new Drive(shell.run(line), shell, (to, text) => {
      said[to === 'stdout' ? 'out' : 'err'] += text;
    });
    const end = shell.now + milliseconds;
    let waiting = drive.resume();
    while (waiting.kind !== 'done') {
      switch (waiting.kind) {
        case 'pause':
          if (shell.now >= end) {
            waiting = drive.interrupt();
            continue;
          }
          shell.passTime(Math.min(waiting.atMost, end - shell.now));
          waiting = drive.resume();
          break;
        case 'terminal':
          waiting = drive.resume({ isTerminal: true, columns: this.columns });
          break;
        case 'edit':
          waiting = drive.resume(this.edited?.(waiting.text));
          break;
        case 'take-input':
          waiting = drive.resume({ text: this.typed.shift() ?? '', ended: false });
          break;
        case 'read-input':
          waiting = drive.resume(this.typed.splice(0).join(''));
          break;
      }
    }
    return { ...said, status: waiting.code };
  }
}
