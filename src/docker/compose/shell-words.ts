/**
 * A command given as one text, as compose splits it (go-shellwords 1.0.14): quotes and backslashes, no variables.
 * Compose reads up to the first `;`, `&`, `|`, `<` or `>` outside of quotes.
 *
 * @returns undefined where a quote or a bracket is not closed
 */
export function commandWords(text: string): { words: string[]; leftOut: string } | undefined {
  const words: string[] = [];
  let word = '';
  let isWord = false;
  let quote = '';
  let inBrackets = false;
  let at = 0;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && quote !== "'") {
      at += 1;
      const escaped = text[at];
      if (escaped === undefined) return undefined;
      // What is between backquotes or brackets stays as it is.
      if (quote === '`' || inBrackets) word += character + escaped;
      else word += escaped === 't' ? '\t' : escaped === 'n' ? '\n' : escaped;
      isWord = true;
      continue;
    }
    const isInside = quote !== '' || inBrackets;
    if (' \t\r\n'.includes(character)) {
      if (isInside) word += character;
      else if (isWord) {
        words.push(word);
        word = '';
        isWord = false;
      }
      continue;
    }
    if (character === '`' && quote !== "'" && quote !== '"' && !inBrackets) quote = quote === '`' ? '' : '`';
    else if (character === '(' && !quote) {
      if (inBrackets || !word.endsWith('$')) return undefined;
      inBrackets = true;
    } else if (character === ')' && !quote) {
      if (!inBrackets) return undefined;
      inBrackets = false;
    } else if (
      (character === '"' || character === "'") &&
      !inBrackets &&
      (quote === '' || quote === character)
    ) {
      isWord = isWord || quote !== '';
      quote = quote === '' ? character : '';
      continue;
    } else if (';&|<>'.includes(character) && !isInside) {
      if (character === '>' && /^\d/.test(word)) {
        isWord = false;
        at -= word.length;
      }
      break;
    }
    word += character;
    isWord = true;
  }
  if (isWord) words.push(word);
  return quote !== '' || inBrackets ? undefined : { words, leftOut: text.slice(at).trim() };
}
