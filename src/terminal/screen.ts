import type { Io } from '../io.ts';
import { hasUnicode } from './unicode.ts';

/** What the output can show and what the input can do. */
export interface Screen {
  /** Width in columns, as of now: a terminal may be resized. */
  readonly columns: number;
  /** Height in rows, as of now. */
  readonly rows: number;
  /** 0 none, 1 sixteen colours, 2 256, 3 all: chalk's levels. */
  readonly colour: 0 | 1 | 2 | 3;
  /** Whether characters beyond ASCII arrive as they are. */
  readonly unicode: boolean;
  /** The linear form: ASCII, no boxes, nothing redrawn; for screen readers and logs. */
  readonly plain: boolean;
  /** Whether somebody is there to answer: a terminal on both ends. */
  readonly interactive: boolean;
}

/**
 * Looks at the surroundings and the learner's wishes (`--plain`, `--ascii`, `--no-color`).
 * `TERM=dumb` means plain. `NO_COLOR` counts when it is not empty (no-color.org); `FORCE_COLOR` as in
 * chalk, when it is not empty (force-color.org) and nothing speaks against colour.
 */
export function describeScreen(
  io: Io,
  wishes: { plain?: boolean; ascii?: boolean; color?: boolean } = {},
): Screen {
  const { env, stdout } = io;
  const plain = wishes.plain === true || env.TERM === 'dumb';
  return {
    get columns() {
      return Math.max(20, stdout.columns || Number.parseInt(env.COLUMNS ?? '', 10) || 80);
    },
    get rows() {
      return Math.max(8, stdout.rows || 24);
    },
    colour: plain || wishes.color === false || env.NO_COLOR ? 0 : colourLevel(io),
    unicode: !plain && wishes.ascii !== true && hasUnicode(io),
    plain,
    get interactive() {
      return stdout.isTTY === true && io.stdin.isTTY === true;
    },
  };
}

function colourLevel({ env, stdout, platform }: Io): Screen['colour'] {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') {
    if (forced === 'true') return 1;
    return forced === 'false'
      ? 0
      : (Math.min(3, Math.max(0, Number.parseInt(forced, 10) || 0)) as Screen['colour']);
  }
  if (!stdout.isTTY) return 0;
  if (env.COLORTERM === 'truecolor' || env.WT_SESSION || platform === 'win32') return 3;
  return /256/.test(env.TERM ?? '') ? 2 : 1;
}
