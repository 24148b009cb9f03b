import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runTool } from '../../src/doctor/run-tool.ts';
import { kubectlCommands, kubectlGrammar } from '../../src/kubernetes/grammar.ts';
import { type GivenWord, type KubectlCommand, parseKubectl } from '../../src/kubernetes/parse.ts';
import { KubectlRefusal } from '../../src/kubernetes/refusal.ts';
import { commands, incomplete, refused, understood } from './kubectl-lines.ts';

/** Words parted by blanks; quotes around a part of one, or all of it, are taken off. */
function wordsOf(line: string): GivenWord[] {
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*"|"(?!.*"))+/g)].map(({ 0: text, index }) => ({
    text: text.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'),
    start: index,
  }));
}

function read(line: string): KubectlCommand {
  return parseKubectl(wordsOf(line));
}

function refusalOf(line: string): KubectlRefusal {
  try {
    read(line);
  } catch (error) {
    if (error instanceof KubectlRefusal) return error;
    throw error;
  }
  throw new Error(`nothing was refused: ${line}`);
}

function meaningOf({ command, globals, flags, args, afterDashes }: KubectlCommand): string {
  const uses = [...globals, ...flags].sort((one, other) => one.position - other.position);
  const given = uses.map(({ name, value }) => `${name}=${value}`);
  const rest = [
    ...(args.length > 0 ? ['|', ...args] : []),
    ...(afterDashes.length > 0 ? ['--', ...afterDashes] : []),
  ];
  return [command, ...given, ...rest].join(' ');
}

describe('a kubectl line', () => {
  it.each(understood)('%s means %s', (line, meaning) => {
    expect(meaningOf(read(line))).toBe(meaning);
  });

  it.each(commands)('%s is a line of %s', (line, command) => {
    expect(read(line).command).toBe(command);
  });

  it.each(refused)('%s is refused: %s, at %s', (line, message, word) => {
    const refusal = refusalOf(line);
    expect(refusal.message).toContain(message);
    expect(line.slice(refusal.position)).toMatch(
      new RegExp(`^${word.replace(/[[\]\\^$.|?*+()]/g, '\\$&')}( |$)`),
    );
    expect(refusal.hint).toMatch(/[.?]$/);
  });

  it.each(incomplete)('%s is refused: %s', (line, message) => {
    expect(refusalOf(line).message).toContain(message);
  });

  it.each<[string, string]>([
    ['kubectl gte pods', 'Did you mean kubectl get?'],
    ['kubectl rollout restat deploy/web', 'Did you mean kubectl rollout restart?'],
    ['kubectl create depoyment web', 'Did you mean kubectl create deployment?'],
    ['kubectl get pods --selectr app=web', 'Did you mean --selector?'],
    ['kubectl logs web -follow', 'Did you mean --follow?'],
    ['kubectl get pods --nosuch', 'The --help of the command lists its flags.'],
    ['kubectl zzz', 'kubectl --help lists what there is.'],
    ['kubectl -A get pods', 'Put the command first, and its flags behind it.'],
    ['kubectl run web', 'Add --image.'],
    ['kubectl create job web', 'Add --image or --from.'],
    ['kubectl apply', 'Name a manifest with -f.'],
    ['kubectl get pods -n', 'Give it a value: --namespace=<namespace>.'],
    ['kubectl logs web --since 5d', 'Give it as in --since=30s.'],
    ['kubectl logs web -fp=maybe', 'Give it as in --previous=true.'],
  ])('%s is answered with: %s', (line, hint) => {
    expect(refusalOf(line).hint).toBe(hint);
  });

  it('keeps how its flags were spelled, and where', () => {
    const { globals, flags, argv, program } = read('k get -n shop pods -o=wide --watch');
    expect(program).toBe('k');
    expect(globals).toEqual([{ name: '--namespace', value: 'shop', spelled: '-n', position: 6 }]);
    expect(flags).toEqual([
      { name: '--output', value: 'wide', spelled: '-o', position: 19 },
      { name: '--watch', value: 'true', spelled: '--watch', position: 27 },
    ]);
    expect(argv).toEqual(['k', 'get', '-n', 'shop', 'pods', '-o=wide', '--watch']);
  });

  it.each(['', 'docker ps', 'kubectlx get', '-n kubectl'])('%o is none', (line) => {
    expect(refusalOf(line).message).toBe('this is no kubectl line');
  });

  it('is read in time, however long it is', () => {
    const before = process.cpuUsage();
    expect(read(`kubectl exec web ${'-i '.repeat(50_000)}-- ${'a '.repeat(50_000)}`).flags).toHaveLength(
      50_000,
    );
    expect(refusalOf(`kubectl get -${'A'.repeat(100_000)}z`).message).toContain("'z'");
    expect(refusalOf(`kubectl get -L ${'"'.repeat(50_001)}`).message).toContain('parse error');
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000);
  });
});

describe('any words after kubectl', () => {
  const names = kubectlCommands().flatMap((path) => path.split(' '));
  const flags = kubectlCommands().flatMap((path) => kubectlGrammar(path)?.flags ?? []);
  const word = fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom(...flags).map(({ name }) => name),
    fc.constantFrom(...flags).map(({ name, shorthand }) => shorthand ?? name),
    fc.tuple(fc.constantFrom(...flags), fc.string()).map(([{ name }, value]) => `${name}=${value}`),
    fc.string({ unit: fc.constantFrom(...'-=_aAhinovw0"\' ,') }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '--',
      '-',
      '',
      '---',
      '--=',
      '-=',
      '__proto__',
      'constructor',
      '--constructor',
      '--__proto__',
      'toString',
    ),
  );

  it('are understood or refused, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (texts) => {
        const words = ['kubectl', ...texts].map((text, start) => ({ text, start }));
        try {
          const { argv, args, afterDashes, command } = parseKubectl(words);
          expect(argv).toEqual(['kubectl', ...texts]);
          expect(kubectlGrammar(command)).toBeDefined();
          expect(args.length + afterDashes.length).toBeLessThan(words.length);
        } catch (error) {
          expect(error).toBeInstanceOf(KubectlRefusal);
          expect((error as KubectlRefusal).position).toBeLessThan(words.length);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

/** No cluster is there for it to ask. */
const env = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  KUBECONFIG: '/nonexistent',
  KUBERNETES_MASTER: 'http://127.0.0.1:1',
};
const version = await runTool('kubectl', ['version', '--client'], env);
const isAbsent = version.kind === 'absent';

/** What the real one says of a line; --help stands before any --, so that it does nothing. */
async function askReal(line: string, help: boolean): Promise<string> {
  const args = wordsOf(line)
    .map(({ text }) => text)
    .slice(1);
  const dashes = args.indexOf('--');
  if (help) args.splice(dashes < 0 ? args.length : dashes, 0, '--help');
  const answer = await runTool('kubectl', args, env);
  return answer.kind === 'answered' ? 'accepted' : answer.kind === 'failed' ? answer.why : answer.kind;
}

/** What it says of many lines, a few at a time. */
async function askRealAll(lines: readonly string[], help: boolean): Promise<[string, string][]> {
  const said: [string, string][] = [];
  for (let start = 0; start < lines.length; start += 6) {
    const some = lines.slice(start, start + 6);
    said.push(
      ...(await Promise.all(
        some.map(async (line): Promise<[string, string]> => [line, await askReal(line, help)]),
      )),
    );
  }
  return said;
}

describe.skipIf(isAbsent)('the real kubectl (skipped where none is installed)', () => {
  it('parses every line that is understood here', { timeout: 120_000 }, async () => {
    const lines = [...understood, ...commands].map(([line]) => line);
    expect(lines.length).toBeGreaterThanOrEqual(150);
    const said = await askRealAll(lines, true);
    expect(said.filter(([, what]) => what !== 'accepted')).toEqual([]);
  });

  it('refuses every line that is refused here', { timeout: 120_000 }, async () => {
    const said = await askRealAll(
      [...refused, ...incomplete].map(([line]) => line),
      false,
    );
    expect(said.filter(([, what]) => what === 'accepted')).toEqual([]);
  });
});

describe('a line before it is one of kubectl', () => {
  it.each([
    ['kubectl.exe get pods', 'kubectl get'],
    ['Kubectl.EXE get pods', undefined],
    ['k.EXE get pods', 'kubectl get'],
    ['k get pods', 'kubectl get'],
    ['kubectl.exec get pods', undefined],
    ['kubectx get pods', undefined],
  ])('%s is %s', (line, command) => {
    if (command === undefined) expect(refusalOf(line).message).toBe('this is no kubectl line');
    else expect(read(line).command).toBe(command);
  });

  it('is refused at its first word, and at its beginning where it has none', () => {
    expect(refusalOf('  kubectx')).toMatchObject({ position: 2, hint: 'Begin it with kubectl.' });
    expect(() => parseKubectl([])).toThrow(expect.objectContaining({ position: 0 }));
  });
});

describe('what is too much or too little', () => {
  it('is let pass of a command that says so itself, and of no other', () => {
    const [short, other] = [wordsOf('kubectl get'), wordsOf('kubectl describe')];
    const isGet = (command: string) => command === 'kubectl get';
    expect(parseKubectl(short, isGet).command).toBe('kubectl get');
    expect(() => parseKubectl(short)).toThrow(KubectlRefusal);
    expect(() => parseKubectl(other, isGet)).toThrow(KubectlRefusal);
  });
});

describe('a flag before the command', () => {
  it.each([
    ['kubectl --warnings-as-errors get pods', 'kubectl get --warnings-as-errors=true | pods'],
    ['kubectl --warnings-as-errors=false get pods', 'kubectl get --warnings-as-errors=false | pods'],
    ['kubectl --context prod get pods', 'kubectl get --context=prod | pods'],
    ['kubectl -n shop get pods', 'kubectl get --namespace=shop | pods'],
    ['kubectl -nshop get pods', 'kubectl get --namespace=shop | pods'],
    ['kubectl --match_server_version get pods', 'kubectl get --match-server-version=true | pods'],
  ])('%s means %s', (line, meaning) => {
    expect(meaningOf(read(line))).toBe(meaning);
  });
});
