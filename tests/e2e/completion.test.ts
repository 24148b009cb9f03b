import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { nodeUnderTest } from './node-under-test.ts';
import { runProgram } from './program.ts';
import { emptyHome, Terminal } from './terminal.ts';

/** What can follow a line, as a shell asks for it; the last word is the one being typed. */
async function candidates(shell: string, line: string, ...options: string[]): Promise<string[]> {
  using home = emptyHome();
  const words = line.split(' ');
  const { stdout, stderr, code } = await runProgram(
    ['completion', shell, '--words', ...options, '--', ...words],
    home.path,
  );
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((each) => each.split('\t')[0] ?? '');
}

describe('what can follow', () => {
  it.each([
    ['', ['learn', 'map', 'quiz', 'sandbox', 'lab', 'completion']],
    ['le', ['learn']],
    ['--p', ['--plain']],
    ['learn --ne', ['--next']],
    ['learn po', ['pods']],
    ['lab crash', ['crash-loop']],
    ['quiz pods-stop', ['pods-stop-and-start']],
    ['quiz sh', ['show']],
    ['quiz show --sol', ['--solution']],
    ['glossary replicas', ['replicaset']],
    ['map do', ['docker']],
    ['map docker ru', ['run']],
    ['map docker container in', ['inspect']],
    ['map docker run --restart unless', ['unless-stopped']],
    ['map docker run -d --publi', ['--publish', '--publish-all']],
    ['map docker compose up --rem', ['--remove-orphans']],
    ['map kubectl rollout und', ['undo']],
    ['map kubectl get pods --show-l', ['--show-labels']],
    ['map kubectl get pods -o custom', ['custom-columns=', 'custom-columns-file=']],
    ['map --grade fal', ['false-friend']],
    ['map --grade=fal', ['--grade=false-friend']],
    ['map --as ', ['deployment', 'pod', 'job', 'statefulset']],
    ['--plain learn po', ['pods']],
    ['completion f', ['fish']],
  ])('after "%s"', async (line, wanted) => {
    expect(await candidates('zsh', line)).toEqual(expect.arrayContaining(wanted.slice(0, 1)));
    for (const each of await candidates('zsh', line)) {
      const last = line.split(' ').at(-1) ?? '';
      if (each !== ':files') expect(each.startsWith(last), `${each} begins with ${last}`).toBe(true);
    }
  });

  it.each(['nonsense ', 'learn pods ', 'map docker run nginx --', 'map docker nonsense ', 'choose x'])(
    'nothing that is wrong after "%s"',
    async (line) => {
      const found = await candidates('zsh', line);
      expect(found.filter((each) => each.startsWith('--re'))).toEqual([]);
      if (line === 'nonsense ') expect(found).toEqual([]);
    },
  );

  it('are files where a file can stand', async () => {
    expect(await candidates('fish', 'map ')).toContain(':files');
    expect(await candidates('fish', 'sandbox --world ')).toEqual([':files']);
    expect(await candidates('fish', 'learn ')).not.toContain(':files');
  });

  it('is told to bash, which breaks words at =', async () => {
    expect(await candidates('bash', 'map --grade = fal')).toEqual(['false-friend']);
    expect(await candidates('bash', 'map --grade =')).toContain('none');
    expect(await candidates('bash', 'map docker run --restart = al')).toEqual(['always']);
  });

  it('is told to a PowerShell that drops empty words', async () => {
    expect(await candidates('powershell', 'completion', '--new-word')).toEqual([
      'bash',
      'zsh',
      'fish',
      'powershell',
    ]);
  });
});

describe('the command', () => {
  it('says how each shell takes its script up, and edits nothing', async () => {
    using home = emptyHome();
    const { stdout, code } = await runProgram(['completion'], home.path);
    expect(code).toBe(0);
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      expect(stdout).toContain(`k8s-docker-tutor completion ${shell}`);
    }
  });

  it('refuses a shell it does not know', async () => {
    using home = emptyHome();
    const { stdout, stderr, code } = await runProgram(['completion', 'tcsh'], home.path);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toContain("there is no completion for 'tcsh'");
  });

  it('prints a script without the path of anything here', async () => {
    using home = emptyHome();
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const { stdout } = await runProgram(['completion', shell], home.path);
      expect(stdout).toContain('k8s-docker-tutor');
      expect(stdout).not.toContain(home.path);
    }
  });
});

/** Shells to type into, with how each begins without the files of whoever runs the tests. */
const live = [
  {
    shell: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    load: 'source <(k8s-docker-tutor completion bash)',
  },
  {
    shell: 'zsh',
    args: ['-f', '-i'],
    load: 'autoload -Uz compinit; compinit -u -D; source <(k8s-docker-tutor completion zsh)',
  },
  { shell: 'fish', args: ['--no-config', '-i'], load: 'k8s-docker-tutor completion fish | source' },
] as const;

const tried = live.map((each) => ({ ...each, found: spawnSync(each.shell, ['--version']).status === 0 }));

describe.each(tried)(
  'in a live $shell (skipped where it is not installed)',
  ({ shell, args, load, found }) => {
    it.skipIf(!found).each([
      ['k8s-docker-tutor le', /k8s-docker-tutor learn\b/],
      ['k8s-docker-tutor lab crash', /k8s-docker-tutor lab crash-loop/],
      ['k8s-docker-tutor map docker volu', /k8s-docker-tutor map docker volume/],
      ['k8s-docker-tutor map docker run --restart unl', /--restart unless-stopped/],
      ['k8s-docker-tutor map --grade=fal', /--grade=false-friend/],
      ['k8s-docker-tutor map docker-comp', /map docker-compose\.yaml/],
    ])('%s', async (typed, wanted) => {
      using home = emptyHome();
      const bin = join(home.path, 'bin');
      mkdirSync(bin);
      writeFileSync(join(home.path, 'docker-compose.yaml'), 'services: {}\n');
      const program = `#!/bin/sh\nexec '${nodeUnderTest}' '${inject('program')}' "$@"\n`;
      writeFileSync(join(bin, 'k8s-docker-tutor'), program, { mode: 0o755 });
      const env = { PATH: `${bin}:${process.env.PATH}`, PS1: '$ ', INPUTRC: join(home.path, 'no-inputrc') };
      const terminal = new Terminal([...args], { home: home.path, env, instead: shell, columns: 120 });
      await terminal.type(`${load}; echo 'loaded' 'now'\r`);
      await terminal.sees(/^loaded now$/m);
      await terminal.type(typed);
      await terminal.sees(typed);
      await terminal.type('\t');
      await terminal.sees(wanted);
      terminal.kill('SIGKILL');
      await terminal.exited;
    });
  },
);
