import { foundProgram, type Piece } from './found-line.ts';

/** A line of a text, with its number. */
export interface NumberedLine {
  readonly text: string;
  readonly number: number;
}

/** `PS C:\>`, `C:\>`, `you@host:~$`, `[root@host ~]#`, `bash-5.2$`, `➜  shop`, `❯`, `%` and a plain `$`. */
const prompt =
  /^\s{0,8}(?:(PS [^>\n]{0,100}>|[A-Z]:\\[^>\n]{0,100}>)|(?:\([^()\n]{1,40}\) ?)?(?:[\w.-]{1,40}@[\w.-]{1,60}[^$#%\n]{0,80}|\[[^\]\n]{1,80}\]|(?:ba|z|k)?sh-[\d.]+)? ?[$%❯»]|➜ {1,2}\S{1,40}(?: git:\(\S{1,60}\))?(?: ✗)?|[\w.-]{1,40}@[\w.-]{1,60}[^$#%\n]{0,80}#|\[[^\]\n]{1,80}\]#) +(?=\S)/;
const rootPrompt = /^\s{0,8}# +(?=\S)/;
const angle = /^\s{0,8}> +(?=\S)/;

/** Whether there is a line with a prompt that cannot be anything else. */
export function hasPrompt(lines: readonly string[]): boolean {
  return lines.some((line) => prompt.test(line));
}

/**
 * What was typed in a session, without what was printed.
 *
 * @param isConsole whether the text says that it is a session: then `# ` is root's prompt, not a comment
 */
export function sessionPieces(lines: readonly NumberedLine[], isConsole: boolean): Piece[] {
  const pieces: Piece[] = [];
  let typed: string[] = [];
  let numbers: number[] = [];
  let shell: Piece['shell'];
  const end = (): void => {
    if (typed.length > 0) {
      pieces.push({ text: typed.join('\n'), lines: numbers, ...(shell === undefined ? {} : { shell }) });
    }
    typed = [];
    numbers = [];
    shell = undefined;
  };
  for (const { text, number } of lines) {
    const isContinued = continues(typed.at(-1) ?? '', shell);
    const found = isContinued ? null : promptOf(text, isConsole);
    if (isContinued) {
      // The shell shows `> ` before what continues a line.
      typed.push(text.replace(/^\s{0,8}>{1,2} ?/, ''));
      numbers.push(number);
    } else if (found) {
      end();
      typed = [text.slice(found[0].length)];
      numbers = [number];
      if (found[1] !== undefined) shell = found[1].startsWith('PS') ? 'powershell' : 'cmd';
    } else end();
  }
  end();
  return pieces;
}

function promptOf(text: string, isConsole: boolean): RegExpExecArray | null {
  const found = prompt.exec(text) ?? (isConsole ? rootPrompt.exec(text) : null);
  if (found) return found;
  // A quotation looks the same, so here it has to be one of the programs.
  const quoted = angle.exec(text);
  const [first = '', second = ''] = quoted ? text.slice(quoted[0].length).split(/\s+/, 2) : [];
  return foundProgram(first) !== undefined && /^[-a-z]/.test(second) ? quoted : null;
}

function continues(line: string, shell: Piece['shell']): boolean {
  if (shell === 'powershell') return /\s`\s*$/.test(line);
  if (shell === 'cmd') return /\s\^\s*$/.test(line);
  return line.endsWith('\\') || line.endsWith('\\\r');
}
