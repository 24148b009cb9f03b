import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runTool, type ToolAnswer } from '../../src/doctor/run-tool.ts';
import { withTools } from '../fixtures/fake-tools.ts';

const isWindows = process.platform === 'win32';

describe.skipIf(isWindows)(
  'a tool that is run (skipped on Windows: the fake tools are shell scripts)',
  () => {
    it.each<[string, string, ToolAnswer]>([
      ['prints', 'echo v1.2.3', { kind: 'answered', text: 'v1.2.3' }],
      [
        'prints two lines and blanks',
        'printf "\\n one\\ntwo \\n\\n"',
        { kind: 'answered', text: 'one\ntwo' },
      ],
      ['prints nothing', 'true', { kind: 'answered', text: '' }],
      ['warns as well', 'echo warning >&2; echo v1', { kind: 'answered', text: 'v1' }],
      [
        'fails with a reason',
        'echo v1; echo "the reason" >&2; exit 1',
        { kind: 'failed', why: 'the reason' },
      ],
      [
        'fails with several lines: the last',
        'printf "usage\\nthe reason\\n" >&2; exit 2',
        { kind: 'failed', why: 'the reason' },
      ],
      ['prints in UTF-8', "printf 'gr\\303\\274n'", { kind: 'answered', text: 'grün' }],
    ])('and %s', async (_what, script, expected) => {
      expect(await runTool('tool', [], withTools({ tool: script }).env)).toEqual(expected);
    });

    it('gets its arguments as they are, with no shell in between', async () => {
      const { env } = withTools({ tool: 'for each in "$@"; do echo "<$each>"; done' });
      const args = ['$(id)', 'a b', '*', ';', '"', '{{.Server.Version}}', ''];
      expect(await runTool('tool', args, env)).toEqual({
        kind: 'answered',
        text: args.map((each) => `<${each}>`).join('\n'),
      });
    });

    it('gets the environment it is given', async () => {
      const { env } = withTools({ tool: 'echo "$KUBECONFIG"' });
      expect(await runTool('tool', [], { ...env, KUBECONFIG: '/some/config' })).toEqual({
        kind: 'answered',
        text: '/some/config',
      });
    });

    it('and fails without a word is said to have failed', async () => {
      const answer = await runTool('tool', ['version'], withTools({ tool: 'exit 3' }).env);
      expect(answer).toEqual({ kind: 'failed', why: 'Command failed: tool version' });
    });

    it('and is nowhere on the path is absent', async () => {
      expect(await runTool('tool', [], withTools({ other: 'true' }).env)).toEqual({ kind: 'absent' });
      expect(await runTool('tool', [], { PATH: '' })).toEqual({ kind: 'absent' });
    });

    it('and may not be executed has failed', async () => {
      const { directory, env } = withTools({});
      writeFileSync(join(directory, 'tool'), 'no program', { mode: 0o644 });
      expect(await runTool('tool', [], env)).toEqual({ kind: 'failed', why: 'spawn tool EACCES' });
    });

    it('and cannot be started for a reason Node throws has failed, too', async () => {
      const { directory, env } = withTools({});
      symlinkSync('tool', join(directory, 'tool'));
      expect(await runTool('tool', [], env)).toEqual({ kind: 'failed', why: 'spawn ELOOP' });
    });

    it('is given up after five seconds, even when it does not want to end', { timeout: 20_000 }, async () => {
      const { env } = withTools({
        slow: 'exec sleep 30',
        stubborn: "trap '' TERM; sleep 30 & wait; sleep 30",
        parent: 'sleep 30; echo late',
      });
      const begin = performance.now();
      const answers = await Promise.all(['slow', 'stubborn', 'parent'].map((name) => runTool(name, [], env)));
      expect(answers).toEqual(answers.map(() => ({ kind: 'failed', why: 'no answer in 5 seconds' })));
      expect(performance.now() - begin).toBeLessThan(10_000);
    });
  },
);
