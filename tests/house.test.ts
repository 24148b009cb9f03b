import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

// The laws of the house. Each is checked in every file of src/, so that a failure names the file.

const root = dirname(import.meta.dirname);

/** The start of a function that is exported, an arrow function too. */
const exportedFunction =
  /^export (?:(?:async )?function\*? |const (?=\w+(?:: .+)? = (?:async )?(?:\(|<|function|\w+ =>)))(\w+)/;

interface Import {
  /** A package, or a path below src/. */
  readonly from: string;
  readonly isOwn: boolean;
  readonly isTypeOnly: boolean;
  /** Names that are imported; `*` for all. */
  readonly names: readonly string[];
}

interface SourceFile {
  /** Below src/, such as `quiz/grade.ts`. */
  readonly path: string;
  /** Its first folder; for a file right in src/, its own name. */
  readonly room: string;
  readonly text: string;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(sep).join('/'))
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .map(readSource);

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, 'src', path), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  return { path, room: path.split('/')[0] ?? '', text, code, imports: importsOf(code, path) };
}

function importsOf(code: string, path: string): Import[] {
  const importOf = (clause: string, from: string): Import => ({
    from: from.startsWith('.') ? posix.join(posix.dirname(path), from) : from,
    isOwn: from.startsWith('.'),
    isTypeOnly: clause.startsWith('type ') || /^\{(\s*type [^,}]+,?)+\s*\}$/.test(clause),
    names: [...clause.matchAll(/(?:type )?([\w$*]+)(?: as \w+)?/g)].map((match) => match[1] ?? ''),
  });
  return [
    ...[...code.matchAll(/^\s*(?:import|export)\s+([^'";=]*?)\s*from\s*'([^']+)'/gm)].map(
      ([, clause = '', from = '']) => importOf(clause, from),
    ),
    ...[...code.matchAll(/^\s*import\s*'([^']+)'/gm)].map(([, from = '']) => importOf('*', from)),
    ...[...code.matchAll(/\bimport\(\s*'([^']+)'/g)].map(([, from = '']) => importOf('*', from)),
  ];
}

/** A test of one law in all files it holds for: `breaches` says how a file breaks it. */
function law(
  title: string,
  breaches: (file: SourceFile) => readonly string[],
  holdsFor: (file: SourceFile) => boolean = () => true,
): void {
  it(title, () => {
    const held = files.filter(holdsFor);
    expect(held).not.toEqual([]);
    expect(held.flatMap((file) => breaches(file).map((breach) => `src/${file.path}: ${breach}`))).toEqual([]);
  });
}

const matchesIn = (text: string, pattern: RegExp): string[] => pattern.exec(text)?.slice(0, 1) ?? [];

const vocabularies = ['docker', 'kubernetes'];
const domain = ['lesson', 'quiz', 'choose', 'mapping', 'sandbox'];
const below = [...domain, ...vocabularies];
const isPure = ({ room }: SourceFile): boolean => [...below, 'nearest.ts'].includes(room);

/** What every room may import. */
const forAll = ['errors.ts', 'io.ts', 'nearest.ts'];

/** From which rooms a room may import, besides itself and what is for all. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['program.ts', 'own-words.ts', 'terminal'],
  'program.ts': ['commands', 'help.ts', 'version.ts', 'terminal'],
  'help.ts': ['terminal'],
  'version.ts': [],
  'own-words.ts': [],
  'errors.ts': [],
  'io.ts': [],
  'nearest.ts': [],
  commands: ['help.ts', 'version.ts', 'terminal', 'content', 'learner', 'doctor', 'serve', ...below],
  terminal: below,
  content: below,
  learner: below,
  doctor: below,
  serve: ['sandbox'],
  ...Object.fromEntries(domain.map((room) => [room, below])),
  ...Object.fromEntries(vocabularies.map((room) => [room, []])),
};

/** A view draws what these rooms hold: it may know the shape of their data, and nothing else of them. */
const mayImportTypes: Readonly<Record<string, readonly string[]>> = {
  terminal: ['content', 'learner', 'doctor'],
};

describe('imports point one way', () => {
  law('from rooms that this test knows', ({ room }) => (mayImport[room] ? [] : [`what may ${room} import?`]));

  law('to the rooms below', ({ room, imports }) => {
    const rooms = [room, ...forAll, ...(mayImport[room] ?? [])];
    return imports
      .filter(({ from, isOwn, isTypeOnly }) => {
        const [other = ''] = from.split('/');
        return isOwn && !rooms.includes(other) && !(isTypeOnly && mayImportTypes[room]?.includes(other));
      })
      .map(({ from }) => from);
  });

  law('never in a circle', ({ path }) => (reachableFrom(path).has(path) ? ['comes back to itself'] : []));

  law('and of io.ts there are only types', ({ imports }) =>
    imports.filter(({ from, isTypeOnly }) => from === 'io.ts' && !isTypeOnly).map(({ from }) => from),
  );
});

/** All files of src/ that a file needs when it runs, and that these need, and so on. */
function reachableFrom(path: string): Set<string> {
  const found = new Set<string>();
  const follow = (from: string): void => {
    for (const each of files.find((file) => file.path === from)?.imports ?? []) {
      if (!each.isOwn || each.isTypeOnly || found.has(each.from)) continue;
      found.add(each.from);
      follow(each.from);
    }
  };
  follow(path);
  return found;
}

/** Which rooms may import a package. */
const packages: readonly (readonly [name: RegExp, rooms: readonly string[]])[] = [
  [/^(chalk|cli-table3|ora|inquirer|@inquirer\/.+|fast-wrap-ansi|fast-string-width)$/, ['terminal']],
  [/^(zod|marked)$/, ['content']],
  // The build reads lessons/ with it, `map` a compose file, kubectl in the sandbox a manifest.
  [/^yaml$/, ['content', 'docker', 'sandbox']],
  [/^ts-fsrs$/, ['quiz']],
  [/^ws$/, ['serve']],
  [/^commander$/, ['program.ts', 'help.ts', 'commands']],
  [/^fastest-levenshtein$/, ['nearest.ts']],
];

/** Who may write files: the room that keeps the learner's state, and those that write what they are asked to. */
const mayWrite =
  /^(learner\/.*|commands\/(map\/write-objects|progress|sandbox\/(edit-text|sandbox-serve))\.ts|content\/build-index\.ts)$/;
const writes =
  /^(\*|default|append|chmod|chown|copyFile|cp|create|fchmod|fchown|ftruncate|futimes|link|lutimes|mkdir|mkdtemp|open|rename|rm|symlink|truncate|unlink|utimes|write)/;

describe('what is outside has one door', () => {
  law('a package is imported by its room only', ({ room, imports }) =>
    imports
      .filter(({ from, isOwn }) => !isOwn && !from.startsWith('node:'))
      .filter(({ from }) => !packages.find(([name]) => name.test(from))?.[1].includes(room))
      .map(({ from }) => from),
  );

  law(
    'lessons/ is read by content/ only',
    ({ code }) => matchesIn(code, /\blessons\/|\b(join|resolve|URL)\([^)]*['"`]lessons/),
    ({ room }) => room !== 'content',
  );

  law(
    'files are written by learner/, by what was asked to write them, and by the build',
    ({ imports }) =>
      imports
        .filter(({ from }) => /^(node:)?fs(\/promises)?$/.test(from))
        .flatMap(({ names }) => names.filter((name) => writes.test(name))),
    ({ path }) => !mayWrite.test(path),
  );
});

const purePackages = ['fastest-levenshtein', 'ts-fsrs', 'yaml'];

describe('the domain is pure', () => {
  law(
    'it imports nothing of Node, and no package that is not pure itself',
    ({ imports }) =>
      imports.filter(({ from, isOwn }) => !isOwn && !purePackages.includes(from)).map(({ from }) => from),
    isPure,
  );

  law(
    'it takes time, chance and the world as arguments',
    ({ code }) => {
      // A simulated process may be called what it is.
      const isSimulated = /\b(const|let) process\b|[(,{]\s*process\s*[:,)}]|\bprocess =>/.test(code);
      const outside = isSimulated ? code.replaceAll(/\bprocess\./g, 'simulated.') : code;
      return matchesIn(
        outside,
        /\bDate\(\s*\)|\bDate\.now\b|\bMath\.random\b|\b(process|performance|crypto|console|globalThis)\.[a-z]\w*|\b(setTimeout|setInterval|setImmediate|queueMicrotask|fetch)\(/,
      );
    },
    isPure,
  );
});

/** What other files of src/, the tests and the scripts take from each file of src/. */
const takenFrom = new Map<string, Set<string>>();
for (const folder of ['src', 'tests', '.scripts']) {
  for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(ts|mjs|cjs)$/.test(name)) continue;
    const path = posix.join(folder, name.split(sep).join('/'));
    const text = readFileSync(join(root, path), 'utf8');
    const named = [...text.matchAll(/['"](src\/[\w./-]+\.ts)['"]/g)].map(([, from = '']) => ({
      from,
      names: ['*'],
    }));
    for (const { from, names } of [...importsOf(text, path), ...named]) {
      if (!from.startsWith('src/')) continue;
      const taken = takenFrom.get(from.slice('src/'.length)) ?? new Set();
      for (const each of names) taken.add(each);
      takenFrom.set(from.slice('src/'.length), taken);
    }
  }
}

/** What is loaded by its path and not by an import. */
const isEntry = (path: string): boolean => path === 'main.ts';

describe('a file has one subject', () => {
  law('and its name says it, in kebab-case', ({ path }) => [
    ...(/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path) ? [] : ['is not in kebab-case']),
    ...matchesIn(path, /\b(utils?|helpers?|common|misc|shared)\b|(^|\/)index\.ts$/),
  ]);

  law(
    'in at most 300 lines, unless a script wrote them',
    ({ text }) => {
      const { length } = text.trimEnd().split('\n');
      return length > 300 ? [`${length} lines`] : [];
    },
    ({ text }) => !text.startsWith('// Generated by .scripts/'),
  );

  law('and exports it by name', ({ code }) => matchesIn(code, /^\s*export\s+default\b|\bas\s+default\b/m));

  law('of its own: it is not a list of what others export', ({ code }) => {
    const own = code.replace(/^\s*(import|export)\s+([^'";=]*?\s*from\s*)?'[^']+';?\s*$/gm, '');
    return own.trim() === '' ? ['is a barrel'] : [];
  });

  law('and exports nothing that no other file takes', ({ path, code }) => {
    const exported = [...code.matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm)];
    const taken = takenFrom.get(path) ?? new Set();
    return exported
      .map(([, name = '']) => name)
      .filter((name) => !taken.has(name) && !taken.has('*') && !isEntry(path));
  });

  law('and says of each function that it exports what it is for', ({ text, room }) => {
    const lines = text.split('\n');
    return lines.flatMap((line, index) => {
      const name = exportedFunction.exec(line)?.[1];
      const before = lines[index - 1] ?? '';
      const isSaid = before.endsWith('*/') || before.startsWith(`export function ${name}(`);
      // What `define` is for is said once, at its type.
      return name === undefined || isSaid || (room === 'commands' && name === 'define') ? [] : [name];
    });
  });
});

describe('the package', () => {
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  it.each([
    'dependencies',
    'optionalDependencies',
    'peerDependencies',
    'bundledDependencies',
    'bundleDependencies',
  ])('has no %s: what it needs is in its bundle', (key) => {
    expect(manifest).not.toHaveProperty(key);
  });

  it('has a lockfile that says what to install, not where from', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });
});

describe('a file that is handed on', () => {
  // Put together here, so that this file holds none of them itself.
  const traces = [
    `${root}/`,
    ['', 'work', ''].join('/'),
    ['registry', 'npmjs', 'org'].join('.'),
    ['registry', 'yarnpkg', 'com'].join('.'),
    ['npm', 'pkg', 'github', 'com'].join('.'),
  ];

  it.skipIf(!existsSync(join(root, '.git')))('holds no trace of the machine it was made on', () => {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const names = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
    const found = names
      .filter((name) => existsSync(join(root, name)))
      .flatMap((name) => {
        const text = readFileSync(join(root, name), 'utf8');
        return traces.filter((trace) => text.includes(trace)).map((trace) => `${name}: ${trace}`);
      });
    expect(names.length).toBeGreaterThan(0);
    expect(found).toEqual([]);
  });
});
