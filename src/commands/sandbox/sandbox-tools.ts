import { complain, print, type Steps, terminal } from '../../sandbox/effects.ts';
import { prepareFor } from '../../sandbox/shell/prepare.ts';
import type { Shell } from '../../sandbox/shell/shell.ts';
import type { Program } from '../../sandbox/shell/shell-context.ts';
import { showControls } from '../../terminal/control-characters.ts';
import type { Session } from '../session.ts';

/** The words of the sandbox that know more than the sandbox: they are loaded when a line has them. */
export class SandboxTools {
  readonly #session: Session;
  #map: typeof import('./sandbox-map.ts') | undefined;
  #overviews: typeof import('./sandbox-overview.ts') | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * The programs, for a shell.
   *
   * @param shellOf gives the shell that they run in
   */
  programs(shellOf: () => Shell): Readonly<Record<string, Program>> {
    return {
      map: (words) => this.#mapped(words, shellOf()),
      show: (words) => this.#overview('show', words, shellOf()),
      why: (words) => this.#overview('why', words, shellOf()),
    };
  }

  /** Loads what a line or a script may ask for and most do not. */
  async prepare(text: string): Promise<void> {
    await prepareFor(text);
    if (/\bmap\b/.test(text)) this.#map ??= await import('./sandbox-map.ts');
    if (/\b(show|why)\b/.test(text)) this.#overviews ??= await import('./sandbox-overview.ts');
  }

  /**
   * Says of what docker and kubectl have refused what was meant, where it was meant for the other one, and where
   * it is the sandbox that lacks an image.
   */
  async advise(shell: Shell): Promise<void> {
    const lines = shell.takeRefused();
    if (lines.length === 0) return;
    const [{ meantBy }, { missingImage }] = await Promise.all([
      import('./misplaced-line.ts'),
      import('./missing-image.ts'),
    ]);
    for (const words of lines) {
      const meant = meantBy(words, this.#session.content) ?? missingImage(words, shell.sandbox);
      if (meant !== undefined) this.#session.writeTool('stderr', `→ ${showControls(meant)}\n`);
    }
  }

  *#overview(name: 'show' | 'why', words: readonly string[], shell: Shell): Steps<number> {
    const program = this.#overviews?.overviewPrograms(this.#session, shell)[name];
    return yield* program ? program(words) : hidden(name);
  }

  *#mapped(words: readonly string[], shell: Shell): Steps<number> {
    if (!this.#map) return yield* hidden('map');
    const { isTerminal } = yield* terminal();
    const { out, err, code } = this.#map.mapInside(this.#session, shell.laptop, words.slice(1), isTerminal);
    yield* print(out);
    yield* complain(err);
    return code;
  }
}

/** What a word stands for that the line does not have, such as a variable, has not been loaded. */
function* hidden(name: string): Steps<number> {
  yield* complain(`${name}: type it as a word of the line\n`);
  return 1;
}
