import { describe, expect, it } from 'vitest';
import { commandsOf, simpleCommands } from '../fixtures/shell-words.ts';

/** In which order they are found is of no interest. */
const sorted = (commands: readonly string[][]): string[] => commands.map((words) => words.join('|')).sort();

describe('a piece of shell', () => {
  it.each<[string, string[][]]>([
    ['docker ps -a', [['docker', 'ps', '-a']]],
    ['', []],
    [
      "docker ps --format 'table {{.Names}}\\t{{.Status}}'",
      [['docker', 'ps', '--format', 'table {{.Names}}\\t{{.Status}}']],
    ],
    ['echo "a \\"b\\" \\n $HOME"', [['echo', 'a "b" \\n x']]],
    ["echo ''", [['echo', '']]],
    ['echo a\\ b', [['echo', 'a b']]],
    ['docker run \\\n  nginx', [['docker', 'run', 'nginx']]],
    ["echo 'one\ntwo'", [['echo', 'one\ntwo']]],
    ['a | b; c && d || e & f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    ["echo 'a | b; c'", [['echo', 'a | b; c']]],
    ['(a; b)', [['a'], ['b']]],
    ['a # b; c\nd', [['a'], ['d']]],
    ['a#b', [['a#b']]],
    ['a > out 2>&1 < in', [['a']]],
    ['a >>out 2>/dev/null b', [['a', 'b']]],
    ['a &>out b', [['a', 'b']]],
    ['a 1.5>out', [['a', '1.5']]],
    ['a <<EOF b\none; two\nEOF\nc', [['a', 'b'], ['c']]],
    ["a <<'EOF'\n$(one)\nEOF", [['a']]],
    ['a <<EOF\nnever closed', [['a']]],
    ['a <<< "b c" d', [['a', 'd']]],
    ['a $(b "c)" $(d))e', [['b', 'c)', 'x'], ['d'], ['a', 'xe']]],
    [
      'a "$(b c)"',
      [
        ['b', 'c'],
        ['a', 'x'],
      ],
    ],
    [
      'a `b c`',
      [
        ['b', 'c'],
        ['a', 'x'],
      ],
    ],
    ['diff <(a b) <(c)', [['a', 'b'], ['c'], ['diff', 'x', 'x']]],
    ["a '$(b)'", [['a', '$(b)']]],
    [`a $NAME \${NAME:-b c} $1 $? 5$`, [['a', 'x', 'x', 'x', 'x', '5$']]],
  ])('is cut into its simple commands: %j', (script, commands) => {
    expect(sorted(simpleCommands(script))).toEqual(sorted(commands));
  });
});

describe('the commands of a tool', () => {
  it.each<[string, string[][]]>([
    [
      'docker rm -f $(docker ps -aq)',
      [
        ['docker', 'ps', '-aq'],
        ['docker', 'rm', '-f', 'x'],
      ],
    ],
    ['for n in 1 2; do\n  docker rm web-$n\ndone', [['docker', 'rm', 'web-x']]],
    ['while ! docker info; do sleep 1; done', [['docker', 'info']]],
    ['DOCKER_BUILDKIT=1 docker build .', [['docker', 'build', '.']]],
    ['sudo -E docker ps', [['docker', 'ps']]],
    ['watch -n 1 docker ps', [['docker', 'ps']]],
    [
      'docker ps -q | xargs -r docker rm',
      [
        ['docker', 'ps', '-q'],
        ['docker', 'rm', 'x'],
      ],
    ],
    ['cat docker kubectl', []],
    ["ssh host 'docker ps'", []],
    ['dockerd --debug', []],
    ['kubectl get pods', []],
  ])('are found in %j', (script, commands) => {
    expect(sorted(commandsOf(script, 'docker'))).toEqual(sorted(commands));
  });
});
