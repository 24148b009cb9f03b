import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from './program.ts';
import { emptyHome, key, Terminal } from './terminal.ts';

const statePath = (home: string, name: string): string => join(home, '.local/state/k8s-docker-tutor', name);

/** Solves the lab one-name. */
const solution = 'kubectl expose deployment api --port=80 --target-port=8080\n';

interface Listed {
  readonly labs: readonly { readonly id: string; readonly state: string; readonly broken: boolean }[];
}

describe('the list of labs', () => {
  it('is what one sees without a terminal', async () => {
    using home = emptyHome();
    const bare = await runProgram(['lab'], home.path);
    const listed = await runProgram(['lab', '--list'], home.path);
    expect([bare.code, bare.stderr]).toEqual([0, '']);
    expect(bare.stdout).toBe(listed.stdout);
    expect(bare.stdout).toContain('crash-loop, 8 min');
  });

  it('fits 60 columns and is ASCII where that is wanted', async () => {
    using home = emptyHome();
    const narrow = await runProgram(['lab', '--list'], home.path, { COLUMNS: '60' });
    expect(narrow.stdout.split('\n').filter((line) => [...line].length > 60)).toEqual([]);
    const plain = await runProgram(['lab', '--list', '--plain'], home.path);
    expect(plain.stdout).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('is there as JSON, with at least sixteen labs and four that begin broken', async () => {
    using home = emptyHome();
    const { stdout } = await runProgram(['lab', '--list', '--json'], home.path);
    const { labs } = JSON.parse(stdout) as Listed;
    expect(labs.length).toBeGreaterThanOrEqual(16);
    expect(labs.filter(({ broken }) => broken).length).toBeGreaterThanOrEqual(4);
    expect(new Set(labs.map(({ state }) => state))).toEqual(new Set(['not solved']));
  });
});

describe('a lab that is named', () => {
  it('is told where there is no terminal, and does not begin', async () => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(['lab', 'crash-loop'], home.path);
    expect(code).toBe(0);
    expect(stdout).toContain('The password comes from a Secret');
    expect(stdout).toContain('lab crash-loop --script');
    expect(() => readdirSync(statePath(home.path, 'labs'))).toThrow(/ENOENT/);
  });

  it('may be the only one of a lesson', async () => {
    using home = emptyHome();
    expect((await runProgram(['lab', 'jobs'], home.path)).stdout).toContain('A report, once a night');
  });

  it.each([
    [['lab', 'crash-lop'], 'Did you mean crash-loop?'],
    [['lab', 'pods'], 'Name one of them: container-or-pod, two-in-one-pod'],
    [['lab', 'quantum'], 'List them with'],
    [['lab', '--script'], 'List them with'],
  ])('is asked for as %j', async (args, hint) => {
    using home = emptyHome();
    const { code, stderr } = await runProgram(args, home.path);
    expect([code, stderr]).toEqual([2, expect.stringContaining(hint)]);
  });
});

describe('a script in a lab', () => {
  it('ends with 0 when the goal is reached, and that is remembered', async () => {
    using home = emptyHome();
    const { code, stdout, stderr } = await runProgram(
      ['lab', 'one-name', '--script'],
      home.path,
      {},
      solution,
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('✓ Solved.');
    expect(stdout).toContain('Docker and Kubernetes.');
    const { stdout: progress } = await runProgram(['progress', '--json'], home.path);
    expect(
      (JSON.parse(progress) as { labs: { id: string; done: string | null }[] }).labs
        .filter(({ done }) => done !== null)
        .map(({ id }) => id),
    ).toEqual(['one-name']);
    expect((await runProgram(['progress'], home.path)).stdout).toMatch(/1 of \d+ labs solved\./);
  });

  it('ends with 1 when it is not, and says what is there instead', async () => {
    using home = emptyHome();
    const { code, stdout } = await runProgram(
      ['lab', 'one-name', '--script'],
      home.path,
      {},
      'kubectl expose deployment api --port=80\n',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('✓ There is a Service `api`');
    expect(stdout).toContain(
      '✗ Any Pod gets the items at `http://api/items`\n      Instead: connection refused.',
    );
  });

  it("is done with Docker where the task is Docker's", async () => {
    using home = emptyHome();
    const run = (text: string): Promise<{ code: number; stdout: string }> =>
      runProgram(['lab', 'restarts-for-ever', '--script'], home.path, {}, text);
    const vain = await run('docker restart db\n');
    expect(vain.code).toBe(1);
    expect(vain.stdout).toContain(
      '✗ The container `db` runs, and still does some seconds later\n      Instead: ',
    );
    const db = 'docker run -d --name db --restart always -v orders:/var/lib/postgresql/data';
    const mended = await run(`docker rm -f db\n${db} -e POSTGRES_PASSWORD=tea postgres:16\n`);
    expect([mended.code, mended.stdout]).toEqual([0, expect.stringContaining('✓ Solved.')]);
  });

  it('that is empty solves nothing', async () => {
    using home = emptyHome();
    expect((await runProgram(['lab', 'one-name', '--script'], home.path)).code).toBe(1);
  });

  it('goes on where the last one left, unless it is to begin anew', async () => {
    using home = emptyHome();
    const run = (text: string, ...args: string[]): Promise<{ code: number; stdout: string }> =>
      runProgram(['lab', 'one-name', '--script', ...args], home.path, {}, text);
    expect((await run('kubectl create configmap mine\n')).code).toBe(1);
    expect((await run('kubectl get configmap mine -o name\n')).stdout).toContain('configmap/mine\n');
    expect((await run(`${solution}leave\necho never`)).stdout).not.toContain('never');
    expect((await run('')).code).toBe(0);
    expect((await run('', '--fresh')).code).toBe(1);
    expect((await run('kubectl get configmap mine -o name\n')).stdout).not.toContain('configmap/mine\n');
  });

  it('in which the solution is shown does not count, until the lab begins anew', async () => {
    using home = emptyHome();
    const run = (text: string): Promise<{ code: number }> =>
      runProgram(['lab', 'one-name', '--script'], home.path, {}, text);
    const list = async (): Promise<string | undefined> =>
      (JSON.parse((await runProgram(['lab', '--list', '--json'], home.path)).stdout) as Listed).labs.find(
        ({ id }) => id === 'one-name',
      )?.state;
    expect((await run(`solution\n${solution}`)).code).toBe(1);
    expect(await list()).toBe('solution seen');
    expect((await run(`reset\n${solution}`)).code).toBe(0);
    expect(await list()).toBe('solved');
  });

  it('does not mind nonsense', async () => {
    using home = emptyHome();
    const text = 'kubectl frobnicate\n"unclosed\n';
    const { code, stderr } = await runProgram(['lab', 'one-name', '--script'], home.path, {}, text);
    expect(code).toBe(1);
    expect(stderr).toContain('unknown command "frobnicate"');
    expect(stderr).not.toContain('our bug');
  });
});

describe('the world of a lab', () => {
  it('that is damaged is kept aside, and the lab begins anew', async () => {
    using home = emptyHome();
    await runProgram(['lab', 'one-name', '--script'], home.path);
    writeFileSync(statePath(home.path, 'labs/one-name.json'), 'my notes');
    const { code, stderr } = await runProgram(['lab', 'one-name', '--script'], home.path, {}, solution);
    expect(code).toBe(0);
    expect(stderr).toContain('the world of the lab one-name could not be understood: it is no JSON');
    const aside = readdirSync(statePath(home.path, 'labs')).find((name) => name.includes('damaged')) ?? '';
    expect(readFileSync(statePath(home.path, `labs/${aside}`), 'utf8')).toBe('my notes');
  });

  it('is another one than that of the sandbox', async () => {
    using home = emptyHome();
    await runProgram(['sandbox', '-c', 'kubectl create configmap own'], home.path);
    await runProgram(['lab', 'one-name', '--script'], home.path);
    const { stdout } = await runProgram(['sandbox', '-c', 'kubectl get configmap own -o name'], home.path);
    expect(stdout).toBe('configmap/own\n');
  });

  it('that cannot be kept is said, and the goal is looked at all the same', async () => {
    using home = emptyHome();
    writeFileSync(join(home.path, '.local'), 'a file');
    const { code, stderr } = await runProgram(['lab', 'one-name', '--script'], home.path, {}, solution);
    expect([code, stderr]).toEqual([0, expect.stringContaining('the world cannot be saved')]);
  });
});

describe('a lab on a terminal', () => {
  it('is told, paced in its hints, solved, left and taken up again', async () => {
    using home = emptyHome();
    const first = new Terminal(['lab', 'service-selects-nothing'], {
      home: home.path,
      columns: 60,
      rows: 30,
    });
    await first.sees('service-selects-nothing (default) $');
    await first.saw('The Service that leads nowhere');
    await first.type(...'hint', key.enter);
    await first.sees('A nudge.');
    await first.type(...'hint', key.enter);
    await first.sees('Try something with that first');
    await first.type(...'kubectl get svc', key.enter);
    await first.sees(/web +ClusterIP/);
    await first.type(...'hint', key.enter);
    await first.sees('A pointer.');
    await first.type(...'check', key.enter);
    await first.sees('1 of 4 are fulfilled.');
    await first.type(...'leave', key.enter);
    expect(await first.exited).toBe(0);

    const second = new Terminal(['lab', 'service-selects-nothing'], { home: home.path, rows: 40 });
    await second.saw('You go on where you were');
    await second.type(...'hint', key.enter);
    await second.sees('Try something with that first');
    await second.type(...'kubectl set selector service/web app=web', key.enter);
    await second.sees('selector updated');
    await second.type(...'check', key.enter);
    await second.sees('✓ Solved.');
    await second.sees('Docker and Kubernetes.');
    await second.type(...'undo', key.enter);
    await second.sees('The last line is taken back.');
    await second.type(...'check', key.enter);
    await second.sees('1 of 4 are fulfilled.');
    await second.type(key.ctrlD);
    expect(await second.exited).toBe(0);
  });

  it('can be chosen from the list', async () => {
    using home = emptyHome();
    const terminal = new Terminal(['lab'], { home: home.path, rows: 40 });
    await terminal.sees('The client that finds no daemon');
    await terminal.type(key.down, key.enter);
    await terminal.sees('docker-is-silent (default) $');
    await terminal.type(key.ctrlD);
    expect(await terminal.exited).toBe(0);
  });
});
