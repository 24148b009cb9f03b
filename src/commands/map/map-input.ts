import { exitCode, TutorError } from '../../errors.ts';
import type { KubernetesObject } from '../../kubernetes/objects.ts';
import { toYaml } from '../../kubernetes/yaml.ts';
import type { FoundLine } from '../../mapping/lines/found-line.ts';
import { readLines } from '../../mapping/lines/read-lines.ts';
import type { Translation } from '../../mapping/translation.ts';
import { showControls } from '../../terminal/control-characters.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawRefusedLine, drawTranslatedLine } from '../../terminal/views/lines-view.ts';
import { drawCommandLines } from '../../terminal/views/translation-view.ts';
import { readText } from '../read-text.ts';
import { type Session, safeJson } from '../session.ts';
import { isRefusal, type Refusal, refused, splitLine, translateTyped } from './map-line.ts';
import type { MapOptions } from './map-options.ts';
import { refusalJson, translationJson } from './translation-json.ts';
import { readOutputForm, writeObjects } from './write-objects.ts';

/** What became of one line of the input. */
type Answer =
  | { readonly line: FoundLine; readonly translation: Translation }
  | { readonly line: FoundLine; readonly refusal: Refusal };

/**
 * Reads standard input, a script, a README, a history or a compose file, and translates what it holds.
 *
 * @throws TutorError where there is nothing to translate; LineError when the only line would be refused
 */
export async function mapInput(session: Session, options: MapOptions): Promise<void> {
  const text = readInput();
  if (/^(services|include):/m.test(text)) {
    const { mapComposeText } = await import('./map-files.ts');
    return mapComposeText(session, text, options);
  }
  const answers: Answer[] = [];
  for (const line of readLines(text)) answers.push(await answer(session, line, options));
  const [only] = answers;
  if (!only) {
    throw new TutorError(
      'no docker or kubectl line was found',
      'Give a script, a README, a shell history or a compose file.',
      exitCode.no,
    );
  }
  const isRefusedAlone = answers.length === 1 && 'refusal' in only;
  if (!(isRefusedAlone && options.output)) print(session, answers, options);
  if (isRefusedAlone) throw refused(only.refusal, only.line.text);
}

function readInput(): string {
  try {
    return readText(0);
  } catch (error) {
    throw new TutorError(
      `standard input cannot be read: ${(error as Error).message}`,
      'Give it a file: map - < script.sh',
    );
  }
}

async function answer(session: Session, line: FoundLine, options: MapOptions): Promise<Answer> {
  try {
    return { line, translation: await translateTyped(session, splitLine(line.text), options) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { line, refusal: error };
  }
}

function print(session: Session, answers: readonly Answer[], options: MapOptions): void {
  const form = readOutputForm(options.output);
  if (options.json) {
    const pages = session.content.pages();
    for (const each of answers) {
      const value =
        'translation' in each
          ? translationJson(each.translation, pages)
          : refusalJson(each.line.text, [], each.refusal);
      session.io.stdout.write(`${safeJson(value)}\n`);
    }
    return;
  }
  const translations = answers.flatMap((each) => ('translation' in each ? each.translation : []));
  if (form.kind !== 'everything') warnOfRefused(session, answers);
  if (form.kind === 'commands')
    return session.print(translations.flatMap(({ commands }) => drawCommandLines(commands)));
  if (form.kind === 'yaml') session.io.stdout.write(toYaml(someObjects(translations)));
  else if (form.kind === 'folder')
    session.print(writeObjects(someObjects(translations), form.folder, options.force === true));
  else {
    const style = styleFor(session.screen);
    session.print(
      answers.flatMap((each) =>
        'translation' in each
          ? drawTranslatedLine(each.line, each.translation, style)
          : drawRefusedLine(each.line, each.refusal.message, each.refusal.hint, style),
      ),
    );
  }
}

/** What stands in no manifest and in no list of commands is said beside it, since nobody would miss it there. */
function warnOfRefused(session: Session, answers: readonly Answer[]): void {
  for (const each of answers) {
    if ('refusal' in each) {
      const { line, refusal } = each;
      session.warn(
        showControls(`line ${line.line} is left out: ${refusal.message}`),
        showControls(refusal.hint),
      );
    }
  }
}

/** @throws TutorError where no line makes an object */
function someObjects(translations: readonly Translation[]): KubernetesObject[] {
  const objects = translations.flatMap((translation) => translation.objects);
  if (objects.length > 0) return objects;
  throw new TutorError(
    'none of the lines makes an object, so there is no manifest',
    'Leave -o out to see what they are.',
    exitCode.no,
  );
}
