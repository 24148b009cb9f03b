import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../../src/mapping/lines/read-lines.ts';
import { recogniseForm } from '../../../src/mapping/lines/recognise-form.ts';

const text = (...lines: readonly string[]): string => lines.join('\n');
const found = (source: string, name?: string): string[] =>
  readLines(source, name).map(({ line, text: typed }) => `${line} ${typed}`);

const fence = '```';

describe('a script', () => {
  it.each<[string, string, string[]]>([
    ['one line', 'docker ps', ['1 docker ps']],
    ['several', text('docker ps', '', 'kubectl get pods'), ['1 docker ps', '3 kubectl get pods']],
    ['no program of ours', text('ls', 'dockerd --version', 'docker-machine ls', 'echo docker ps'), []],
    ['a bare name', text('docker', 'which docker', 'command -v docker', 'type kubectl'), []],
    [
      'a continuation',
      text('docker run -d \\', '  --name web \\', '  nginx'),
      ['1 docker run -d --name web nginx'],
    ],
    [
      'Windows ends of lines',
      'docker run \\\r\n  nginx\r\ndocker ps\r\n',
      ['1 docker run nginx', '3 docker ps'],
    ],
    [
      'comments',
      text('# docker ps', 'docker ps # docker images', 'docker run a#b'),
      ['2 docker ps', '3 docker run a#b'],
    ],
    ['a heredoc', text('cat <<EOF', 'docker ps', 'EOF', 'docker images'), ['4 docker images']],
    ['an indented heredoc', text('cat <<-EOF', '\tdocker ps', '\tEOF', 'docker images'), ['4 docker images']],
    [
      'a quoted heredoc',
      text("docker exec -i db psql <<'SQL'", 'docker ps', 'SQL'),
      ['1 docker exec -i db psql'],
    ],
    [
      'two heredocs',
      text('a <<X; b <<Y', 'docker ps', 'X', 'docker images', 'Y', 'docker info'),
      ['6 docker info'],
    ],
    ['a here string', 'docker exec -i db psql <<< "select 1"', ['1 docker exec -i db psql']],
    ['sudo', text('sudo docker ps', 'sudo -u root -E docker images'), ['1 docker ps', '2 docker images']],
    ['variables before', 'A=b C="d e" docker build .', ['1 docker build .']],
    ['env', 'env -i A=b docker ps', ['1 docker ps']],
    [
      'time, exec, nohup',
      text('time docker ps', 'exec docker logs web', 'nohup docker events &'),
      ['1 docker ps', '2 docker logs web', '3 docker events'],
    ],
    [
      'timeout and watch',
      text('timeout -k 5s 10s docker pull a', 'watch -n 1 docker ps'),
      ['1 docker pull a', '2 docker ps'],
    ],
    [
      'a condition',
      text('if ! docker info >/dev/null 2>&1; then', '  docker ps', 'elif docker version; then :', 'fi'),
      ['1 docker info', '2 docker ps', '3 docker version'],
    ],
    [
      'loops',
      text(
        'while docker ps -q | grep -q .; do docker stop x; done',
        'until kubectl get ns; do sleep 1; done',
      ),
      ['1 docker ps -q', '1 docker stop x', '2 kubectl get ns'],
    ],
    ['a loop over names', 'for name in docker podman; do echo $name; done', []],
    [
      'a function',
      text('up() {', '  docker compose up -d', '}', 'function down { docker compose down; }'),
      ['2 docker compose up -d', '4 docker compose down'],
    ],
    ['a function of that name', text('docker() { command docker "$@"; }'), ['1 docker "$@"']],
    [
      'pipes and lists',
      'docker ps | grep web && docker stop web || docker info; docker images',
      ['1 docker ps', '1 docker stop web', '1 docker info', '1 docker images'],
    ],
    [
      'a substitution',
      'docker rm -f $(docker ps -aq)',
      ['1 docker rm -f $(docker ps -aq)', '1 docker ps -aq'],
    ],
    ['a substitution in quotes', 'echo "now: $(docker ps -q)"', ['1 docker ps -q']],
    ['backticks', 'x=`docker ps -q`', ['1 docker ps -q']],
    [
      'nested ones',
      'docker rm $(docker ps -q --filter label=$(docker info -f x))',
      [
        '1 docker rm $(docker ps -q --filter label=$(docker info -f x))',
        '1 docker ps -q --filter label=$(docker info -f x)',
        '1 docker info -f x',
      ],
    ],
    ['a subshell', '(cd a && docker build .) & docker ps', ['1 docker build .', '1 docker ps']],
    ['a process substitution', 'diff <(docker ps) <(podman ps)', ['1 docker ps', '1 podman ps']],
    ['arithmetic', 'echo $((1 << 2)); docker ps', ['1 docker ps']],
    [
      'a case',
      text('case $1 in', '  docker) docker ps ;;', '  *) podman ps;;', 'esac'),
      ['2 docker ps', '3 podman ps'],
    ],
    ['xargs', 'docker ps -q | xargs -r -n 1 docker stop', ['1 docker ps -q', '1 docker stop "$@"']],
    [
      'paths and .exe',
      text('/usr/bin/docker ps', 'C:/bin/kubectl.exe get pods', '\\docker ps'),
      ['1 docker ps', '2 kubectl get pods', '3 docker ps'],
    ],
    [
      'the others',
      text('docker-compose up', 'podman ps', 'nerdctl images'),
      ['1 docker-compose up', '2 podman ps', '3 nerdctl images'],
    ],
    ['k', text('k get pods', 'k -n shop logs web', 'k'), ['1 kubectl get pods']],
    ['redirections', 'docker logs web > out.txt 2>&1', ['1 docker logs web']],
    [
      'quotes',
      `docker run alpine sh -c 'echo "a; docker ps"'`,
      [`1 docker run alpine sh -c 'echo "a; docker ps"'`],
    ],
    [
      'a quote over lines',
      text("docker exec web sh -c 'a", "b'", 'docker ps'),
      ["1 docker exec web sh -c 'a\nb'", '3 docker ps'],
    ],
    [
      'a quote that is not closed',
      text("docker ps 'a", 'docker images'),
      ["1 docker ps 'a", '2 docker images'],
    ],
    ['a heredoc that is not closed', text('cat <<EOF', 'docker ps'), ['2 docker ps']],
    [
      'braces',
      text('{ docker ps; }', `docker run \${IMAGE:-nginx latest}`),
      ['1 docker ps', `2 docker run \${IMAGE:-nginx latest}`],
    ],
    ['a shebang', text('#!/bin/sh', '# Title', 'docker ps.'), ['3 docker ps.']],
  ])('%s', (_name, source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  it('tells which program it is', () => {
    const programs = readLines(text('docker-compose up', 'podman ps', 'k get po', 'docker ps')).map(
      (each) => each.program,
    );
    expect(programs).toEqual(['docker-compose', 'podman', 'kubectl', 'docker']);
  });
});

describe('a Markdown text', () => {
  it.each<[string, string, string[]]>([
    [
      'a fenced block',
      text('# Shop', '', `${fence}sh`, 'docker ps', fence, 'docker images'),
      ['4 docker ps'],
    ],
    ['tildes', text('~~~', 'docker ps', '~~~'), ['2 docker ps']],
    ['a longer fence', text('````', fence, 'docker ps', fence, '````'), ['3 docker ps']],
    [
      'a session',
      text(`${fence}console`, '$ docker ps', 'CONTAINER ID', 'docker is output', '$ docker info', fence),
      ['2 docker ps', '5 docker info'],
    ],
    [
      'a continued session',
      text(`${fence}console`, '$ docker run \\', '>   -d nginx', '4f5e', fence),
      ['2 docker run -d nginx'],
    ],
    ['root in a console', text(`${fence}console`, '# docker ps', fence), ['2 docker ps']],
    ['a comment in a script', text(`${fence}bash`, '# docker ps', 'docker info', fence), ['3 docker info']],
    ['root in a plain block', text(fence, '# docker ps', fence), ['2 docker ps']],
    ['an angle as a prompt', text(fence, '> docker ps', fence), ['2 docker ps']],
    [
      'PowerShell',
      text(`${fence}powershell`, 'PS C:\\> docker run `', '>> --rm alpine', fence),
      ['2 docker run --rm alpine'],
    ],
    [
      'PowerShell without prompt',
      text(`${fence}powershell`, 'docker run `', '  alpine', fence),
      ['2 docker run alpine'],
    ],
    ['cmd', text(`${fence}bat`, 'docker run ^', '  alpine', fence), ['2 docker run alpine']],
    ['a prompt with a folder', text(fence, 'C:\\Users\\you> docker ps', fence), ['2 docker ps']],
    ['a prompt with a host', text(fence, 'you@host:~/shop$ docker ps', fence), ['2 docker ps']],
    [
      'a block in a list',
      text('1. Run', '', `   ${fence}sh`, '   docker ps', `   ${fence}`),
      ['4 docker ps'],
    ],
    ['a block in a quotation', text('> Note', `> ${fence}sh`, '> docker ps', `> ${fence}`), ['3 docker ps']],
    [
      'an indented block',
      text('# Shop', '', 'Run:', '', '    docker ps', '    docker info', '', 'End.'),
      ['5 docker ps', '6 docker info'],
    ],
    ['indented prose', text('# Shop', '', '    docker is a program', ''), []],
    [
      'inline code',
      text('# Shop', '', 'Run `docker ps -a`, not `docker run` or `docker compose`.'),
      ['3 docker ps -a'],
    ],
    [
      'other languages',
      text(`${fence}dockerfile`, 'RUN docker ps', fence, `${fence}yaml`, 'run: docker ps', fence),
      [],
    ],
    ['a block that is not closed', text(fence, 'docker ps'), ['2 docker ps']],
  ])('with %s', (_name, source, expected) => {
    expect(found(source, 'README.md')).toEqual(expected);
  });
});

describe('a CI file', () => {
  it.each<[string, string, string[]]>([
    [
      'run',
      text('jobs:', '  a:', '    steps:', `      - run: docker build -t app:\${{ github.sha }} .`),
      [`4 docker build -t app:\${{ github.sha }} .`],
    ],
    [
      'a block',
      text(
        'steps:',
        '  - name: docker ps',
        '    run: |',
        '      docker build . \\',
        '        -t app',
        '',
        '      docker push app',
        '  - run: docker info',
      ),
      ['4 docker build . -t app', '7 docker push app', '8 docker info'],
    ],
    [
      'a folded block',
      text('steps:', '  - run: >-', '      docker run', '      --rm app'),
      ['3 docker run --rm app'],
    ],
    [
      'script lists',
      text(
        'image: docker:28',
        'build:',
        '  script:',
        '    - docker build .',
        '    - |',
        '      docker push a',
        '    - "docker run \\"a b\\""',
        "    - 'docker ps'",
        '  only: [main]',
      ),
      ['4 docker build .', '6 docker push a', '7 docker run "a b"', '8 docker ps'],
    ],
    [
      'a list at the indent of its key',
      text('build:', '  script:', '  - docker ps', '  - docker info', '  tags: [a]'),
      ['3 docker ps', '4 docker info'],
    ],
    [
      'before_script',
      text('before_script:', '  - docker login -u me --password-stdin'),
      ['2 docker login -u me --password-stdin'],
    ],
    [
      'CircleCI',
      text('steps:', '  - run:', '      name: Build', '      command: |', '        docker build .'),
      ['5 docker build .'],
    ],
    ['a compose file', text('services:', '  web:', '    image: docker', '    ports: ["80:80"]'), []],
    [
      'a manifest',
      text(
        'apiVersion: v1',
        'kind: Pod',
        'spec:',
        '  containers:',
        '  - name: docker',
        '    image: docker:28',
      ),
      [],
    ],
  ])('with %s', (_name, source, expected) => {
    expect(found(source, '.github/workflows/ci.yml')).toEqual(expected);
    expect(found(source)).toEqual(expected);
  });
});

describe('a Makefile', () => {
  it.each<[string, string, string[]]>([
    [
      'recipes',
      text('up: build', '\t@docker compose up -d', '\t-docker rm -f web'),
      ['2 docker compose up -d', '3 docker rm -f web'],
    ],
    ['variables', text('I := app', 'run:', '\tdocker run $(I) $$HOME'), [`3 docker run \${I} $HOME`]],
    [
      'a substitution of the shell',
      text('rm:', '\tdocker rm $$(docker ps -q)'),
      ['2 docker rm $(docker ps -q)', '2 docker ps -q'],
    ],
    ['$(shell …)', text('P := $(shell docker ps -q)', 'a:', '\techo'), ['1 docker ps -q']],
    ['a continuation', text('run:', '\tdocker run \\', '\t\t--rm app'), ['2 docker run --rm app']],
    ['a recipe on the line', text('down: ; docker compose down', 'x:', '\ttrue'), ['1 docker compose down']],
  ])('with %s', (_name, source, expected) => {
    expect(found(source, 'Makefile')).toEqual(expected);
    expect(found(source)).toEqual(expected);
  });
});

describe('a history', () => {
  it.each<[string, string | undefined, string, string[]]>([
    [
      'bash',
      '.bash_history',
      text("git commit -m 'a", 'docker ps', "it's", 'docker images'),
      ['2 docker ps', '4 docker images'],
    ],
    [
      'bash with times',
      undefined,
      text('#1700000000', 'docker ps', '#1700000001', 'for x in 1 2', 'do docker stop $x', 'done'),
      ['2 docker ps', '5 docker stop $x'],
    ],
    [
      'zsh',
      undefined,
      text(
        ': 1700000000:0;docker ps',
        ": 1700000001:5;git commit -m 'x",
        ': 1700000002:0;docker run \\',
        '-d nginx',
        ': 1700000003:0;docker info',
      ),
      ['1 docker ps', '3 docker run -d nginx', '5 docker info'],
    ],
    [
      'zsh without times',
      '/home/you/.zsh_history',
      text('docker ps', 'docker run \\', 'nginx'),
      ['1 docker ps', '2 docker run nginx'],
    ],
    [
      'fish',
      undefined,
      text(
        '- cmd: docker ps',
        '  when: 1700000000',
        '- cmd: docker run \\\\\\n  nginx',
        '  when: 1700000001',
        '  paths:',
        '    - x',
      ),
      ['1 docker ps', '3 docker run nginx'],
    ],
    [
      'fish with several lines',
      'fish_history',
      text('- cmd: for x in 1\\ndocker stop $x\\nend', '  when: 1700000001'),
      ['1 docker stop $x'],
    ],
    [
      'PowerShell',
      'C:\\a\\ConsoleHost_history.txt',
      text('docker ps', 'docker run `', '  -d nginx', "echo 'x", 'kubectl.exe get pods'),
      ['1 docker ps', '2 docker run -d nginx', '5 kubectl get pods'],
    ],
    [
      'a session',
      undefined,
      text('$ docker ps', 'CONTAINER ID', '[root@host ~]# docker info'),
      ['1 docker ps', '3 docker info'],
    ],
  ])('of %s', (_name, name, source, expected) => {
    expect(found(source, name)).toEqual(expected);
  });
});

describe('recogniseForm', () => {
  it.each<[string, string, string | undefined, string]>([
    ['a Dockerfile', text('# syntax=docker/dockerfile:1', 'FROM docker', 'RUN docker ps'), undefined, 'none'],
    ['a Dockerfile by name', 'RUN docker ps', 'Dockerfile.dev', 'none'],
    ['a script with comments', text('# Start the shop', 'docker compose up -d'), undefined, 'script'],
    ['a text with a heading', text('# Shop', '', 'Run `docker ps` to see it.'), undefined, 'markdown'],
    ['a PowerShell script', 'docker ps', 'up.ps1', 'powershell'],
    ['a batch file', 'docker ps', 'up.cmd', 'cmd'],
    ['lines of cmd', text('docker run -d ^', '  -p 80:80 nginx'), undefined, 'cmd'],
    ['lines of cmd with their ends', text('docker run ^\r', '  nginx\r'), undefined, 'cmd'],
    ['a batch file without a name', text('@echo off', 'docker ps'), undefined, 'cmd'],
    ['lines of PowerShell', text('docker run -d `', '  -p 80:80 nginx'), undefined, 'powershell'],
    ['a script with backticks', text('id=`docker ps -q`', '  docker stop $id'), undefined, 'script'],
    ['a caret at the end of a text', text('grep -v ^', 'docker ps'), undefined, 'script'],
    ['zsh under the name of bash', ': 1700000000:0;docker ps', '.bash_history', 'zsh-history'],
    ['nothing', '', undefined, 'script'],
  ])('takes %s for what it is', (_name, source, name, form) => {
    expect(recogniseForm(source, name)).toBe(form);
  });
});

describe('any text', () => {
  const names = [
    'a.md',
    'ci.yml',
    'Makefile',
    '.bash_history',
    '.zsh_history',
    'fish_history',
    'up.ps1',
    undefined,
  ];

  it('is read, and every line of it begins with its program', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'docker ps',
        'kubectl get po',
        'sudo ',
        '\n',
        '\n\n',
        '$(',
        '`',
        ')',
        '"',
        "'",
        '\\',
        '\\\n',
        ' ',
      ),
      fc.constantFrom(
        '```',
        '```sh\n',
        '$ ',
        '# ',
        '> ',
        '    ',
        '\t',
        'run: |',
        '- ',
        'x: ',
        '<<EOF',
        'EOF',
        `\${`,
        '((',
        ';',
      ),
      fc.constantFrom(
        ': 1700000000:0;',
        '#1700000000\n',
        '- cmd: ',
        'if ',
        'for x in ',
        'case x in',
        '|',
        '&&',
        '\r\n',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    const texts = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.constantFrom(...names), (source, name) => {
        const count = source.split('\n').length;
        for (const { text: typed, line, program } of readLines(source, name)) {
          expect(typed.startsWith(`${program} `)).toBe(true);
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(count);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    'docker ps\n',
    'docker run -d nginx ',
    '$(docker ',
    '`docker ',
    '"docker ',
    "'docker ",
    '(docker ',
    `\${docker `,
    'docker <<EOF\n',
    'docker <<EOF\nEOF\n',
    '```\n$ docker ps\n',
    '- run: docker ps\n',
    '\tdocker ps\nx:\n',
    ': 1700000000:0;docker ps\\\n',
    '#1700000000\ndocker ps\n',
    '- cmd: docker ps\n',
    '    docker ps\n\n',
    '`docker ps` ',
    'docker',
    '\\',
    'A=docker ',
    'sudo ',
    '> docker ps\n',
    'x@docker',
  ])(
    'of a megabyte of %j is read within a second',
    (part) => {
      const source = part.repeat(Math.ceil(1_000_000 / part.length));
      for (const name of [
        undefined,
        'a.md',
        'ci.yml',
        'Makefile',
        '.bash_history',
        '.zsh_history',
        'a.ps1',
      ]) {
        const start = process.cpuUsage();
        readLines(source, name);
        expect(process.cpuUsage(start).user / 1000, String(name)).toBeLessThan(1000);
      }
    },
    20_000,
  );
});
