import type { Pages } from '../../content/content.ts';
import type { Source } from '../../lesson/lesson.ts';
import type { Translation } from '../../mapping/translation.ts';

/** The pages behind ids, in the order of the ids; an id that is none is left out. */
export function pagesOf(ids: readonly string[], pages: Pages): Source[] {
  return ids.flatMap((id) => pages.get(id) ?? []);
}

/** A translation as `--json` prints it: ids of pages become the pages. */
export function translationJson(translation: Translation, pages: Pages): Record<string, unknown> {
  return {
    version: 1,
    ...translation,
    flags: translation.flags.map(({ kubernetes, ...flag }) => ({
      ...flag,
      [translation.command.startsWith('kubectl') ? 'docker' : 'kubernetes']: kubernetes,
      sources: pagesOf(flag.sources, pages),
    })),
    sources: pagesOf(translation.sources, pages),
  };
}

/** A line that docker or kubectl would refuse, as `--json` prints it. */
export function refusalJson(
  input: string,
  argv: readonly string[],
  { message, hint, position }: { readonly message: string; readonly hint: string; readonly position: number },
): Record<string, unknown> {
  return { version: 1, input, argv, error: { message, hint, position } };
}
