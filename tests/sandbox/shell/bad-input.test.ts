import { beforeEach, describe, expect, it } from 'vitest';
import { Drive } from '../../../src/sandbox/shell/drive.ts';
import { ShellVisitor } from './shell-visitor.ts';

let visitor: ShellVisitor;

beforeEach(() => {
  visitor = new ShellVisitor();
  visitor.type('mkdir work; cd work; echo kept > kept.txt');
});

/** Types a line, lets time pass, and presses Ctrl-C. */
function interrupted(line: string, after: number): { out: string; err: string } {
  const { shell } = visitor;
  const said = { out: '', err: '' };
  const drive = new Drive(shell.run(line), shell, (to, text) => {
    said[to === 'stdout' ? 'out' : 'err'] += text;
  });
  const end = shell.now + after;
  let answer: unknown;
  for (;;) {
    const waiting = drive.resume(answer);
    answer = undefined;
    expect(waiting.kind).not.toBe('done');
    if (waiting.kind === 'pause' && shell.now >= end) break;
    if (waiting.kind === 'pause') shell.passTime(Math.min(waiting.atMost, 500));
    else if (waiting.kind === 'terminal') answer = { isTerminal: true };
    else if (waiting.kind === 'take-input') answer = { text: '', ended: false };
  }
  drive.interrupt();
  return said;
}

/** Files are there, and both sides answer. */
function expectNothingLost(): void {
  expect(visitor.type('cat kept.txt').out).toBe('kept\n');
  expect(visitor.type('kubectl get nodes -o name').out).toBe('node/control-plane\nnode/worker-1\n');
  expect(visitor.type('docker ps -q').status).toBe(0);
}

describe('a line that means nothing', () => {
  it.each([
    ['asdf', 127, 'sh: asdf: command not found\n→ help lists the commands there are.\n'],
    ['kubectl get pods | less-than', 127, /sh: less-than: command not found\n/],
    [
      'docker frobnicate',
      1,
      "docker: unknown command: docker frobnicate\n\nRun 'docker --help' for more information\n",
    ],
    ['kubectl frobnicate', 1, 'error: unknown command "frobnicate" for "kubectl"\n'],
    ['ls |', 2, /^sh: syntax error: unexpected end of file\n→ Something is open: /],
    ['| ls', 2, "sh: syntax error near unexpected token `|'\n"],
    ['echo "open', 2, /^sh: unexpected EOF while looking for matching `"'\n→ A quote is open: /],
    ['for', 2, /^sh: syntax error/],
    ['\u0000', 127, /^sh: .*: command not found\n/],
    ['\u001b[31mred', 127, /command not found\n/],
    ['💥', 127, 'sh: 💥: command not found\n→ help lists the commands there are.\n'],
    ['\ud83d', 127, 'sh: \ufffd: command not found\n→ help lists the commands there are.\n'],
    ['()', 2, /^sh: syntax error/],
    ['cd nowhere && ls', 1, 'sh: cd: nowhere: No such file or directory\n'],
    ['undo extra words', 0, ''],
    ['fast soon', 2, /^usage: fast/],
  ])('%j ends with %d', (line, status, err) => {
    const ended = visitor.type(line);
    expect(ended.status).toBe(status);
    if (typeof err === 'string') expect(ended.err).toBe(err);
    else expect(ended.err).toMatch(err);
  });

  it.each([
    ['a word', 'a'.repeat(2 ** 20)],
    ['words', 'echo '.repeat(200_000)],
    ['quotes', `echo "${'a'.repeat(2 ** 20)}"`],
    ['empty quotes', '"'.repeat(200_000)],
    ['escapes', '\\'.repeat(200_000)],
    ['braces', '{'.repeat(20_000)],
    ['brackets', '('.repeat(20_000)],
    ['substitutions', '$('.repeat(20_000)],
    ['pipes', 'echo a | '.repeat(300).concat('cat')],
    ['lines', 'echo a\n'.repeat(5_000)],
  ])(
    'a megabyte of %s ends',
    (_, line) => {
      const begun = performance.now();
      visitor.type(line);
      expect(performance.now() - begun).toBeLessThan(8000);
      expectNothingLost();
    },
    20_000,
  );
});

describe('a file with mistakes', () => {
  it.each([
    ['services:\n  web:\n   image: [', 'docker compose up -d', /yaml/i],
    ['services:\n  web:\n    imagee: nginx\n', 'docker compose config', /imagee/],
    ['FORM nginx\n', 'docker build -f file .', /unknown instruction: FORM/],
    ['kind: Pod\n', 'kubectl apply -f file', /apiVersion not set/],
    ['{', 'kubectl apply -f file', /^error: /],
  ])('%j says what %s would', (text, line, err) => {
    const file = line.includes('compose') ? 'compose.yaml' : 'file';
    visitor.shell.laptop.write(file, text);
    const ended = visitor.type(line);
    expect(ended.status).not.toBe(0);
    expect(ended.err).toMatch(err);
    expectNothingLost();
  });
});

describe('a disk that is full', () => {
  it('takes no more, and what was there stays', () => {
    expect(visitor.type('yes | head -c 3000000 > big')).toMatchObject({
      err: 'head: write error: No space left on device\n',
      status: 1,
    });
    expectNothingLost();
    expect(visitor.type('rm big; echo more >> kept.txt; cat kept.txt').out).toBe('kept\nmore\n');
  });
});

describe('Ctrl-C', () => {
  it('in the middle of kubectl logs -f ends it and nothing else', () => {
    visitor.type(
      "kubectl run ticker --image=busybox:1.36 -- sh -c 'while true; do echo tick; sleep 1; done'",
    );
    visitor.type('kubectl wait --for=condition=Ready pod/ticker');
    expect(interrupted('kubectl logs -f ticker', 3000).out).toMatch(/tick\ntick\n/);
    expect(visitor.type('kubectl get pod ticker -o jsonpath={.status.phase}').out).toBe('Running');
    expectNothingLost();
  });

  it('in the middle of a pipe keeps what has come through', () => {
    visitor.type("docker run -d --name ticker busybox:1.36 sh -c 'while true; do echo tick; sleep 1; done'");
    expect(interrupted('docker logs -f ticker | grep tick > seen.txt', 4000).err).toBe('');
    expect(visitor.type('head -1 seen.txt').out).toBe('tick\n');
    expect(visitor.type('docker ps --format {{.Names}}').out).toBe('ticker\n');
  });

  it('goes to a container that docker run is attached to', () => {
    visitor.type('docker pull -q nginx:1.28');
    interrupted('docker run --name web nginx:1.28', 3000);
    visitor.type('sleep 3');
    expect(visitor.type("docker ps -a --format '{{.Names}} {{.State}}'").out).toBe('web exited\n');
    expectNothingLost();
  });

  it('in the middle of a pull leaves nothing half done', () => {
    interrupted('docker pull nginx:1.28', 600);
    expect(visitor.type('docker images -q').out).toBe('');
    expect(visitor.type('docker pull -q nginx:1.28').out).toBe('docker.io/library/nginx:1.28\n');
  });

  it('in the middle of a loop ends the loop', () => {
    interrupted('while true; do date > now.txt; sleep 1; done', 3000);
    expect(visitor.type('wc -l < now.txt').out).toBe('1\n');
    expectNothingLost();
  });

  it('takes back what a command has opened', () => {
    visitor.type('kubectl run web --image=nginx:1.28; kubectl wait --for=condition=Ready pod/web');
    interrupted('kubectl port-forward pod/web 8080:80 > forward.log', 2000);
    expect(visitor.type('curl -s localhost:8080').status).toBe(7);
    expect(visitor.type('head -1 forward.log').out).toBe('Forwarding from 127.0.0.1:8080 -> 80\n');
  });
});
