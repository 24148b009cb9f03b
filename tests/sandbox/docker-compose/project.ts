import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { Drive, type Waiting } from '../../../src/sandbox/shell/drive.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';

/** What a line printed, standard output and errors as they came, and how it ended. */
export interface Said {
  readonly text: string;
  readonly code: number;
}

/** A learner's machine with Docker and a compose file on it. */
export class ComposeMachine {
  readonly sandbox = Sandbox.fresh({ now: Date.parse('2026-05-04T09:00:00Z'), nodes: 1, seed: 1 });

  /** @param services what stands below `services:` */
  constructor(services: string) {
    this.write(services);
    this.run('docker pull -q busybox:1.36');
  }

  /** Writes another compose file. */
  write(services: string): void {
    this.run(`cat > compose.yaml <<'END'\nname: shop\nservices:\n${services}\nEND`);
  }

  /** Runs a line as a script does. */
  run(line: string): Said {
    let text = '';
    const write = (_: 'stdout' | 'stderr', more: string): void => {
      text += more;
    };
    const shell = new Shell(this.sandbox, write);
    const code = runToEnd(shell.run(line), shell, { write, input: () => '' });
    shell.close();
    return { text, code };
  }

  /**
   * Runs a line where a learner sits, up to its end.
   *
   * @param presses milliseconds up to each time that Ctrl-C is pressed
   */
  sit(line: string, ...presses: readonly number[]): Said {
    let text = '';
    const write = (_: 'stdout' | 'stderr', more: string): void => {
      text += more;
    };
    const shell = new Shell(this.sandbox, write);
    const drive = new Drive(shell.run(line), shell, write);
    const begun = shell.now;
    const left = presses.map((after) => begun + after);
    for (let waiting: Waiting = drive.resume(); ; ) {
      let answer: unknown;
      if (waiting.kind === 'done') return { text, code: waiting.code };
      if (waiting.kind === 'terminal') answer = { isTerminal: true };
      else if (waiting.kind === 'take-input') answer = { text: '', ended: false };
      else if (waiting.kind === 'pause') {
        const [next = Number.POSITIVE_INFINITY] = left;
        if (shell.now >= next) {
          left.shift();
          waiting = drive.interrupt();
          continue;
        }
        shell.passTime(Math.min(waiting.atMost, next - shell.now));
      }
      waiting = drive.resume(answer);
    }
  }
}
