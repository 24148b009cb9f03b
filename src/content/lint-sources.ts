import { citedByRules } from '../mapping/cited.ts';
import { doubles } from './doubles.ts';
import type { Finding } from './finding.ts';
import { lintProse } from './lint-prose.ts';
import type { ContentText } from './load-content.ts';

/** What is wrong with the list of pages: a page twice, a page that nothing cites. */
export function lintSources(content: ContentText): Finding[] {
  const entries = Object.entries(content.sources.value);
  const file = 'sources.yaml';
  const { lineOf } = content.sources;
  const cited = new Set([
    ...content.lessons.flatMap((lesson) => lesson.front.sources),
    ...content.quizzes.flatMap((quiz) => quiz.items).flatMap((item) => item.sources),
    ...content.labs.flatMap((lab) => lab.sources),
    ...content.misconceptions.value.flatMap((each) => each.sources),
    ...content.glossary.value.flatMap((each) => each.sources),
    ...content.choose.value.recommendations.flatMap((each) => each.sources),
    ...content.choose.value.questions.flatMap((each) => each.sources ?? []),
    ...content.diagrams.flatMap((each) => each.sources),
    ...content.mapping
      .flatMap((rows) => rows.value)
      .flatMap((row) => [...row.sources, ...(row.flags ?? []).flatMap((flag) => flag.sources)]),
    ...kubectlSources(content),
    ...(content.mapping.length > 0 ? citedByRules() : []),
  ]);
  return [
    ...entries.flatMap(([id]) =>
      cited.has(id) ? [] : [{ file, line: lineOf([id]), message: `"${id}" is cited nowhere; remove it` }],
    ),
    ...doubles(
      entries.map(([id, page]) => ({ name: page.url.replace(/\/$/, ''), line: lineOf([id]) })),
      file,
      'the page',
    ),
  ];
}

function kubectlSources({ kubectl }: ContentText): string[] {
  const { globals, common, rows } = kubectl.value;
  return [
    ...[...globals, ...common].flatMap((flag) => flag.sources),
    ...rows.flatMap((row) => [
      ...row.sources,
      ...[...(row.flags ?? []), ...(row.resources ?? []).flatMap((entry) => entry.flags ?? [])].flatMap(
        (flag) => flag.sources ?? [],
      ),
    ]),
  ];
}

/** What is wrong with the drawings' front matter, and which drawings nothing shows. */
export function lintDrawings(content: ContentText): Finding[] {
  const shown = new Set([
    ...content.lessons
      .flatMap((lesson) => lesson.steps.flatMap((step) => step.blocks))
      .flatMap((block) => (block.kind === 'diagram' ? block.diagram.id : [])),
    ...content.glossary.value.flatMap((entry) => entry.diagram ?? []),
  ]);
  return content.diagrams.flatMap(({ file, diagram, sources }) => [
    ...[...unknownSources(sources, content), ...[diagram.title, diagram.description].flatMap(lintProse)].map(
      (message): Finding => ({ file, line: 2, message }),
    ),
    ...(shown.has(diagram.id)
      ? []
      : [{ file, line: 1, message: `no lesson and no glossary entry shows "${diagram.id}"` }]),
  ]);
}

/** A complaint for each id that is no page of lessons/sources.yaml. */
export function unknownSources(ids: readonly string[], content: ContentText): string[] {
  return ids
    .filter((id) => !Object.hasOwn(content.sources.value, id))
    .map((id) => `there is no page "${id}" in lessons/sources.yaml`);
}
