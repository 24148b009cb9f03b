import { describe, expect, it } from 'vitest';
import { parseDocker } from '../../src/docker/parse.ts';
import { splitWords } from '../../src/docker/words.ts';
import type { CommandRow, FlagRow } from '../../src/mapping/command-row.ts';
import { translateByRow } from '../../src/mapping/translate-by-row.ts';
import type { Translation } from '../../src/mapping/translation.ts';

const flag = (name: string, parts: Partial<FlagRow> = {}): FlagRow => ({
  flag: name,
  grade: 'approximate',
  kubernetes: name,
  why: `Why ${name}.`,
  sources: ['page-of-flag'],
  ...parts,
});

/** A row for a command of the real grammar, with the parts that a test is about. */
const row = (command: string, parts: Partial<CommandRow>): CommandRow => ({
  command,
  category: 'container',
  intents: ['do it'],
  grade: 'approximate',
  kubernetes: 'kubectl',
  summary: 'A summary.',
  positionals: [],
  commands: [],
  caveats: ['A caveat.'],
  flags: [],
  lesson: 'pods',
  sources: ['page'],
  ...parts,
});

const translate = (line: string, given: CommandRow): Translation =>
  translateByRow(given, parseDocker(splitWords(line).words), line);

const typed = (line: string, given: CommandRow): string[] =>
  translate(line, given).commands.map(({ argv }) => argv.join(' '));

const list = row('docker container ls', {
  commands: [
    { run: 'kubectl get pods', why: 'Lists.' },
    { run: 'kubectl get pods -o wide', why: 'Wide.', when: '--no-trunc' },
    { run: 'kubectl get pods -w', why: 'Narrow.', when: '!--no-trunc --all' },
  ],
  flags: [
    flag('--all', { kubernetes: 'the default' }),
    flag('--no-trunc'),
    flag('--last', { adds: '--limit={value}' }),
    flag('--filter', {
      kubernetes: 'a selector',
      values: [
        {
          starts: 'label=',
          grade: 'exact',
          kubernetes: '--selector',
          adds: '--selector={rest}',
          why: 'A label.',
        },
        {
          starts: 'status=running',
          grade: 'none',
          kubernetes: '--field-selector',
          adds: '--field-selector=status.phase=Running',
          why: 'A phase.',
        },
        { starts: 'name=', grade: 'none', kubernetes: 'none', why: 'No name.' },
      ],
    }),
  ],
});

const logs = row('docker container logs', {
  positionals: ['container'],
  commands: [{ run: 'kubectl logs deployment/{container}', why: 'Prints.' }],
  flags: [
    flag('--follow', { adds: '--follow' }),
    flag('--tail', { adds: '--tail={value}' }),
    flag('--since', { adds: '--since={value}' }),
  ],
});

const exec = row('docker container exec', {
  positionals: ['container', 'args...'],
  commands: [{ run: 'kubectl exec deployment/{container} -- {args...}', why: 'Runs.' }],
  flags: [flag('--interactive', { adds: '--stdin' }), flag('--tty', { adds: '--tty' })],
});

const tag = row('docker image tag', {
  positionals: ['source', 'target'],
  commands: [{ run: 'docker tag {source} {target}', why: 'Tags.' }],
});

const build = row('docker image build', {
  positionals: ['context'],
  commands: [
    { run: 'docker build -t {flag.tag} {context}', why: 'Builds.', when: '--tag' },
    { run: 'docker build {context}', why: 'Builds.', when: '!--tag context' },
    { run: 'kubectl get nodes', why: 'Looks.', when: '--pull --no-cache=true' },
  ],
  flags: [flag('--tag'), flag('--pull'), flag('--no-cache')],
});

describe('a row fills its commands', () => {
  it.each<[string, CommandRow, string[]]>([
    ['docker ps', list, ['kubectl get pods']],
    ['docker logs web', logs, ['kubectl logs deployment/web']],
    ['docker tag a:1 b:2', tag, ['docker tag a:1 b:2']],
    ['docker exec web ls -l /', exec, ['kubectl exec deployment/web -- ls -l /']],
  ])('with the arguments: %s', (line, given, commands) => {
    expect(typed(line, given)).toEqual(commands);
  });

  it.each<[string, CommandRow, string[]]>([
    ['docker logs -f --tail 5 web', logs, ['kubectl logs deployment/web --follow --tail=5']],
    ['docker logs --tail 5 web -f', logs, ['kubectl logs deployment/web --tail=5 --follow']],
    ['docker ps -n 3', list, ['kubectl get pods --limit=3']],
  ])('with what flags add, in the order given: %s', (line, given, commands) => {
    expect(typed(line, given)).toEqual(commands);
  });

  it('before the dashes of a command to run inside', () => {
    expect(typed('docker exec -it web sh -c ls', exec)).toEqual([
      'kubectl exec deployment/web --stdin --tty -- sh -c ls',
    ]);
  });

  it.each<[string, CommandRow, string[]]>([
    ['docker ps -a', list, ['kubectl get pods', 'kubectl get pods -w']],
    ['docker ps --no-trunc', list, ['kubectl get pods', 'kubectl get pods -o wide']],
    ['docker ps -a --no-trunc', list, ['kubectl get pods', 'kubectl get pods -o wide']],
    ['docker ps --no-trunc=false', list, ['kubectl get pods']],
    ['docker build .', build, ['docker build .']],
    ['docker build -t a --pull .', build, ['docker build -t a .']],
    ['docker build -t a --pull --no-cache .', build, ['docker build -t a .', 'kubectl get nodes']],
  ])('where their conditions hold: %s', (line, given, commands) => {
    expect(typed(line, given)).toEqual(commands);
  });

  it('once for each value of a flag that stands for one word', () => {
    expect(typed('docker build -t a:1 -t b:2 .', build)).toEqual([
      'docker build -t a:1 .',
      'docker build -t b:2 .',
    ]);
  });

  it.each([
    ['docker ps -f label=a=b -f label=c', ['kubectl get pods --selector=a=b,c']],
    [
      'docker ps -f label=a -f status=running -f label=b -f label=c',
      ['kubectl get pods --selector=a,b,c --field-selector=status.phase=Running'],
    ],
  ])('with selectors joined, since kubectl takes the last of several: %s', (line, commands) => {
    expect(typed(line, list)).toEqual(commands);
  });
});

describe('a flag of a row', () => {
  const verdicts = (line: string, given: CommandRow) =>
    translate(line, given).flags.map(({ flag: name, value, grade, kubernetes, why }) => [
      name,
      value,
      grade,
      kubernetes,
      why,
    ]);

  it('has one verdict a use, in the order given', () => {
    expect(verdicts('docker ps -f label=a -a -f label=b', list)).toEqual([
      ['--filter', 'label=a', 'exact', '--selector', 'A label.'],
      ['--all', undefined, 'approximate', 'the default', 'Why --all.'],
      ['--filter', 'label=b', 'exact', '--selector', 'A label.'],
    ]);
  });

  it('is judged by what its value begins with, or else as a whole', () => {
    expect(verdicts('docker ps -f name=x -f volume=y', list)).toEqual([
      ['--filter', 'name=x', 'none', 'none', 'No name.'],
      ['--filter', 'volume=y', 'approximate', 'a selector', 'Why --filter.'],
    ]);
  });

  it('keeps its own sources', () => {
    expect(translate('docker ps -a', list).flags[0]?.sources).toEqual(['page-of-flag']);
  });

  it('counts once where docker takes it once: the last', () => {
    const line = 'docker logs --tail 5 --tail 10 web';
    expect(typed(line, logs)).toEqual(['kubectl logs deployment/web --tail=10']);
    expect(verdicts(line, logs)).toEqual([
      [
        '--tail',
        '5',
        'exact',
        'nothing',
        '`--tail` is given again further on, and docker takes the last one.',
      ],
      ['--tail', '10', 'approximate', '--tail', 'Why --tail.'],
    ]);
  });

  it.each(['false', 'f', '0', 'FALSE'])('that is a switch is off with =%s', (off) => {
    const line = `docker logs --follow=${off} web`;
    expect(typed(line, logs)).toEqual(['kubectl logs deployment/web']);
    expect(verdicts(line, logs)[0]?.[3]).toBe('nothing');
  });

  it('that is off and on again is on', () => {
    expect(typed('docker logs --follow=false -f web', logs)).toEqual([
      'kubectl logs deployment/web --follow',
    ]);
    expect(typed('docker logs -f --follow=false web', logs)).toEqual(['kubectl logs deployment/web']);
  });

  it('that is on by default says something when it is turned off', () => {
    const attach = row('docker container attach', {
      flags: [flag('--sig-proxy')],
      positionals: ['container'],
    });
    expect(verdicts('docker attach --sig-proxy=false web', attach)).toEqual([
      ['--sig-proxy', 'false', 'approximate', '--sig-proxy', 'Why --sig-proxy.'],
    ]);
  });

  it('that asks for help gets the help of the counterpart, and no other command', () => {
    expect(typed('docker logs --help', logs)).toEqual(['kubectl logs --help']);
    expect(typed('docker ps --help -a -n 3', list)).toEqual(['kubectl get pods --help']);
    expect(verdicts('docker ps --help -n 3', list)[1]?.slice(0, 4)).toEqual([
      '--last',
      '3',
      'exact',
      'nothing',
    ]);
    expect(verdicts('docker logs --help', logs)[0]?.slice(0, 4)).toEqual([
      '--help',
      undefined,
      'exact',
      '--help',
    ]);
  });

  it('without a row of its own is no exception', () => {
    expect(verdicts('docker ps --size', list)).toEqual([
      ['--size', undefined, 'none', 'none', 'There is no counterpart on record.'],
    ]);
  });
});

describe('a translation by row', () => {
  it('carries the line and what the row says', () => {
    expect(translate('docker logs web', logs)).toEqual({
      input: 'docker logs web',
      argv: ['docker', 'logs', 'web'],
      command: 'docker container logs',
      grade: 'approximate',
      summary: 'A summary.',
      commands: [{ argv: ['kubectl', 'logs', 'deployment/web'], why: 'Prints.' }],
      objects: [],
      flags: [],
      positionals: { container: 'web' },
      caveats: ['A caveat.'],
      lesson: 'pods',
      sources: ['page'],
    });
  });

  it('names its arguments: one as a word, the rest as a list', () => {
    expect(translate('docker exec web ls -l', exec).positionals).toEqual({
      container: 'web',
      args: ['ls', '-l'],
    });
  });

  it('of a row without commands has none', () => {
    expect(translate('docker ps', row('docker container ls', {})).commands).toEqual([]);
  });
});
