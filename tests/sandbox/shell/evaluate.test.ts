import { beforeEach, describe, expect, it } from 'vitest';
import { complain, pause, print, readInput, type Steps } from '../../../src/sandbox/effects.ts';
import { parseScript, SyntaxFailure } from '../../../src/sandbox/shell/line/parse.ts';
import { linesOfScript } from '../../../src/sandbox/shell/line/script-lines.ts';
import type { Program } from '../../../src/sandbox/shell/shell-context.ts';
import { type Outcome, ShellVisitor } from './shell-visitor.ts';

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
/** Prints a line a second, for ever. */
function* tick(): Steps<number> {
  for (let count = 1; ; count++) {
    yield* print(`tick ${count}\n`);
    yield* pause(1000);
  }
}
const code = (value: number): Program =>
  function* () {
    yield* print('');
    return value;
  };

let visitor: ShellVisitor;

beforeEach(() => {
  visitor = new ShellVisitor({ show, both, upper, tick, ok: code(0), no: code(1) });
  visitor.type('mkdir work; cd work; touch api.yaml web.yaml');
  visitor.type("printf 'web 1/1 Running\\napi 0/1 Error\\nworker 1/1 Running\\n' > pods.txt");
});

const run = (text: string): Outcome => visitor.type(text);

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
    ['show *.yaml "*.yaml" *.json', '<api.yaml><web.yaml><*.yaml><*.json>'],
    ['show ~ ~/x a~', '</home/you></home/you/x><a~>'],
    ['show a # b', '<a>'],
    ['show a#b', '<a#b>'],
    ['show a \\\n b', '<a><b>'],
    ['show --image=nginx:1.28 -o jsonpath={.a}', '<--image=nginx:1.28><-o><jsonpath={.a}>'],
    ["show -o jsonpath='{.items[*].metadata.name}'", '<-o><jsonpath={.items[*].metadata.name}>'],
    ['NEW=x; show $NEW', '<x>'],
    ['no; show $?', '<1>'],
    ['show 5 $ x', '<5><$><x>'],
    ['show {a,b}.txt x{1..3}', '<a.txt><b.txt><x1><x2><x3>'],
    ['show $((2 * 3 + 1))', '<7>'],
    [`show \${#NAME} \${NAME% one} \${NAME/one/two}`, '<7><web><web><two>'],
    ['show \r\nshow b\r\n', '<b>'],
  ])('%s gives %s', (line, out) => {
    run('NAME="web one"');
    expect(run(line)).toMatchObject({ out, status: 0 });
  });

  it.each([
    ['ok && show a', '<a>', 0],
    ['no && show a', '', 1],
    ['no || show a', '<a>', 0],
    ['ok || show a; show b', '<b>', 0],
    ['no && show a || show b', '<b>', 0],
    ['! no', '', 0],
    ['! ok', '', 1],
    ['no | ok', '', 0],
    ['ok | no', '', 1],
    ['set -o pipefail; no | ok', '', 1],
    ['(exit 3)', '', 3],
    ['X=$(no)', '', 1],
  ])('%s prints %j and ends with %d', (line, out, status) => {
    expect(run(line)).toMatchObject({ out, status });
  });

  it.each([
    ['both', 'out\n', 'err\n'],
    ['both > f', '', 'err\n'],
    ['both 2> f', 'out\n', ''],
    ['both > f 2>&1', '', ''],
    ['both &> f', '', ''],
    ['both 2>&1 | upper', 'OUT\nERR\n', ''],
    ['both | upper', 'OUT\n', 'err\n'],
    ['both |& upper', 'OUT\nERR\n', ''],
    ['both >/dev/null 2>&1', '', ''],
    ['both 2>/dev/null >&2', '', ''],
    ['both >&2', '', 'out\nerr\n'],
    ['{ both; both; } > f', '', 'err\nerr\n'],
  ])('%s sends output where it is told', (line, out, err) => {
    expect(run(line)).toMatchObject({ out, err });
  });

  it('writes files, and adds to them', () => {
    run('show a > f; show b >> f');
    expect(run('cat f').out).toBe('<a><b>');
    run('both > f 2>&1');
    expect(run('cat f').out).toBe('out\nerr\n');
  });

  it('reads files and here-documents as input', () => {
    expect(run('upper < pods.txt').out).toBe('WEB 1/1 RUNNING\nAPI 0/1 ERROR\nWORKER 1/1 RUNNING\n');
    run('NAME=web');
    expect(run('upper <<EOF\na $NAME "b"\nEOF\n').out).toBe('A WEB "B"\n');
    expect(run("upper <<'EOF'\na $NAME\nEOF\n").out).toBe('A $NAME\n');
    expect(run('upper <<-EOF | grep B\n\ta\n\tb\n\tEOF\nshow x').out).toBe('B\n<x>');
    expect(run('upper <<< "a $NAME"').out).toBe('A WEB\n');
    expect(visitor.type('upper', 'typed\n').out).toBe('TYPED\n');
  });

  it.each([
    ['nope', 127, 'sh: nope: command not found\n→ help lists the commands there are.\n'],
    ['cat pods.txt | nope', 127, 'sh: nope: command not found\n→ help lists the commands there are.\n'],
    [
      'jq .',
      127,
      'sh: jq: command not found\n→ it is not in the sandbox; kubectl has -o jsonpath=…, docker has --format\n',
    ],
    ['!!', 127, 'sh: !!: lines are not repeated by number here; the arrow up brings them back\n'],
    ['./run.sh', 127, 'sh: ./run.sh: No such file or directory\n'],
    ['upper < none', 1, 'sh: none: No such file or directory\n'],
    ['upper < .', 1, 'sh: .: Is a directory\n'],
    ['show a > /none/x', 1, 'sh: /none/x: No such file or directory\n'],
    ['show a > .', 1, 'sh: .: Is a directory\n'],
    ['show 3> f', 1, 'sh: 3: this shell redirects 0, 1 and 2 only\n'],
    ['cd nowhere', 1, 'sh: cd: nowhere: No such file or directory\n'],
    ['cd pods.txt', 1, 'sh: cd: pods.txt: Not a directory\n'],
    ['export 1a=2', 1, "sh: export: `1a=2': not a valid identifier\n"],
    ['set -u; show $NONE', 1, 'sh: NONE: unbound variable\n'],
    [`show \${NONE:?is missing}`, 1, 'sh: NONE: is missing\n'],
    ['show $((1 / 0))', 1, 'sh: 1 / 0: division by 0 (error token is "0")\n'],
    ['f() { f; }; f', 2, 'sh: too deep: a function calls itself\n'],
  ])('%s ends with %d and says why', (line, status, err) => {
    expect(run(line)).toMatchObject({ status, err });
  });

  it.each([
    ['show "a', 'unexpected EOF while looking for matching `"\'', true],
    ["show 'a", "unexpected EOF while looking for matching `''", true],
    ['show $(a', 'syntax error: unexpected end of file', true],
    ['show a |', 'syntax error: unexpected end of file', true],
    ['show a &&', 'syntax error: unexpected end of file', true],
    ['for i in 1 2; do', 'syntax error: unexpected end of file', true],
    ['if ok; then show', 'syntax error: unexpected end of file', true],
    ['| show', "syntax error near unexpected token `|'", false],
    ['show ;; show', "syntax error near unexpected token `;;'", false],
    ['show >', "syntax error near unexpected token `newline'", false],
    ['done', "syntax error near unexpected token `done'", false],
    ['show a)', "syntax error near unexpected token `)'", false],
  ])('%j is no command', (text, message, isUnfinished) => {
    const parse = (): unknown => parseScript(text);
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ isUnfinished }));
    const { err, status } = run(text);
    expect([err.replace(/^→.*\n/m, ''), status]).toEqual([`sh: ${message}\n`, 2]);
  });

  it('takes a here-document that the script ends in, as bash does', () => {
    expect(run('upper <<EOF\na')).toEqual({
      out: 'A\n',
      err: "sh: warning: here-document at line 1 delimited by end-of-file (wanted `EOF')\n",
      status: 0,
    });
  });
});

describe('what is put together from commands', () => {
  it.each([
    ['for name in web api; do show $name; done', '<web><api>'],
    ['for file in *.yaml; do show $file; done | upper', '<API.YAML><WEB.YAML>'],
    ['for i in 1 2 3 4; do if [ $i = 2 ]; then continue; fi; [ $i = 4 ] && break; show $i; done', '<1><3>'],
    ['i=0; while [ $i -lt 3 ]; do i=$((i + 1)); show $i; done', '<1><2><3>'],
    ['i=0; until [ $i -ge 2 ]; do i=$((i + 1)); done; show $i', '<2>'],
    [
      'while read -r name ready rest; do show "$name" "$rest"; done < pods.txt',
      '<web><Running><api><Error><worker><Running>',
    ],
    ['cat pods.txt | while read name rest; do show $name; done', '<web><api><worker>'],
    ['if grep -q Error pods.txt; then show broken; else show fine; fi', '<broken>'],
    ['case web-7d in web*) show w;; *) show other;; esac', '<w>'],
    ['[[ web-1 == web* && 2 -gt 1 ]] && show yes', '<yes>'],
    ['greet() { show hello "$1"; return 4; }; greet you; show $?', '<hello><you><4>'],
    ['(cd /; X=inner; pwd); pwd; show "$X"', '/\n/home/you/work\n<>'],
    ['echo a | read X; show "$X"', '<>'],
    ['X=1 env | grep ^X; show "$X"', 'X=1\n<>'],
    ['eval "show a; show b"', '<a><b>'],
    ["echo 'show sourced' > f.sh; . ./f.sh", '<sourced>'],
    ['printf "web\\napi\\n" | xargs show get', '<get><web><api>'],
    ['printf "web\\napi\\n" | xargs -n1 show', '<web><api>'],
    ['printf "web\\napi\\n" | xargs -I{} show name={}', '<name=web><name=api>'],
    ['set -e; no || show a; show b', '<a><b>'],
  ])('%s prints %j', (line, out) => {
    expect(run(line)).toMatchObject({ out, err: '' });
  });

  it('a pipe hands on what comes while it comes, and ends what nobody reads any more', () => {
    const before = visitor.shell.now;
    expect(run('tick | head -2')).toMatchObject({ out: 'tick 1\ntick 2\n', status: 0 });
    expect(visitor.shell.now - before).toBeLessThan(5000);
    expect(run('yes | head -1').out).toBe('y\n');
    expect(run('tick | grep 3 | head -1').out).toBe('tick 3\n');
  });

  it('what a loop without an end does is ended, since nobody can press Ctrl-C', () => {
    expect(run('while true; do :; done')).toMatchObject({ status: 124 });
    expect(run('tick > f')).toMatchObject({ status: 124 });
    expect(run('head -2 f').out).toBe('tick 1\ntick 2\n');
  });

  it('set -e ends a script at what fails', () => {
    run('set -e');
    expect(() => run('no')).toThrow('exit');
    expect(() => run('if no; then :; fi; ! ok; no || ok')).not.toThrow();
  });

  it('jobs go on in the background until they are ended', () => {
    run('tick > f &');
    for (let second = 0; second < 3; second++) visitor.shell.advance(1000);
    expect(run('tail -1 f').out).toBe('tick 4\n');
    expect(run('jobs').out).toBe('[1]+  Running                 tick &\n');
    expect(run('kill %1; kill %1')).toMatchObject({ err: 'sh: kill: %1: no such job\n', status: 1 });
    expect(run('jobs').out).toBe('');
  });
});

describe('the tools', () => {
  it.each([
    ['grep Running pods.txt', 'web 1/1 Running\nworker 1/1 Running\n'],
    ['grep -v Running pods.txt', 'api 0/1 Error\n'],
    ['grep -n ^w pods.txt', '1:web 1/1 Running\n3:worker 1/1 Running\n'],
    ['grep -E "^(web|api)" pods.txt', 'web 1/1 Running\napi 0/1 Error\n'],
    ['grep -F "1/1 R" pods.txt | wc -l', '2\n'],
    ['grep -A1 web pods.txt', 'web 1/1 Running\napi 0/1 Error\n'],
    ['tail -n +2 pods.txt', 'api 0/1 Error\nworker 1/1 Running\n'],
    ['sort -k2 -r pods.txt | head -1', 'worker 1/1 Running\n'],
    ["awk '{print $1}' pods.txt", 'web\napi\nworker\n'],
    ["sed -n 's/Error/broken/p' pods.txt", 'api 0/1 broken\n'],
    ['cut -d" " -f3 pods.txt | sort | uniq -c', '      1 Error\n      2 Running\n'],
    ['ls', 'api.yaml\npods.txt\nweb.yaml\n'],
    ['cp pods.txt p; mv p q; ls q; rm q; ls', 'q\napi.yaml\npods.txt\nweb.yaml\n'],
    ['mkdir -p a/b; touch a/b/c; find a', 'a\na/b\na/b/c\n'],
    ['ln -s pods.txt link; cat link | head -1; readlink link', 'web 1/1 Running\npods.txt\n'],
    ['chmod 600 pods.txt; stat -c %a pods.txt', '600\n'],
    ['echo hello | tee f | upper; cat f', 'HELLO\nhello\n'],
    ['echo -n secret | base64; echo c2VjcmV0 | base64 -d', 'c2VjcmV0\nsecret'],
    [
      'mkdir a; touch a/x; tree',
      '.\n├── a\n│   └── x\n├── api.yaml\n├── pods.txt\n└── web.yaml\n\n1 directory, 4 files\n',
    ],
    ['sed s/api/db/ pods.txt > n; diff pods.txt n', '2c2\n< api 0/1 Error\n---\n> db 0/1 Error\n'],
    [
      'cat pods.txt pods.txt > n; echo x >> n; diff pods.txt n',
      '3a4,7\n> web 1/1 Running\n> api 0/1 Error\n> worker 1/1 Running\n> x\n',
    ],
    ['diff -q pods.txt pods.txt', ''],
    ['cd ..; cd -; cd', '/home/you/work\n'],
    ['pwd', '/home/you/work\n'],
    ['less pods.txt | head -1', 'web 1/1 Running\n'],
  ])('%s', (line, out) => {
    expect(run(line)).toMatchObject({ out, err: '' });
  });

  it('ls -la shows modes, owners, sizes and times', () => {
    run('chmod 640 pods.txt; mkdir inner');
    expect(run('ls -la').out.replace(/\w{3} +\d+ \d\d:\d\d/g, 'TIME')).toMatchInlineSnapshot(`
      "total 16
      drwxr-xr-x 3 you you 4096 TIME .
      drwxr-xr-x 5 you you 4096 TIME ..
      -rw-r--r-- 1 you you    0 TIME api.yaml
      drwxr-xr-x 2 you you 4096 TIME inner
      -rw-r----- 1 you you   49 TIME pods.txt
      -rw-r--r-- 1 you you    0 TIME web.yaml
      "
    `);
  });

  it.each([
    ['grep nobody pods.txt', 1, ''],
    ['grep x none.txt', 2, 'grep: none.txt: No such file or directory\n'],
    ['cat none.txt', 1, 'cat: none.txt: No such file or directory\n'],
    ['cat .', 1, 'cat: .: Is a directory\n'],
    [
      'cp pods.txt',
      1,
      "cp: missing destination file operand after 'pods.txt'\nTry 'cp --help' for more information.\n",
    ],
    ['rm none', 1, "rm: cannot remove 'none': No such file or directory\n"],
    ['mkdir pods.txt', 1, "mkdir: cannot create directory 'pods.txt': File exists\n"],
    ['touch /etc-file', 1, "touch: cannot touch '/etc-file': Permission denied\n"],
    ['ls nowhere', 2, "ls: cannot access 'nowhere': No such file or directory\n"],
    ['diff pods.txt none', 2, 'diff: none: No such file or directory\n'],
    ['sleep soon', 1, "sleep: invalid time interval 'soon'\nTry 'sleep --help' for more information.\n"],
    [
      'edit pods.txt',
      1,
      'edit: there is no terminal to edit on; write the file with: cat > pods.txt <<EOF\n',
    ],
    ['edit .', 1, 'edit: .: Is a directory\n'],
    ['watch kubectl get pods', 1, 'watch: there is no terminal to watch on; kubectl get has --watch\n'],
  ])('%s ends with %d', (line, status, err) => {
    expect(run(line)).toMatchObject({ status, err });
  });

  it('sleep lets the world go on', () => {
    const before = visitor.shell.now;
    run('sleep 1m 5s');
    expect(visitor.shell.now - before).toBe(65_000);
  });
});

describe('a script', () => {
  it('is cut into commands, each with the lines that belong to it', () => {
    const text =
      '# first\nkubectl get pods\n\nkubectl apply -f - <<EOF\na: |\n  b\nEOF\necho "a\nb" \\\n  c |\n  wc -l\n)\nfor i in 1 2\ndo\n  echo $i\ndone\nls';
    expect(linesOfScript(text)).toEqual([
      'kubectl get pods',
      'kubectl apply -f - <<EOF\na: |\n  b\nEOF',
      'echo "a\nb" \\\n  c |\n  wc -l',
      ')',
      'for i in 1 2\ndo\n  echo $i\ndone',
      'ls',
    ]);
  });

  it('that ends in the middle of something keeps what there is', () => {
    expect(linesOfScript('ls\necho "a')).toEqual(['ls', 'echo "a']);
    expect(() => parseScript('echo "a')).toThrow(SyntaxFailure);
  });

  it('with a long here-document is cut at once', () => {
    const text = `cat <<EOF\n${'a line of text\n'.repeat(20_000)}EOF\nls`;
    const begun = performance.now();
    expect(linesOfScript(text)).toHaveLength(2);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
