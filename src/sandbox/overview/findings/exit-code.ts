/** Signals by which people end containers, and what a code above 128 says. */
const signals: Readonly<Record<number, string>> = {
  130: 'SIGINT ended it',
  134: 'it gave up by itself (SIGABRT)',
  137: 'SIGKILL ended it',
  139: 'it used memory that is not its own (SIGSEGV)',
  143: 'SIGTERM ended it: it was asked to stop',
};

/** What an exit code means, where it has a meaning of its own; undefined for those that the program chose. */
export function exitMeaning(code: number): string | undefined {
  if (code === 126) return 'its command cannot be run';
  if (code === 127) return 'its command was not found';
  return signals[code];
}
