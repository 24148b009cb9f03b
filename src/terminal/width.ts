import stringWidth from 'fast-string-width';

/** Printable, and each character one column wide: ASCII, Latin, and the signs and drawings we use. */
const simple = /^[\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u2713-\u2718]*$/;

/** Whether a line is as wide as it is long, and holds no colours: then it need not be measured. */
export function isSimple(line: string): boolean {
  return simple.test(line);
}

/** Columns that a text takes on the screen; colours take none. */
export function widthOf(text: string): number {
  return isSimple(text) ? text.length : stringWidth(text);
}
