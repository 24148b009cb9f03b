/** Whether a name fits a pattern of Go's `path.Match`: `*` and `?` stand for anything but a slash. */
export function isPathMatch(pattern: string, name: string): boolean {
  let expression = '';
  for (let place = 0; place < pattern.length; place++) {
    const letter = pattern[place] ?? '';
    if (letter === '*') expression += '[^/]*';
    else if (letter === '?') expression += '[^/]';
    else if (letter === '\\') expression += escaped(pattern[++place] ?? '');
    else if (letter === '[') {
      const end = pattern.indexOf(']', place + 2);
      if (end < 0) return false;
      expression += `[${pattern.slice(place + 1, end).replace(/[\\[\]]/g, '\\$&')}]`;
      place = end;
    } else expression += escaped(letter);
  }
  try {
    return new RegExp(`^${expression}$`, 'u').test(name);
  } catch {
    return false;
  }
}

function escaped(letter: string): string {
  return letter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
