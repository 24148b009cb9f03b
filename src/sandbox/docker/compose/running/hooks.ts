import type { HookConfig } from '../../../../docker/compose/service-shape.ts';
import { pause, type Steps } from '../../../effects.ts';
import { ask, openOutput } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import type { Service } from '../project/project.ts';

const hour = 3_600_000;

/** How many lines of a hook are kept (hookOutputTailLines). */
const mostLines = 10;

/**
 * Runs the commands that a service has for after its start or before its end, in its container (runHook of
 * pkg/compose/hook.go).
 *
 * @throws CommandFailure where one does not end well
 */
export function* runHooks(hooks: readonly HookConfig[] = [], service: Service, id: string): Steps<void> {
  for (const hook of hooks) {
    const { Id: exec } = yield* ask<{ readonly Id: string }>('POST', `/containers/${id}/exec`, {
      body: {
        User: hook.user ?? '',
        Privileged: hook.privileged ?? false,
        WorkingDir: hook.working_dir ?? '',
        Env: Object.entries(hook.environment ?? {}).map(([key, value]) =>
          value === null ? key : `${key}=${value}`,
        ),
        Cmd: hook.command,
        AttachStdout: true,
        AttachStderr: true,
      },
    });
    const stream = yield* openOutput('POST', `/exec/${exec}/start`, { body: { Detach: false, Tty: false } });
    const written = { stdout: '', stderr: '' };
    try {
      for (;;) {
        for (const { stream: from, text } of stream.next()) written[from] += text;
        if (stream.ended) break;
        yield* pause(hour);
      }
    } finally {
      stream.close();
    }
    const { ExitCode: code } = yield* ask<{ readonly ExitCode?: number | null }>('GET', `/exec/${exec}/json`);
    if (code) throw new CommandFailure(`${service.name} hook exited with status ${code}${endOf(written)}`);
  }
}

/** The last lines that were written, those of errors before others; they are shown where a hook fails. */
function endOf({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  const lines = (stderr.trim() || stdout.trim()).split('\n').slice(-mostLines);
  return lines.join('') === '' ? '' : `: ${lines.join('\n')}`;
}
