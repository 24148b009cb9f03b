/**
 * Breaks lines at white space so that they stay within a width; longer words stay whole. White space at a
 * break is dropped, all other stays (github.com/mitchellh/go-wordwrap, which `kubectl explain` uses).
 */
export function wordWrap(text: string, width: number): string {
  let done = '';
  let column = 0;
  let word = '';
  let space = '';
  const put = (): void => {
    column += space.length + word.length;
    done += space + word;
    space = '';
    word = '';
  };
  for (const char of text) {
    if (char === '\n') {
      if (word !== '') put();
      else if (column + space.length <= width) put();
      space = '';
      done += char;
      column = 0;
    } else if (/\s/.test(char) && char !== '\u00a0') {
      if (space === '' || word !== '') put();
      space += char;
    } else {
      word += char;
      if (column + word.length + space.length > width && word.length < width) {
        done += '\n';
        column = 0;
        space = '';
      }
    }
  }
  return word !== '' || column + space.length <= width ? done + space + word : done;
}

/** Sets blanks before each line, the empty ones too. */
export function indented(text: string, amount: number): string {
  const blanks = ' '.repeat(amount);
  return blanks + text.replaceAll('\n', `\n${blanks}`);
}
