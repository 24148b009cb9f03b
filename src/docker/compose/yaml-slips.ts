import type { YAMLError } from 'yaml';
import { ComposeRefusal, type Place } from './refusal.ts';

/** Characters that YAML does not allow as they are (https://yaml.org/spec/1.2.2/#51-character-set). */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** Refuses characters that no YAML may hold. */
export function refuseControls(text: string, file: string): void {
  const at = text.search(controls);
  if (at < 0) return;
  const before = text.slice(0, at).split('\n');
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  throw new ComposeRefusal(
    `control characters are not allowed: U+${code}`,
    'Take it out; in double quotes it can be written as an escape such as "\\e".',
    {
      file,
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
    },
  );
}

const quote = 'Put the text in quotes.';

const hints: Readonly<Record<string, string>> = {
  BAD_INDENT: 'Line it up with its neighbours.',
  BAD_SCALAR_START: quote,
  BLOCK_AS_IMPLICIT_KEY: quote,
  MULTILINE_IMPLICIT_KEY: 'The line has no `key:`, or it is text that should be indented.',
  MISSING_CHAR: 'Look for a quote, a bracket or a colon that is missing.',
  UNEXPECTED_TOKEN: quote,
  TAB_AS_INDENT: 'YAML is indented with spaces. Replace the tab.',
};

/** A slip that the reader of YAML found, with what its author most likely did. */
export function refusalOf({ code, message, pos }: YAMLError, text: string, place: Place): ComposeRefusal {
  // The library gives up where its own functions go too deep.
  if (/call stack/i.test(message)) return tooDeep(place);
  const line = text.slice(text.lastIndexOf('\n', pos[0] - 1) + 1).split('\n', 1)[0] ?? '';
  const tab = /^ *\t/.test(line) ? hints.TAB_AS_INDENT : undefined;
  const what = message.replace(/\.$/, '');
  return new ComposeRefusal(
    `this is not YAML: ${tab ? 'a tab cannot indent a line' : what.charAt(0).toLowerCase() + what.slice(1)}`,
    tab ?? hints[code] ?? 'Look at this line and the one above it.',
    place,
  );
}

/** Nobody nests a compose file as deep as this. */
export function tooDeep(place: Place): ComposeRefusal {
  return new ComposeRefusal(
    'the file is nested too deeply',
    'No compose file needs more than a dozen levels. Look for brackets that are never closed.',
    place,
  );
}
