import type { ErrorSource } from '../../host/build/progress.ts';

const rule = '--------------------\n';

/** The lines of a Dockerfile that an error is about, with some around them (solver/errdefs of moby/buildkit). */
export function sourceListing({ filename, text, location }: ErrorSource): string {
  const lines = text.split('\n');
  const { start } = location;
  const end = Math.min(location.end, lines.length);
  if (start < 1 || start > lines.length) return '';
  let first = start;
  let last = end;
  const pad = start === end ? 4 : 2;
  for (let padded = 0; padded < pad; padded++) {
    if (first > 1) {
      first -= 1;
      padded += 1;
    }
    if (last < lines.length) {
      last += 1;
      padded += 1;
    }
  }
  const shown = lines.slice(first - 1, last).map((line, place) => {
    const number = first + place;
    const mark = number >= start && number <= end ? '>>>' : '   ';
    return ` ${`${number}`.padStart(3)} | ${mark} ${line}\n`;
  });
  return `${filename}:${start}\n${rule}${shown.join('')}${rule}`;
}
