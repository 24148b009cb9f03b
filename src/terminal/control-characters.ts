/**
 * Text from outside with its control characters made visible, so that it cannot move the cursor, change
 * colours or hide a piece of itself: C0 and DEL in caret notation, C1 and the invisible direction marks
 * as code points.
 */
export function showControls(text: string): string {
  return text
    .replace(/[\x00-\x1f\x7f]/g, (char) => `^${String.fromCharCode((char.charCodeAt(0) + 64) % 128)}`)
    .replace(/[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/g, (char) => {
      return `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
    });
}

/** The same for text of several lines, whose line ends and tabs stay. */
export function showControlsInLines(text: string): string {
  return text.replace(/[^\n\t]+/g, showControls);
}
