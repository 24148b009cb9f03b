import { existsSync } from 'node:fs';
import { exitCode, TutorError } from '../../errors.ts';
import { countUses, type Uses } from '../../mapping/lines/count-uses.ts';
import { historyFiles } from '../../mapping/lines/history-files.ts';
import { parseFoundLine } from '../../mapping/lines/parse-found-line.ts';
import { readLines } from '../../mapping/lines/read-lines.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawHistory, type UsedCommand } from '../../terminal/views/history-view.ts';
import { readText } from '../read-text.ts';
import type { Session } from '../session.ts';
import type { MapOptions } from './map-options.ts';

/**
 * Counts what the learner really types, from the histories of their shells, and shows the counterparts of
 * that. Only commands and names of flags are kept; no argument of a line is shown or written anywhere.
 *
 * @throws TutorError where there is no history, or nothing of docker or kubectl in it
 */
export function mapHistory(session: Session, options: MapOptions): void {
  const files = readableHistories(session);
  const lines = files.flatMap(({ path, text }) => readLines(text, path));
  const uses = countUses(lines, parseFoundLine);
  if (uses.uses.length === 0) {
    throw new TutorError(
      files.length === 0
        ? 'no shell history was found'
        : 'no docker or kubectl command is in your shell history',
      'Give a file instead: map - < some-history',
      exitCode.no,
    );
  }
  const used = counterparts(session, uses);
  const paths = files.map(({ path }) => path);
  if (options.json) session.printJson({ version: 1, files: paths, uses: used, refused: uses.refused });
  else session.print(drawHistory(used, paths, uses.refused, styleFor(session.screen)));
}

function readableHistories({ io }: Session): { readonly path: string; readonly text: string }[] {
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

function counterparts(session: Session, { uses }: Uses): UsedCommand[] {
  const lessons = new Map(session.content.course().lessons.map((lesson) => [lesson.id, lesson.title]));
  const typed = new Map(session.content.catalogue().map((line) => [line.command, line.typed]));
  return uses.map(({ command, count, flags }) => {
    const isKubectl = command.startsWith('kubectl');
    const row = isKubectl ? session.content.kubectlRow(command) : session.content.commandRow(command);
    return {
      command,
      typed: typed.get(command) ?? command,
      count,
      flags,
      counterpart: 'docker' in row ? row.docker : row.kubernetes,
      grade: row.grade,
      lesson: row.lesson,
      lessonTitle: lessons.get(row.lesson) ?? row.lesson,
    };
  });
}
