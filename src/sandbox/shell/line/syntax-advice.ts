/** What bash reads and this shell does not, and another way to say it. */
const unread: readonly (readonly [RegExp, string])[] = [
  [/(^|\s)\w+\+?=\(/, 'This shell has no arrays; for NAME in a b c goes through words.'],
  [/\bfor\s*\(\(/, 'This shell counts with: for i in $(seq 1 3)'],
  [/(^|[\s;])\(\(/, 'This shell calculates with: x=$((1 + 2)), and asks with: [ $x -lt 3 ]'],
  [/[<>]\(/, 'This shell reads no <(…); write to a file first, and read that.'],
  [/(^|[\s;])select\s/, 'This shell has no menus; read NAME asks for a line.'],
  [/;;?&/, 'Each part of a case ends in ;; here.'],
];

const quote = 'A quote is open: what begins with " or \' has to end with it.';
const open =
  'Something is open: what begins with if, for, while, case, { or ( has an end, and nothing stands last after |, && or ||.';

/**
 * What to do about a text that is no command, besides what a shell says of it.
 *
 * @param message what a shell says
 */
export function syntaxAdvice(text: string, message: string): string {
  const found = unread.find(([pattern]) => pattern.test(text))?.[1];
  const advice =
    found ?? (message.includes('matching') ? quote : message.endsWith('end of file') ? open : undefined);
  return advice === undefined ? '' : `→ ${advice}\n`;
}
