import { joinWords, splitWords } from '../../docker/words.ts';
import { LineError, TutorError } from '../../errors.ts';
import { searchCatalogue } from '../../mapping/catalogue.ts';
import { translateServiceCreate } from '../../mapping/swarm/translate-service.ts';
import { translateCommand } from '../../mapping/translate.ts';
import type { Laptop } from '../../sandbox/shell/laptop/laptop.ts';
import { drawError } from '../../terminal/complaint-view.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawCatalogue } from '../../terminal/views/catalogue-view.ts';
import { drawRow } from '../../terminal/views/row-view.ts';
import { isLine } from '../map/line-of-words.ts';
import { mapDockerfile } from '../map/map-dockerfile.ts';
import { isDockerfile, mapProject } from '../map/map-files.ts';
import { translateKubectl } from '../map/map-kubectl.ts';
import { dockerCommand, isRefusal, refused, show } from '../map/map-line.ts';
import type { MapOptions } from '../map/map-options.ts';
import { pagesOf } from '../map/translation-json.ts';
import type { Session } from '../session.ts';

/** What `map` printed, and how it ended. */
export interface Mapped {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/**
 * `map` inside the sandbox: what the command of that name prints, for the learner's files there.
 *
 * @param words those behind `map`
 * @param isTerminal whether it is shown on one; piped on, it has no colours
 */
export function mapInside(
  session: Session,
  laptop: Laptop,
  words: readonly string[],
  isTerminal: boolean,
): Mapped {
  let out = '';
  const own = speaksTo(session, isTerminal, (text) => {
    out += text;
  });
  try {
    mapWords(own, laptop, readOptions(words));
    return { out, err: '', code: 0 };
  } catch (error) {
    if (!(error instanceof TutorError)) throw error;
    const { message: what, hint, code } = error;
    const fault = error instanceof LineError ? { fault: error } : {};
    return { out, err: drawError({ what, hint, ...fault }, session.screen), code };
  }
}

/** The session, with what it prints going elsewhere. */
function speaksTo(session: Session, isTerminal: boolean, write: (text: string) => void): Session {
  const screen = Object.create(session.screen, isTerminal ? {} : { colour: { value: 0 } });
  const stdout = Object.create(session.io.stdout, {
    write: {
      value: (text: string) => {
        write(text);
        return true;
      },
    },
  });
  return {
    ...session,
    screen,
    io: { ...session.io, stdout },
    print: (lines) => write(lines.map((line) => `${line}\n`).join('')),
  };
}

interface Asked {
  readonly words: readonly string[];
  readonly options: MapOptions;
}

/** @throws TutorError for an option that is not known inside */
function readOptions(given: readonly string[]): Asked {
  const options: { output?: string; as?: NonNullable<MapOptions['as']> } = {};
  let place = 0;
  for (; given[place]?.startsWith('-') && given[place] !== '-'; place++) {
    const [name = '', value = given[++place]] = (given[place] ?? '').split('=', 2);
    if (name === '-o' || name === '--output') options.output = value ?? '';
    else if (name === '--as') options.as = workload(value ?? '');
    else {
      throw new TutorError(
        `map has no option ${name} in the sandbox`,
        'It has -o and --as; outside, k8s-docker-tutor map --help lists all.',
      );
    }
  }
  if (options.output?.startsWith('dir=')) {
    throw new TutorError('map writes no folder in the sandbox', 'Use -o yaml, and > to a file.');
  }
  return { words: given.slice(place), options: { kubernetes: '1.36', ...options } };
}

function workload(text: string): NonNullable<MapOptions['as']> {
  const found = (['deployment', 'pod', 'job', 'statefulset'] as const).find((each) => each === text);
  if (found) return found;
  throw new TutorError(
    `there is nothing to run it --as ${text}`,
    'It is deployment, pod, job or statefulset.',
  );
}

function mapWords(session: Session, laptop: Laptop, { words, options }: Asked): void {
  if (isLine(words)) return mapLine(session, laptop, words, options);
  if (words.length > 0 && words.every((word) => /\.ya?ml$/i.test(word) || isDockerfile(word))) {
    return mapFiles(session, laptop, words, options);
  }
  const all = session.content.catalogue();
  const found = words.length === 0 ? [] : searchCatalogue(all, words.join(' '));
  const [only] = found;
  if (!only) {
    throw new TutorError(
      words.length === 0 ? 'map what?' : `nothing in the catalogue fits "${words.join(' ').slice(0, 60)}"`,
      'Put a docker line behind it: map docker ps -a',
    );
  }
  const style = styleFor(session.screen);
  if (found.length > 1) return session.print(drawCatalogue(found, style));
  const row = session.content.commandRow(only.command);
  session.print(drawRow(row, only.typed, pagesOf(row.sources, session.content.pages()), style));
}

/** @throws TutorError for a line that would be refused */
function mapLine(session: Session, laptop: Laptop, typed: readonly string[], options: MapOptions): void {
  const [only = ''] = typed;
  const input = typed.length === 1 ? only : joinWords(typed).line;
  try {
    const { words } = typed.length === 1 ? splitWords(input) : joinWords(typed);
    const command = dockerCommand(words);
    const files = command?.globals.filter(({ name }) => name === '--file').map(({ value }) => value) ?? [];
    if (command && /^docker compose (up|create|config)$/.test(command.command) && files.length > 0) {
      return mapFiles(session, laptop, files, options);
    }
    const { kubernetes, as } = options;
    const translation = command
      ? translateCommand(
          command,
          input,
          { kubernetes, translateService: translateServiceCreate, ...(as ? { as } : {}) },
          (name) => session.content.commandRow(name),
        )
      : translateKubectl(session, input, words);
    show(session, translation, options);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw refused(error, input);
  }
}

/** @throws TutorError for a file that is not there or cannot be understood */
function mapFiles(session: Session, laptop: Laptop, paths: readonly string[], options: MapOptions): void {
  const files = paths.map((path) => {
    const text = laptop.read(path);
    if (text === undefined)
      throw new TutorError(`there is no file ${path}`, 'ls lists those in this folder.');
    return { path: laptop.resolve(path), text };
  });
  const [first] = files;
  if (first && isDockerfile(first.path)) return mapDockerfile(session, first.text, options);
  const folder = (first?.path ?? '').replace(/\/[^/]*$/, '');
  mapProject(session, files, options, { envFiles: [`${folder}/.env`] }, (path) => laptop.read(path));
}
