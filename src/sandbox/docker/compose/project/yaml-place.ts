/** A line by its place; empty beyond the last. */
export function lineAt(lines: readonly string[], place: number): string {
  return lines[place] ?? '';
}

/** What is written at a place of a YAML text, up to the end of its line, without quotes. */
export function valueAt(text: string, line: number, column: number): string {
  const rest = lineAt(text.split('\n'), line - 1).slice(column - 1);
  const [, , value = ''] = /^(?:([\w.-]+|"[^"]*"):\s+)?(.*?)\s*(?:\s#.*)?$/.exec(rest) ?? [];
  const bare = /^[^"'[{]/.test(value) ? value.replace(/[,\]}]+$/, '') : value;
  return /^(["']).*\1[\]},]*$/.test(bare) ? bare.replace(/[\]},]+$/, '').slice(1, -1) : bare;
}

/** The keys that lead to a place of a YAML text: `services.web.image`. */
export function pathAt(text: string, line: number, column: number): string {
  const lines = text.split('\n');
  const before = lineAt(lines, line - 1).slice(0, column - 1);
  const inBraces = before.includes('{') ? /([\w.-]+):\s*$/.exec(before)?.[1] : undefined;
  const keys: string[] = inBraces === undefined ? [] : [inBraces];
  let deepest = Number.POSITIVE_INFINITY;
  for (let place = line - 1; place >= 0 && deepest > 0; place--) {
    const each = lineAt(lines, place);
    if (each.trim() === '' || each.trimStart().startsWith('#')) continue;
    const [, blanks = '', dash = '', key] = /^( *)((?:- +)*)(?:"?([\w.-]+)"?\s*:)?/.exec(each) ?? [];
    const indent = blanks.length + dash.length;
    if (indent >= deepest && !(dash !== '' && blanks.length < deepest)) continue;
    if (key !== undefined && indent < deepest) keys.unshift(key);
    if (dash !== '' && blanks.length < deepest) keys.splice(key === undefined ? 0 : 1, 0, '[]');
    deepest = blanks.length;
  }
  return keys.join('.');
}
