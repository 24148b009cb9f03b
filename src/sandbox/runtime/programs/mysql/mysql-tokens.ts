/** A word of a statement. */
export interface MysqlToken {
  readonly kind: 'name' | 'quoted' | 'text' | 'number' | 'variable' | 'sign' | 'end';
  /** What it means: a text without its quotes. A name keeps its letters. */
  readonly value: string;
  /** Where it begins, and where what is behind it begins. */
  readonly at: number;
  readonly end: number;
}

const texts = String.raw`'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"`;
const comments = String.raw`--(?=\s|$)[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/`;
const quoted = '`(?:[^`]|``)*`';
const words = String.raw`(?<text>${texts})|(?<quoted>${quoted})|(?<number>\d+(?:\.\d+)?|\.\d+)|(?<variable>@@[\w.]+)|(?<name>[a-z_$][\w$]*)|(?<sign><=>|<>|!=|<=|>=|:=|&&|\|\||[\s\S])`;

const kinds = ['text', 'quoted', 'number', 'variable', 'name', 'sign'] as const;

/** The words of one statement; the last is its end. */
export function mysqlTokens(text: string): readonly MysqlToken[] {
  const found: MysqlToken[] = [];
  const pattern = new RegExp(String.raw`\s+|${comments}|${words}`, 'gi');
  for (const { 0: source, index: at, groups = {} } of text.matchAll(pattern)) {
    const kind = kinds.find((each) => groups[each] !== undefined);
    if (kind) found.push({ kind, value: meaningOf(kind, source), at, end: at + source.length });
  }
  return [...found, { kind: 'end', value: '', at: text.length, end: text.length }];
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
};

function meaningOf(kind: MysqlToken['kind'], source: string): string {
  if (kind === 'quoted') return source.slice(1, -1).replaceAll('``', '`');
  if (kind !== 'text') return source;
  const quote = source.slice(0, 1);
  return source
    .slice(1, -1)
    .replaceAll(quote + quote, quote)
    .replace(/\\([\s\S])/g, (both: string, letter: string) =>
      letter === '%' || letter === '_' ? both : (escapes[letter] ?? letter),
    );
}

/** A statement as the client cuts it off a text. */
export interface MysqlCommand {
  readonly text: string;
  /** The line in which it begins. */
  readonly line: number;
  /** Whether `\G` ends it. */
  readonly isUpright: boolean;
}

/**
 * Cuts a text into statements, as the client does: at `;`, `\g` and `\G`, and `use` at the end of its line.
 *
 * @returns the statements, and what stands behind the last end, as it is
 */
export function mysqlCommands(text: string): {
  readonly commands: readonly MysqlCommand[];
  readonly rest: Pick<MysqlCommand, 'text' | 'line'>;
} {
  const pattern = new RegExp(
    String.raw`(?<whole>${texts}|${quoted})|(?<left>${comments})|;|\\[gG]|[\s\S]`,
    'g',
  );
  const commands: MysqlCommand[] = [];
  let pending = '';
  let line = 1;
  let begins = 1;
  const cut = (isUpright = false) => {
    if (pending.trim() !== '') commands.push({ text: pending.trim(), line: begins, isUpright });
    pending = '';
  };
  for (const { 0: source, groups = {} } of text.matchAll(pattern)) {
    if (source === ';' || source === '\\g' || source === '\\G') cut(source === '\\G');
    else if (groups.left === undefined) {
      if (pending.trim() === '') begins = line;
      if (source === '\n' && /^\s*(use\s+\S+|exit|quit|\\q)\s*$/i.test(pending)) cut();
      else pending += source;
    }
    line += source.split('\n').length - 1;
  }
  return { commands, rest: { text: pending, line: begins } };
}

/** All statements of a text; the last may have no end. */
export function allCommands(text: string): readonly MysqlCommand[] {
  const { commands, rest } = mysqlCommands(text);
  const last = { text: rest.text.trim(), line: rest.line, isUpright: false };
  return last.text === '' ? commands : [...commands, last];
}
