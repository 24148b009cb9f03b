import type { Io } from '../io.ts';
import type { Screen } from './screen.ts';

/** Does something that takes long; a terminal sees that something is going on, on stderr. */
export async function whileSpinning<T>(
  io: Io,
  screen: Screen,
  text: string,
  act: () => Promise<T>,
): Promise<T> {
  if (!io.stderr.isTTY || !screen.interactive || screen.plain) return act();
  const { default: ora } = await import('ora');
  const spinner = ora({
    text,
    stream: io.stderr as NodeJS.WriteStream,
    discardStdin: false,
    ...(screen.unicode ? {} : { spinner: 'line' as const }),
  });
  spinner.start();
  try {
    return await act();
  } finally {
    spinner.stop();
  }
}
