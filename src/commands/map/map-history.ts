import { existsSync } from 'node:fs';
import { exitCode, TutorError } from '../../errors.ts';
import { countUses, type Uses } from '../../mapping/lines/count-uses.ts';
import { historyFiles } from '../../mapping/lines/history-files.ts';
import { type ParsedLine, parseFoundLine } from '../../mapping/lines/parse-found-line.ts';
import { readLines } from '../../mapping/lines/read-lines.ts';
import { readArguments } from '../../mapping/way-back/named-objects.ts';
import { answerFor } from '../../mapping/way-back/translate-back.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawHistory, type UsedCommand } from '../../terminal/views/history-view.ts';
import { readNamed, readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import type { MapOptions } from './map-options.ts';

/**
 * Counts what the learner really types, from the histories of their shells, and shows the counterparts of
 * that. Only commands and names of flags are kept; no argument of a line is shown or written anywhere.
 *
 * @param named files to read in place of the histories
 * @throws TutorError where there is no history, nothing of docker or kubectl in it, or a file cannot be read
 */
export function mapHistory(session: Session, named: readonly string[], options: MapOptions): void {
  const files =
    named.length > 0 ? named.map((path) => ({ path, text: readNamed(path) })) : readableHistories(session);
  const lines = files.flatMap(({ path, text }) => readLines(text, path));
  const uses = countUses(lines, (line) => {
    const parsed = parseFoundLine(line);
    return parsed && { ...parsed, ...kindOf(session, parsed) };
  });
  if (uses.uses.length === 0) {
    throw new TutorError(
      files.length === 0
        ? 'no shell history was found'
        : `no docker or kubectl command is in ${named.length > 0 ? named.join(', ') : 'your shell history'}`,
      'Name a file that has some: map --history some-script.sh',
      exitCode.no,
    );
  }
  const used = counterparts(session, uses);
  const paths = files.map(({ path }) => path);
  if (options.json) session.printJson({ version: 1, files: paths, uses: used, refused: uses.refused });
  else session.print(drawHistory(used, paths, uses.refused, styleFor(session.screen)));
}

interface TextFile {
  readonly path: string;
  readonly text: string;
}

function readableHistories({ io }: Session): TextFile[] {
  let home: string;
  try {
    home = io.home();
  } catch {
    return [];
  }
  const paths = new Set(historyFiles(io.env, io.platform, home).map(({ path }) => path));
  return [...paths].flatMap((path) => {
    try {
      return existsSync(path) ? [{ path, text: readText(path) }] : [];
    } catch {
      return [];
    }
  });
}

/** The kind of object that a line is about, where its row answers by kind. */
function kindOf(session: Session, { command, args }: ParsedLine): { readonly kind?: string } {
  if (!command.startsWith('kubectl ')) return {};
  const { positionals, resources } = session.content.kubectlRow(command);
  const [first] = resources.length > 0 ? readArguments(positionals, args).objects : [];
  return first?.kind === undefined ? {} : { kind: first.kind };
}

function counterparts(session: Session, { uses }: Uses): UsedCommand[] {
  const lessons = new Map(session.content.course().lessons.map((lesson) => [lesson.id, lesson.title]));
  const typed = new Map(session.content.catalogue().map((line) => [line.command, line.typed]));
  return uses.map(({ command, kind, count, flags }) => {
    const isKubectl = command.startsWith('kubectl');
    const row = isKubectl ? session.content.kubectlRow(command) : session.content.commandRow(command);
    const answer = 'docker' in row ? answerFor(row, kind) : row;
    return {
      command,
      typed: typed.get(command) ?? (kind === undefined ? command : `${command} ${kind}`),
      count,
      flags,
      counterpart: 'docker' in answer ? answer.docker : answer.kubernetes,
      grade: answer.grade,
      lesson: row.lesson,
      lessonTitle: lessons.get(row.lesson) ?? row.lesson,
    };
  });
}
