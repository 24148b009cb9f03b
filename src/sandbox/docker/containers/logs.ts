import { now, pause, type Steps } from '../../effects.ts';
import type { DockerContext } from '../context.ts';
import { ask, encoded, openOutput } from '../engine-client.ts';
import { show } from '../streams/talk.ts';
import { timestampOf } from '../timestamps.ts';
import type { Inspected } from './inspected.ts';

/** Longer than anything that is waited for. */
const hour = 3_600_000;

/** `docker container logs` (cli/command/container/logs.go of docker/cli). */
export function* runLogs({ flags, args: [name = ''] }: DockerContext): Steps<number> {
  const { Id: id, Config } = yield* ask<Inspected>('GET', `/containers/${encoded(name)}/json`);
  const present = yield* now();
  const switchOf = (flag: string): string | undefined => (flags.on(flag) ? '1' : undefined);
  const stream = yield* openOutput('GET', `/containers/${id}/logs`, {
    query: {
      stdout: '1',
      stderr: '1',
      since: timestampOf('since', flags.text('--since'), present),
      until: timestampOf('until', flags.text('--until'), present),
      timestamps: switchOf('--timestamps'),
      details: switchOf('--details'),
      follow: switchOf('--follow'),
      tail: flags.text('--tail') === 'all' ? undefined : flags.text('--tail'),
    },
  });
  try {
    for (;;) {
      const isOver = stream.ended;
      yield* show(stream, { tty: Config.Tty });
      if (isOver) return 0;
      if (!stream.ended) yield* pause(hour);
    }
  } finally {
    stream.close();
  }
}
