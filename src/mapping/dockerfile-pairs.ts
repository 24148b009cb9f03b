/** Names and values of ENV and LABEL: `a=1 b="two words"`, or the old form of one name, a blank and the rest. */
export function pairsOf(text: string): [string, string][] {
  const [first = ''] = /^(?:"[^"]*"|\S)+/.exec(text) ?? [];
  if (!first.includes('=')) return [[first, text.slice(first.length).trim()]];
  const pair = /((?:"[^"]*"|[^\s="])+)=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])*)/g;
  return [...text.matchAll(pair)].map(([, name = '', value = '']) => [
    name.replace(/^["']|["']$/g, ''),
    unquoted(value),
  ]);
}

function unquoted(text: string): string {
  return text.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
    (_, double?: string, single?: string, escaped?: string) =>
      double?.replace(/\\(.)/g, '$1') ?? single ?? escaped ?? '',
  );
}
