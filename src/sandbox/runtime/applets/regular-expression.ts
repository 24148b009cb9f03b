import { classSource, literal } from '../text/glob.ts';

/**
 * A regular expression of POSIX as one of JavaScript.
 *
 * @param isExtended whether `+`, `?`, `|` and brackets mean something without a backslash
 * @returns undefined when it is none
 */
export function posixExpression(pattern: string, isExtended: boolean, flags: string): RegExp | undefined {
  let source = '';
  for (let place = 0; place < pattern.length; place++) {
    const character = pattern[place] ?? '';
    if (character === '\\') {
      place += 1;
      const next = pattern[place];
      if (next === undefined) return undefined;
      if ('(){}|+?'.includes(next)) source += isExtended ? `\\${next}` : next;
      else if ('wWsSbBdD'.includes(next) || /[1-9]/.test(next)) source += `\\${next}`;
      else if (next === '<' || next === '>') source += '\\b';
      else if (next === 'n' || next === 't' || next === 'r') source += `\\${next}`;
      else source += literal(next);
    } else if (character === '[') {
      const set = /^\[\^?\]?(?:\[:\w+:\]|[^\]])*\]/.exec(pattern.slice(place))?.[0];
      if (!set) return undefined;
      source += setSource(set);
      place += set.length - 1;
    } else if ('(){}|+?'.includes(character)) {
      source += isExtended ? character : `\\${character}`;
    } else if (character === '*' && (source === '' || /(?:^|[^\\])[(|^]$/.test(source))) source += '\\*';
    else if (character === '^' && !isExtended && source !== '' && !/[(|]$/.test(source)) source += '\\^';
    else if (character === '/') source += '\\/';
    else source += character;
  }
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

function setSource(set: string): string {
  const isNot = set.startsWith('[^');
  const inner = set.slice(isNot ? 2 : 1, -1);
  const source = inner.replace(/\[:(\w+):\]|[\\\]^[]/g, (whole, name?: string) =>
    name ? (classSource(name) ?? whole) : `\\${whole}`,
  );
  return `[${isNot ? '^' : ''}${source}]`;
}
