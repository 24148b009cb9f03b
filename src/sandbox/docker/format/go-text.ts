/** A text cut to so many columns, the last of which is `…` (Ellipsis of docker/cli's formatter). */
export function ellipsis(text: string, most: number): string {
  if (most <= 0) return '';
  const characters = [...text];
  if (characters.length <= most) return text;
  return most === 1 ? characters.slice(0, 1).join('') : `${characters.slice(0, most - 1).join('')}…`;
}

/** An id as lists show it: twelve digits, without what names its algorithm. */
export function shortId(id: string): string {
  return id.replace(/^[^:]*:/, '').slice(0, 12);
}

/** A moment as Go's `time.Time` shows itself, in UTC: `2026-11-20 06:05:04 +0000 UTC`. */
export function goTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}
