import type { Finding } from '../why/account.ts';

/** Something that stays as it is unless somebody does something. */
export function trouble(about: string, because: readonly string[], next: readonly string[] = []): Finding {
  return { about, because, next, isPassing: false };
}

/** Something that may still go by itself. */
export function onItsWay(about: string, because: readonly string[], next: readonly string[] = []): Finding {
  return { about, because, next, isPassing: true };
}
