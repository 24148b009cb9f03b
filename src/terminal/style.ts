import { Chalk } from 'chalk';
import { asciiDrawing, asciiWriting } from './ascii.ts';
import type { Screen } from './screen.ts';

/** The signs the program uses; each has an ASCII twin. */
const unicodeSigns = {
  done: '✓',
  right: '✓',
  wrong: '✗',
  error: '✖',
  way: '→',
  here: '▸',
  open: '○',
  begun: '◐',
  picked: '●',
  bar: '│',
  barFull: '━',
  barRest: '─',
  /** How much, from little to much. */
  levels: '▁▂▃▄▅▆▇█',
  exact: '=',
  approximate: '≈',
  none: '∅',
  falseFriend: '≠',
};
const asciiSigns: typeof unicodeSigns = {
  done: 'x',
  right: '+',
  wrong: '-',
  error: 'x',
  way: '->',
  here: '>',
  open: 'o',
  begun: '~',
  picked: '*',
  bar: '|',
  barFull: '=',
  barRest: '-',
  levels: '.:-=+*#@',
  exact: '=',
  approximate: '~',
  none: '0',
  falseFriend: '!=',
};

/**
 * How things are written on one screen: colours by what they mean, signs, widths. Colours are of the
 * terminal's own sixteen, which its owner has made readable on their background.
 */
export interface Style {
  readonly screen: Screen;
  readonly sign: typeof unicodeSigns;
  /** Columns of prose between the margins. */
  readonly width: number;
  readonly title: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly emphasis: (text: string) => string;
  /** Something one types or reads in a terminal; in backticks where there is no colour to tell it by. */
  readonly code: (text: string) => string;
  readonly typed: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly notable: (text: string) => string;
  /** Prose as this screen can show it: as it is, or in ASCII. */
  readonly text: (text: string) => string;
  /** A line of a drawing, likewise. */
  readonly drawing: (line: string) => string;
}

/** The left margin of everything that is not plain, in columns; the right one is as wide. */
export const margin = 2;
const widestProse = 76;

/** The style for a screen. */
export function styleFor(screen: Screen): Style {
  const chalk = new Chalk({ level: screen.colour });
  const hasColour = screen.colour > 0;
  return {
    screen,
    sign: screen.unicode ? unicodeSigns : asciiSigns,
    get width() {
      return Math.min(widestProse, screen.columns - 2 * margin);
    },
    title: chalk.bold,
    strong: chalk.bold,
    emphasis: chalk.italic,
    code: hasColour ? chalk.cyan : (text) => `\`${text}\``,
    typed: chalk.bold,
    faint: chalk.dim,
    good: chalk.green,
    bad: chalk.red,
    notable: chalk.magenta,
    text: screen.unicode ? (text) => text : asciiWriting,
    drawing: screen.unicode ? (line) => line : asciiDrawing,
  };
}
