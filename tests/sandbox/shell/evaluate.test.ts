import { beforeEach, describe, expect, it } from 'vitest';
import { complain, type Effect, print, readInput, type Steps } from '../../../src/sandbox/effects.ts';
import { type Program, runScript, type ShellContext } from '../../../src/sandbox/shell/evaluate.ts';
import { filters } from '../../../src/sandbox/shell/filters.ts';
import { parseScript } from '../../../src/sandbox/shell/parse.ts';
import { linesOfScript } from '../../../src/sandbox/shell/script-lines.ts';
import { SyntaxFailure } from '../../../src/sandbox/shell/syntax.ts';

let files: Map<string, string>;

beforeEach(() => {
  files = new Map([['pods.txt', 'web 1/1 Running\napi 0/1 Error\nworker 1/1 Running\n']]);
});

function* show(words: readonly string[]): Steps<number> {
  yield* print(
    words
      .slice(1)
      .map((word) => `<${word}>`)
      .join(''),
  );
  return 0;
}
function* both(): Steps<number> {
  yield* print('out\n');
  yield* complain('err\n');
  return 3;
}
function* upper(): Steps<number> {
  yield* print((yield* readInput()).toUpperCase());
  return 0;
}
const code = (value: number): Program =>
  function* () {
    yield* print('');
    return value;
  };

/** Runs a script against files in memory. */
function run(
  text: string,
  variables: Record<string, string> = {},
): { out: string; err: string; status: number } {
  const programs: Record<string, Program> = { ...filters, show, both, upper, yes: code(0), no: code(1) };
  const known: Record<string, string> = { HOME: '/home/you', ...variables };
  const context: ShellContext = {
    status: 0,
    variables: () => known,
    setVariable: (name, value) => {
      known[name] = value;
    },
    program: (name) => programs[name],
    matches: (pattern) => (pattern === '*.yaml' ? ['api.yaml', 'web.yaml'] : []),
  };
  const outcome = { out: '', err: '', status: 0 };
  const steps = runScript(parseScript(text), context);
  let answer: unknown;
  for (;;) {
    const { done, value } = steps.next(answer);
    if (done) return { ...outcome, status: value };
    answer = answered(value, outcome);
  }
}

function answered(effect: Effect, outcome: { out: string; err: string }): unknown {
  switch (effect.kind) {
    case 'write':
      outcome[effect.to === 'stdout' ? 'out' : 'err'] += effect.text;
      return undefined;
    case 'read-file':
      return files.get(effect.path);
    case 'write-file':
      if (effect.path.startsWith('/none/')) return 'No such file or directory';
      files.set(effect.path, effect.text);
      return undefined;
    case 'read-input':
      return 'typed\n';
    default:
      return undefined;
  }
}

describe('a line of the shell', () => {
  it.each([
    ['show a  b', '<a><b>'],
    [`show 'a  b' "c d" e\\ f`, '<a  b><c d><e f>'],
    [`show a'b'"c"d`, '<abcd>'],
    [`show '' ""`, '<><>'],
    ['show "$NAME" $NAME', '<web one><web><one>'],
    [`show \${NAME}s \${NONE:-nothing} $NONE x`, '<web><ones><nothing><x>'],
    [`show '$NAME' \\$NAME "\\$NAME"`, '<$NAME><$NAME><$NAME>'],
    ['show $(show a b)', '<<a><b>>'],
    ['show "$(grep -c Running pods.txt)"', '<2>'],
    ['show `show x`', '<<x>>'],
    ['show *.yaml "*.yaml" *.txt', '<api.yaml><web.yaml><*.yaml><*.txt>'],
    ['show ~ ~/x a~', '</home/you></home/you/x><a~>'],
    ['show a # b', '<a>'],
    ['show a#b', '<a#b>'],
    ['show a \\\n b', '<a><b>'],
    ['show --image=nginx:1.28 -o jsonpath={.a}', '<--image=nginx:1.28><-o><jsonpath={.a}>'],
    ["show -o jsonpath='{.items[*].metadata.name}'", '<-o><jsonpath={.items[*].metadata.name}>'],
    ['NEW=x; show $NEW', '<x>'],
    ['no; show $?', '<1>'],
    ['show 5 $ x', '<5><$><x>'],
  ])('%s gives %s', (line, out) => {
    expect(run(line, { NAME: 'web one' })).toMatchObject({ out, status: 0 });
  });

  it.each([
    ['yes && show a', '<a>', 0],
    ['no && show a', '', 1],
    ['no || show a', '<a>', 0],
    ['yes || show a; show b', '<b>', 0],
    ['no && show a || show b', '<b>', 0],
    ['! no', '', 0],
    ['! yes', '', 1],
    ['no | yes', '', 0],
    ['yes | no', '', 1],
  ])('%s prints %j and ends with %d', (line, out, status) => {
    expect(run(line)).toMatchObject({ out, status });
  });

  it.each([
    ['both', 'out\n', 'err\n'],
    ['both > f', '', 'err\n'],
    ['both 2> f', 'out\n', ''],
    ['both > f 2>&1', '', ''],
    ['both 2>&1 | upper', 'OUT\nERR\n', ''],
    ['both | upper', 'OUT\n', 'err\n'],
    ['both >/dev/null 2>&1', '', ''],
    ['both >&2', '', 'out\nerr\n'],
  ])('%s sends output where it is told', (line, out, err) => {
    expect(run(line)).toMatchObject({ out, err });
  });

  it('writes files, and adds to them', () => {
    run('show a > f; show b >> f');
    expect(files.get('f')).toBe('<a><b>');
    run('both > f 2>&1');
    expect(files.get('f')).toBe('out\nerr\n');
  });

  it('reads a file as input', () => {
    expect(run('upper < pods.txt').out).toBe('WEB 1/1 RUNNING\nAPI 0/1 ERROR\nWORKER 1/1 RUNNING\n');
    expect(run('upper').out).toBe('TYPED\n');
  });

  it('reads here-documents, with and without variables', () => {
    expect(run('upper <<EOF\na $NAME "b"\nEOF\n', { NAME: 'web' }).out).toBe('A WEB "B"\n');
    expect(run("upper <<'EOF'\na $NAME\nEOF\n", { NAME: 'web' }).out).toBe('A $NAME\n');
    expect(run('upper <<-EOF | grep B\n\ta\n\tb\n\tEOF\nshow x', {}).out).toBe('B\n<x>');
  });

  it.each([
    ['nope', 127, 'sh: nope: command not found\n→ help lists the commands there are.\n'],
    ['upper < none', 1, 'sh: none: No such file or directory\n'],
    ['show a > /none/x', 1, 'sh: /none/x: No such file or directory\n'],
  ])('%s ends with %d and says why', (line, status, err) => {
    expect(run(line)).toMatchObject({ status, err });
  });

  it.each([
    ['show "a', 'unexpected EOF while looking for matching `"\'', true],
    ["show 'a", "unexpected EOF while looking for matching `''", true],
    ['show $(a', "unexpected EOF while looking for matching `)'", true],
    ['show a |', 'unexpected end of file', true],
    ['show a &&', 'unexpected end of file', true],
    ['upper <<EOF\na', "here-document ends with the script instead of 'EOF'", true],
    ['| show', "syntax error near unexpected token `|'", false],
    ['show ;; show', "syntax error near unexpected token `;'", false],
    ['show >', "syntax error near unexpected token `newline'", false],
    [
      'for i in 1 2; do show; done',
      "this shell has no 'for'; type the commands one by one, or run a script in a container with sh -c",
      false,
    ],
    ['show $((1+1))', 'this shell does not calculate', false],
    ['show a)', "syntax error near unexpected token `)'", false],
  ])('%j is no command', (text, message, isUnfinished) => {
    const parse = (): unknown => parseScript(text);
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ isUnfinished }));
  });
});

describe('the filters', () => {
  it.each([
    ['grep Running pods.txt', 'web 1/1 Running\nworker 1/1 Running\n'],
    ['grep -v Running pods.txt', 'api 0/1 Error\n'],
    ['grep -ic running pods.txt', '2\n'],
    ['grep -n ^w pods.txt', '1:web 1/1 Running\n3:worker 1/1 Running\n'],
    ['grep -E "^(web|api)" pods.txt', 'web 1/1 Running\napi 0/1 Error\n'],
    ['grep "web\\|api" pods.txt', 'web 1/1 Running\napi 0/1 Error\n'],
    ['grep -F "1/1 R" pods.txt | wc -l', '2\n'],
    ['grep -o "[a-z]*er" pods.txt', 'worker\n'],
    ['grep -A1 web pods.txt', 'web 1/1 Running\napi 0/1 Error\n'],
    ['head -n 1 pods.txt', 'web 1/1 Running\n'],
    ['head -1 pods.txt', 'web 1/1 Running\n'],
    ['tail -n 1 pods.txt', 'worker 1/1 Running\n'],
    ['tail -n +2 pods.txt', 'api 0/1 Error\nworker 1/1 Running\n'],
    ['cat pods.txt | sort', 'api 0/1 Error\nweb 1/1 Running\nworker 1/1 Running\n'],
    ['sort -k2 -r pods.txt', 'web 1/1 Running\nworker 1/1 Running\napi 0/1 Error\n'],
    ['wc -w < pods.txt', '9\n'],
    ['wc pods.txt', '      3       9      49 pods.txt\n'],
    ['printf || uniq -c < pods.txt | head -1', '      1 web 1/1 Running\n'],
  ])('%s', (line, out) => {
    expect(run(line).out).toBe(out);
  });

  it.each([
    ['grep nobody pods.txt', 1, ''],
    ['grep x none.txt', 2, 'grep: none.txt: No such file or directory\n'],
    ['grep "[" pods.txt', 2, 'grep: [: not a regular expression that is understood here\n'],
    ['grep -Z x pods.txt', 2, 'grep: unrecognized option: Z\n'],
    ['head -n x pods.txt', 2, "head: invalid number 'x'\n"],
    ['cat none.txt', 1, 'cat: none.txt: No such file or directory\n'],
  ])('%s ends with %d', (line, status, err) => {
    expect(run(line)).toMatchObject({ status, err });
  });
});

describe('a script', () => {
  it('is cut into commands, each with the lines that belong to it', () => {
    const text =
      '# first\nkubectl get pods\n\nkubectl apply -f - <<EOF\na: |\n  b\nEOF\necho "a\nb" \\\n  c |\n  wc -l\n)\nls';
    expect(linesOfScript(text)).toEqual([
      'kubectl get pods',
      'kubectl apply -f - <<EOF\na: |\n  b\nEOF',
      'echo "a\nb" \\\n  c |\n  wc -l',
      ')',
      'ls',
    ]);
  });

  it('that ends in the middle of something keeps what there is', () => {
    expect(linesOfScript('ls\necho "a')).toEqual(['ls', 'echo "a']);
    expect(() => parseScript('echo "a')).toThrow(SyntaxFailure);
  });
});
