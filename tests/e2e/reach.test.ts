import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from './program.ts';
import { emptyHome, key, Terminal } from './terminal.ts';

// Every view, for those who hear it, who have a font without drawings, and whose terminal is narrow.

type View = readonly [words: readonly string[], input?: string];

const run = 'docker run -d --name web -p 8080:80 -v data:/data --restart=always --gpus all nginx';
const answers =
  '--hosts few --survive machine --services several --operator team --deploys without-a-gap --scaling by-load --state one-database --place cloud --team compose';

const views: readonly View[] = [
  [[]],
  [['--help']],
  [['choose', '--help']],
  [['learn', '--list']],
  [['learn', 'pods']],
  [['learn', 'runtime-chain']],
  [['learn', 'health-and-resources']],
  [['map']],
  [['map', '--all']],
  [['map', 'logs']],
  [['map', 'copy', 'a', 'file']],
  [['map', 'docker commit']],
  [['map', ...run.split(' ')]],
  [['map', 'kubectl', 'get', 'pods']],
  [['map', 'compose.yaml']],
  [['map', 'Dockerfile']],
  [['map', '--history']],
  [['map', '-'], 'docker ps\ndocker run --nme x\nkubectl get pods\n'],
  [['map', 'docker', 'run', '--nme', 'x', 'nginx']],
  [['quiz', '--list']],
  [['quiz', 'show', 'pods.what-run-creates']],
  [['quiz', 'answer', 'pods.what-run-creates', '1']],
  [['quiz', 'answer', 'pods.what-run-creates', '2']],
  [['glossary']],
  [['glossary', 'runtime-chain']],
  [['glossary', 'service']],
  [['choose', ...answers.split(' ')]],
  [['choose']],
  [['progress']],
  [['doctor']],
  [['completion']],
  [['lab', '--list']],
  [['lab', 'crash-loop', '--script'], 'hint\ncheck\nsolution\nhelp\n'],
  [['sandbox', '-c', 'help']],
  [['sandbox', '-c', 'foo']],
  [['sandbox', '-c', 'kubectl create deployment bad --image=nope:1; fast 2m; show; why']],
  [['sandbox', '-c', 'docker run -d nginx; docker images --tree; docker history nginx; docker ps']],
  [['sandbox', '-c', 'map docker run --nme x nginx']],
  [['sandbox', '-c', 'docker psa']],
  [['lern']],
  [['learn', 'pdos']],
  [['learn', '--lst']],
  [['progress', '--import', 'nowhere.json']],
];

/** What every view printed, one below the other. */
async function everyView(
  option: string | undefined,
  env: Record<string, string>,
): Promise<(readonly [words: string, text: string])[]> {
  using home = emptyHome();
  writeFileSync(join(home.path, '.bash_history'), 'docker ps\ndocker commit web\n');
  writeFileSync(join(home.path, 'Dockerfile'), 'FROM nginx\nEXPOSE 80\nCMD ["x"]\n');
  writeFileSync(
    join(home.path, 'compose.yaml'),
    'services:\n  web:\n    image: nginx\n    ports: ["8080:80"]\n    volumes: ["data:/data"]\nvolumes: {data: {}}\n',
  );
  const seen: (readonly [string, string])[] = [];
  for (const [words, input = ''] of views) {
    const [name, ...rest] = words;
    const own = option === undefined ? [] : [option];
    const { stdout, stderr } = await runProgram(
      name === undefined || name.startsWith('-') ? [...words, ...own] : [name, ...own, ...rest],
      home.path,
      env,
      input,
    );
    expect(stdout + stderr).not.toBe('');
    seen.push([words.join(' '), stdout + stderr]);
  }
  return seen;
}

/** Lines of views that a rule forbids, with the view. */
function against(rule: RegExp, seen: readonly (readonly [words: string, text: string])[]): string[] {
  return seen.flatMap(([words, text]) =>
    text.split('\n').flatMap((line) => (rule.test(line) ? [`${words}: ${line}`] : [])),
  );
}

describe('in the linear form', { timeout: 240_000 }, () => {
  it.each<[string, string | undefined, Record<string, string>]>([
    ['--plain', '--plain', { FORCE_COLOR: '3' }],
    ['TERM=dumb', undefined, { TERM: 'dumb' }],
  ])('of %s every view is words: no drawing, no sign, no colour, nothing redrawn', async (_, option, env) => {
    const seen = await everyView(option, env);
    // kubectl explains fields with tabs.
    expect(against(/[^\t\x20-\x7e]/, seen)).toEqual([]);
    // A sign before a word, where the word alone is meant.
    expect(against(/(^|: )(~|=|!=|0|\+|x|o|->) (approximate|exact|false friend|none)\b/, seen)).toEqual([]);
    expect(
      against(
        /^\s*([+xo!|~]|->) /,
        seen.filter(([words]) => !/^sandbox|^map docker|--script/.test(words)),
      ),
    ).toEqual([]);
    // A head without a cell, or a cell that is a dash.
    expect(against(/^\s*(Docker|Kubernetes|Counterpart|How alike|Flag|Key)[^:]*: ?-?$/, seen)).toEqual([]);
    expect(
      against(
        /^[-+]{3,}$|\+--/,
        seen.filter(([words]) => !words.startsWith('sandbox')),
      ),
    ).toEqual([]);
  });
});

describe('in ASCII', { timeout: 240_000 }, () => {
  it.each<[string, string | undefined, Record<string, string>]>([
    ['--ascii', '--ascii', {}],
    ['the Linux console', undefined, { TERM: 'linux' }],
    ['LANG=C', undefined, { LANG: 'C' }],
  ])('as %s asks for it, every view is', async (_, option, env) => {
    const seen = await everyView(option, env);
    // What a tool prints into a pipe is data, and left alone unless ASCII was asked for.
    const isOurs = (words: string): boolean => option !== undefined || !/docker images/.test(words);
    expect(
      against(
        /[^\t\x20-\x7e]/,
        seen.filter(([words]) => isOurs(words)),
      ),
    ).toEqual([]);
  });
});

describe('without colour', { timeout: 240_000 }, () => {
  it.each([60, 40])('at %d columns no line of ours is wider that could be wrapped', async (columns) => {
    const seen = await everyView('--no-color', { COLUMNS: String(columns) });
    const own = seen.filter(([words]) => !/^sandbox -c (docker|help)|^lab crash/.test(words));
    const tooWide = own.flatMap(([words, text]) =>
      text
        .split('\n')
        .filter((line) => [...line].length > columns)
        // To be copied as they are: addresses, paths, command lines; and what goes to a pipe line by line.
        .filter((line) => !/https:|k8s-docker-tutor|[$→✖] |^ {4,}('--|\S+$|--)|Kept in|source </.test(line))
        .map((line) => `${words}: ${line}`),
    );
    expect(tooWide).toEqual([]);
  });
});

describe('the sandbox at a terminal', () => {
  /** Sequences that move the cursor, erase or colour. */
  const escapes = /\x1b/;

  it.each<[string, string[], Record<string, string>]>([
    ['--plain', ['--plain'], {}],
    ['a dumb terminal', [], { TERM: 'dumb' }],
  ])(
    'of %s draws on nothing: not the line that is typed, nor a pull, a build or a watch',
    async (_, words, env) => {
      using home = emptyHome();
      const terminal = new Terminal(['sandbox', ...words], { home: home.path, rows: 60, env });
      await terminal.sees('sandbox (default) $');
      await terminal.type('kubectl get po\t', 'ds\r');
      await terminal.sees('No resources found');
      await terminal.type(key.up);
      await terminal.sees(/\$ kubectl get pods\n(.*\n)+.*\$ kubectl get pods$/);
      await terminal.type(key.ctrlC);
      await terminal.sees('^C');
      await terminal.type('docker pull nginx\r');
      await terminal.sees('docker.io/library/nginx:latest');
      expect(terminal.history).toContain(': Pull complete');
      await terminal.type('docker build shop\r');
      await terminal.sees(/#\d+ DONE [\s\S]*\$ $|#\d+ DONE [\s\S]*\$$/);
      await terminal.type('cd shop; docker compose up -d\r');
      await terminal.saw('Container shop-site-1 Started');
      await terminal.type('docker exec -it shop-site-1 sh\r');
      await terminal.sees(/# $|#$/);
      await terminal.type('echo from in"s"ide\r');
      await terminal.sees(/^from inside$/m);
      await terminal.type('exit\r');
      await terminal.sees(/shop \$$/);
      await terminal.type('show --watch\r');
      await terminal.sees('Container shop-site-1: Up');
      await terminal.type(key.ctrlC, 'clear; nonsense\r');
      await terminal.sees(/Hint: help lists the commands.*\n.* \$$/);
      await terminal.type(key.ctrlD);
      expect(await terminal.exited).toBe(0);
      expect(terminal.raw).not.toMatch(escapes);
      expect(terminal.raw).toMatch(/^[\x07-\x7f]*$/);
    },
  );

  it('of --ascii has signs in ASCII, and redraws as ever', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['sandbox', '--ascii'], { home: home.path, rows: 60 });
    await terminal.sees('sandbox (default) $');
    await terminal.type('cd shop; docker compose up -d\r');
    await terminal.saw(/ \+ Container shop-site-1\s+Started/);
    await terminal.type('nonsense\r');
    await terminal.sees(/-> help lists the commands.*\n.* \$$/);
    await terminal.type(key.ctrlD);
    expect(await terminal.exited).toBe(0);
    expect(terminal.raw).toMatch(/^[\x00-\x7f]*$/);
    expect(terminal.raw).toMatch(escapes);
  });

  it('of 40 columns has a help that fits', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['sandbox'], { home: home.path, columns: 40, rows: 60 });
    await terminal.sees('sandbox (default) $');
    await terminal.type('help\r');
    await terminal.sees('says more of a word');
    expect(terminal.screen).toMatch(/^ {2}undo, redo {6}take a line back, and\n {18}take it again$/m);
  });
});

describe('a question in the linear form', () => {
  it('says its keys when it is asked, and what went wrong within the width', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['quiz', '--plain', '--seed', 'b'], {
      home: home.path,
      columns: 60,
      rows: 60,
    });
    await terminal.sees('q to leave:');
    await terminal.type('?\r');
    await terminal.sees('Type your answer and press Enter.');
    await terminal.type('kubectl get pods\r');
    await terminal.sees('is no answer to this question');
    await terminal.type('1\r');
    await terminal.sees('How sure are you?');
    await terminal.type('?\r');
    await terminal.sees('Type one of these and press Enter.');
    await terminal.type('x\r');
    await terminal.sees('"x" is none of these.');
    await terminal.type('\r');
    await terminal.sees(/^ {2}(Right|Wrong): /m);
    await terminal.type('q\r');
    expect(await terminal.exited).toBe(0);
    const lines = terminal.history.split('\n');
    expect(lines.filter((line) => line.includes('is no answer'))).not.toEqual([]);
    expect(lines.find((line) => /^to [a-z]\.$/.test(line))).toBeUndefined();
  });
});

describe('a long list', () => {
  it('goes by pages and to its ends, and says so', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['lab'], { home: home.path, rows: 20 });
    await terminal.sees('▸  1');
    await terminal.type('\x1b[6~');
    await terminal.sees('▸ 16');
    await terminal.type('\x1b[F');
    await terminal.sees('▸ 35');
    await terminal.type('\x1b[5~');
    await terminal.sees('▸ 20');
    await terminal.type('\x1b[H');
    await terminal.sees('▸  1');
    await terminal.type('?');
    await terminal.sees('page up and page down, home, end');
    await terminal.type('q');
    expect(await terminal.exited).toBe(0);
  });

  it('of a search goes by pages, and stays where it was at a key that types nothing', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['map'], { home: home.path, rows: 20 });
    await terminal.sees('▸ docker container');
    await terminal.type('\x1b[6~', '\x1b[6~', '\x1b[5~');
    await terminal.sees('▸ docker rename');
    await terminal.type('\x1b[15~');
    await terminal.sees('▸ docker rename');
    await terminal.type(key.ctrlC);
    expect(await terminal.exited).toBe(130);
  });
});

describe('an error at a narrow terminal', () => {
  it('breaks no word', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['learn', 'pdos'], { home: home.path, columns: 40 });
    expect(await terminal.exited).toBe(2);
    expect(terminal.history).toMatch(/^→ Did you mean .*\n( {2}\S.*\n?)+$/m);
    expect(terminal.history.replace(/\s+/g, ' ')).toContain('k8s-docker-tutor learn --list shows them all.');
  });
});

describe('scripts and files of Windows', () => {
  it.each([
    ['sandbox', ['sandbox', '--fresh', '-'], 'kubectl get nodes -o name\r\ndocker ps\r\n', 'node/worker-1'],
    [
      'lab',
      ['lab', 'crash-loop', '--script', '--fresh'],
      'kubectl get deploy -o name\r\n',
      'deployment.apps/db',
    ],
    [
      'map',
      ['map', '-'],
      'docker run -d ^\r\n  -p 8080:80 ^\r\n  nginx\r\n',
      'kubectl create deployment nginx',
    ],
    [
      'map',
      ['map', '-'],
      'docker run -d `\r\n  -p 8080:80 `\r\n  nginx\r\n',
      'kubectl create deployment nginx',
    ],
  ])('are read with their ends of lines, and with a mark: %s', async (_, words, input, said) => {
    using home = emptyHome();
    for (const text of [input, `\ufeff${input}`]) {
      const { stdout, stderr } = await runProgram(words, home.path, {}, text);
      expect(stdout).toContain(said);
      expect(stderr).not.toMatch(/\^M|\r/);
    }
  });

  it('that PowerShell has written in UTF-16 are read', async () => {
    using home = emptyHome();
    const write = (name: string, text: string): void =>
      writeFileSync(join(home.path, name), Buffer.from(`\ufeff${text}`, 'utf16le'));
    write('compose.yaml', 'services:\r\n  web:\r\n    image: nginx:1.28\r\n');
    write('mine.json', '{"version":1,"lessons":{},"answers":[]}\r\n');
    expect((await runProgram(['map', '-o', 'yaml', 'compose.yaml'], home.path)).stdout).toContain(
      'image: nginx:1.28',
    );
    expect((await runProgram(['progress', '--import', 'mine.json'], home.path)).stdout).toContain(
      '0 new answers',
    );
  });
});
