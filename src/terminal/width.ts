import stringWidth from 'fast-string-width';

/** Columns that a text takes on the screen; colours take none. */
export function widthOf(text: string): number {
  return /^[\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u2713-\u2718]*$/.test(
    text,
  )
    ? text.length
    : stringWidth(text);
}
