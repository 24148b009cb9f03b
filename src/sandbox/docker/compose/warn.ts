import { complain, now, type Steps, terminal } from '../../effects.ts';

/**
 * A warning as compose logs it (github.com/sirupsen/logrus): for people at a terminal, as keys and values
 * elsewhere.
 */
export function* warn(message: string, level: 'warning' | 'info' = 'warning'): Steps<void> {
  if ((yield* terminal()).isTerminal) {
    const word = level === 'warning' ? 'WARN' : 'INFO';
    yield* complain(`${word}[0000] ${message.padEnd(44)} \n`);
    return;
  }
  const time = new Date(yield* now()).toISOString().replace(/\.\d+Z$/, 'Z');
  yield* complain(`time="${time}" level=${level} msg=${quoted(message)}\n`);
}

function quoted(message: string): string {
  return /^[\w./@^+-]+$/.test(message) ? message : JSON.stringify(message);
}
