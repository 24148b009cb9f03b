import { showControls } from '../control-characters.ts';
import type { Style } from '../style.ts';

/** A value is shown to know its key by; more of it would hide the rest. */
const mostOfValue = 60;

/** What stood in a file: its line, a key or an instruction, and the beginning of its value. */
export function drawGiven(line: number, key: string, value: string, style: Style): string {
  const short = value.length > mostOfValue ? `${value.slice(0, mostOfValue - 3)}…` : value;
  const given = [key, short].filter((text) => text !== '').map((text) => style.text(showControls(text)));
  return `${style.faint(`${line}:`)} ${given.join(' ')}`;
}
