import { subcommandsOf } from '../../docker/grammar.ts';
import { shownPath } from './usage.ts';

/** Flags of the client itself that take the next word as their value. */
const globalsWithValue = [
  '--config',
  '-c',
  '--context',
  '-H',
  '--host',
  '-l',
  '--log-level',
  '--tlscacert',
  '--tlscert',
  '--tlskey',
];

/** Flags of compose itself that do. */
const composeWithValue = [
  '--ansi',
  '--env-file',
  '-f',
  '--file',
  '--parallel',
  '--profile',
  '--progress',
  '--project-directory',
  '-p',
  '--project-name',
];

/**
 * What the client calls the command of a line, as far as there is one: `docker`, `docker ps`,
 * `docker container ls`.
 *
 * @param words `docker` first
 * @param end how many of them are looked at
 */
export function typedPath(words: readonly string[], end = words.length): string {
  let path = 'docker';
  for (let place = 1; place < end; place++) {
    const word = words[place] ?? '';
    const withValue = path === 'docker compose' ? composeWithValue : globalsWithValue;
    if (withValue.includes(word)) place += 1;
    else if (!word.startsWith('-')) {
      if (!subcommandsOf(path).includes(word)) break;
      path = `${path} ${word}`;
    }
  }
  return shownPath(path);
}
