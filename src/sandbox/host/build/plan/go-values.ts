import { goDuration } from '../../../go/go-duration.ts';
import type { HealthInstruction } from '../dockerfile/instruction.ts';

/** A list of texts as Go prints it: `[a b]`. */
export function goList(words: readonly string[]): string {
  return `[${words.join(' ')}]`;
}

/** The same with each in quotes: `["a" "b"]`. */
export function goQuotedList(words: readonly string[]): string {
  return goList(words.map((word) => JSON.stringify(word)));
}

/** How the history writes a health check: as Go prints a struct with its fields. */
export function goStruct(health: HealthInstruction): string {
  const { test, interval, timeout, startPeriod, startInterval, retries } = health;
  const times = {
    Interval: interval,
    Timeout: timeout,
    StartPeriod: startPeriod,
    StartInterval: startInterval,
  };
  const fields = Object.entries(times).map(([name, value]) => `${name}:${goDuration(value)}`);
  return `{Test:${goList(test)} ${fields.join(' ')} Retries:${retries}}`;
}
