import { TutorError } from '../../errors.ts';
import { type CatalogueLine, nearestWords, searchCatalogue } from '../../mapping/catalogue.ts';
import { drawLine } from '../../terminal/prose.ts';
import { type Style, styleFor } from '../../terminal/style.ts';
import { drawCatalogue, drawMarkdown, drawOverview } from '../../terminal/views/catalogue-view.ts';
import { drawLikeness, drawLikenessSign } from '../../terminal/views/likeness.ts';
import type { Session } from '../session.ts';
import { isLine } from './line-of-words.ts';
import type { MapOptions } from './map-options.ts';
import { pagesOf } from './translation-json.ts';

/** Looks words up in the catalogue; without words a search on a terminal, the overview elsewhere. */
export async function mapWords(session: Session, words: string, options: MapOptions): Promise<void> {
  const all = session.content.catalogue();
  const chosen = narrow(all, options);
  const isListing =
    options.all === true ||
    options.category !== undefined ||
    options.grade !== undefined ||
    options.markdown === true;
  const found = searchCatalogue(chosen, words);
  if (found.length === 0) throw nothingFound(all, words);

  if (options.json) return printJson(session, words === '' ? chosen : found);
  if (options.markdown) return session.print(drawMarkdown(found));
  const style = styleFor(session.screen);
  if (words === '' && !isListing) {
    if (session.screen.interactive) return search(session, all, options);
    const daily = all.filter(isDaily);
    session.print([
      ...drawOverview(daily, style),
      '',
      ...drawLine(
        style.faint(
          `${daily.length} of ${all.length} commands; --all lists them all. Put a word or a whole docker line after map.`,
        ),
        style,
      ),
    ]);
    return;
  }
  if (words === '') return session.print(drawOverview(found, style));
  const [only] = found;
  if (only && found.length === 1) return session.print(await drawOne(session, only));
  session.print(drawCatalogue(found, style));
}

/** @throws TutorError for a category there is not */
function narrow(lines: readonly CatalogueLine[], { category, grade }: MapOptions): CatalogueLine[] {
  const categories = [...new Set<string>(lines.map((line) => line.category))];
  if (category !== undefined && !categories.includes(category)) {
    throw new TutorError(`there is no category "${category}"`, `It is one of: ${categories.join(', ')}.`);
  }
  return lines.filter(
    (line) =>
      (category === undefined || line.category === category) && (grade === undefined || line.grade === grade),
  );
}

/** What one types every day: the short spellings, and the families that have none. */
function isDaily({ typed, category }: CatalogueLine): boolean {
  const words = typed.split(' ').length;
  if (category === 'compose' || category === 'network' || category === 'volume') return words === 3;
  return words === 2 && category !== 'swarm';
}

function nothingFound(all: readonly CatalogueLine[], words: string): TutorError {
  const near = nearestWords(all, words);
  return new TutorError(
    `nothing in the catalogue fits "${words.length > 60 ? `${words.slice(0, 60)}…` : words}"`,
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : 'Put it in other words, or a whole docker line: map docker ps -a',
  );
}

async function search(session: Session, all: readonly CatalogueLine[], options: MapOptions): Promise<void> {
  const { converse } = await import('../../terminal/conversation/converse.ts');
  const style = styleFor(session.screen);
  const talk = await converse(session.io, style);
  const width = Math.max(...all.filter(isDaily).map((line) => line.typed.length));
  const chosen = await talk.askSearch({
    label: 'A docker line, or what you want to do',
    count: all.length,
    find: (words) => [
      ...(isWholeLine(words) ? [{ value: words, text: `${style.title('Translate')} ${words.trim()}` }] : []),
      ...(words.trim() === '' ? all.filter(isDaily) : searchCatalogue(all, words)).map((line) => ({
        value: line.command,
        text: foundLine(line, width, style),
      })),
    ],
  });
  if (chosen !== undefined && isWholeLine(chosen)) {
    const { mapLine } = await import('./map-line.ts');
    return mapLine(session, [chosen], options);
  }
  const line = all.find(({ command }) => command === chosen);
  if (line) session.print(await drawOne(session, line));
}

/** A match of the search: with a sign for how alike the two are, in the linear form in words. */
function foundLine({ typed, grade, kubernetes }: CatalogueLine, width: number, style: Style): string {
  const other = style.text(kubernetes.replaceAll('`', ''));
  return style.screen.plain
    ? `${typed}: ${drawLikeness(grade, style)}${kubernetes === 'none' ? '' : `, ${other}`}`
    : `${typed.padEnd(width)}  ${drawLikenessSign(grade, style)} ${other}`;
}

/** A line with more than the name of a command: that is to be translated, and not looked up. */
function isWholeLine(words: string): boolean {
  const typed = words.trim().split(/\s+/);
  return isLine([words]) && (typed.length > 3 || typed.some((word) => word.startsWith('-')));
}

async function drawOne(session: Session, line: CatalogueLine): Promise<string[]> {
  const { drawRow } = await import('../../terminal/views/row-view.ts');
  const row = session.content.commandRow(line.command);
  return drawRow(row, line.typed, pagesOf(row.sources, session.content.pages()), styleFor(session.screen));
}

function printJson(session: Session, lines: readonly CatalogueLine[]): void {
  const pages = session.content.pages();
  const rows = lines.map(({ command, typed }) => {
    const row = session.content.commandRow(command);
    return {
      ...row,
      typed,
      flags: row.flags.map((flag) => ({ ...flag, sources: pagesOf(flag.sources, pages) })),
      sources: pagesOf(row.sources, pages),
    };
  });
  session.printJson({ version: 1, rows });
}
