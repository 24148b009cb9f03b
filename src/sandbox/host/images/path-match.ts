/** Whether a name fits a pattern of Go's `path.Match`: `*` and `?` stand for anything but a slash. */
export function isPathMatch(pattern: string, name: string): boolean {
  const parts: readonly string[] = pattern.match(/\\.|\[.[^\]]*\]|./gsu) ?? [];
  // What is opened has to be closed.
  if (parts.includes('[')) return false;
  const expression = parts.map(expressionOf).join('');
  try {
    return new RegExp(`^${expression}$`, 'u').test(name);
  } catch {
    return false;
  }
}

function expressionOf(part: string): string {
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.startsWith('[')) return `[${part.slice(1, -1).replace(/[\\[\]]/g, '\\$&')}]`;
  return escaped(part.startsWith('\\') ? part.slice(1) : part);
}

function escaped(letter: string): string {
  return letter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
