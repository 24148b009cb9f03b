import { asciiMessage } from './ascii.ts';
import { showControls } from './control-characters.ts';
import { drawPointer, type Fault, tellPlace } from './pointer.ts';
import type { Screen } from './screen.ts';
import { wrap } from './wrap.ts';

/** What went wrong, and what to do about it. */
export interface Complaint {
  readonly what: string;
  readonly hint: string;
  /** The place in a line that is at fault. */
  readonly fault?: Fault;
}

/**
 * An error, as it stands on standard error.
 *
 * @param columns of the terminal that it goes to; undefined where it goes to none, and a line is a line
 */
export function drawError({ what, hint, fault }: Complaint, screen: Screen, columns?: number): string {
  const { plain, unicode } = screen;
  const [cross, way] = plain ? ['Error:', 'Hint:'] : unicode ? ['✖', '→'] : ['x', '->'];
  const place = fault === undefined ? '' : plain ? tellPlace(fault) : drawPointer(fault);
  return `${labelled(cross, what, screen, columns)}${place}${labelled(way, hint, screen, columns)}`;
}

/** What the learner should know although the program goes on; see `drawError`. */
export function drawWarning({ what, hint }: Complaint, screen: Screen, columns?: number): string {
  const sign = screen.plain ? 'Warning:' : '!';
  return `${labelled(sign, what, screen, columns)}${hint === '' ? '' : labelled(' ', hint, screen, columns)}`;
}

function labelled(label: string, text: string, { unicode }: Screen, columns: number | undefined): string {
  const said = unicode ? showControls(text) : asciiMessage(showControls(text));
  const width = label.length + 1;
  const lines = columns === undefined ? [said] : wrap(said, columns - width);
  return lines
    .map((line, place) => `${place === 0 ? label.padEnd(width) : ' '.repeat(width)}${line}\n`)
    .join('');
}
