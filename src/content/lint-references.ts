import { doubles } from './doubles.ts';
import { namesOf, simplify } from './find-term.ts';
import type { Finding } from './finding.ts';
import { lintMapping } from './lint-mapping.ts';
import { lintProse } from './lint-prose.ts';
import { lintDrawings, unknownSources } from './lint-sources.ts';
import type { ContentText } from './load-content.ts';

/** What does not hang together between the files: dead references, doubles, things nothing leads to. */
export function lintReferences(content: ContentText): Finding[] {
  return [
    ...lintOrder(content),
    ...lintLessonReferences(content),
    ...lintMisconceptions(content),
    ...lintGlossary(content),
    ...lintChoose(content),
    ...lintMapping(content),
    ...lintDrawings(content),
  ];
}

function lintOrder({ course, lessons }: ContentText): Finding[] {
  const order = course.value.units.flatMap((unit, u) =>
    unit.lessons.map((id, place) => ({ id, line: course.lineOf(['units', u, 'lessons', place]) })),
  );
  const ids = order.map(({ id }) => id);
  return [
    ...doubles(
      order.map(({ id, line }) => ({ name: id, line })),
      'course.yaml',
      'the lesson',
    ),
    ...order.flatMap(({ id, line }, index): Finding[] => {
      if (ids.indexOf(id) < index) return [];
      const folder = `${String(index + 1).padStart(2, '0')}-${id}`;
      const lesson = lessons.find((each) => each.front.id === id);
      if (!lesson) {
        const message = `there is no lesson "${id}" in lessons/${folder}/lesson.md`;
        return [{ file: 'course.yaml', line, message }];
      }
      if (lesson.file.startsWith(`${folder}/`)) return [];
      const message = `as lesson ${index + 1} of the course it stands in lessons/${folder}/`;
      return [{ file: lesson.file, line: 2, message }];
    }),
    ...lessons.flatMap(({ file, front: { id } }): Finding[] => {
      const owner = lessons.find((each) => each.front.id === id);
      const message = `the id "${id}" belongs to lessons/${owner?.file} already`;
      if (owner?.file !== file) return [{ file, line: 2, message }];
      if (ids.includes(id)) return [];
      return [{ file, line: 2, message: `no unit of lessons/course.yaml lists "${id}"` }];
    }),
  ];
}

function lintLessonReferences(content: ContentText): Finding[] {
  const misconceptions = new Set(content.misconceptions.value.map((each) => each.id));
  return content.lessons.flatMap((lesson) => {
    const find = (message: string): Finding => ({ file: lesson.file, line: 2, message });
    return [
      ...lesson.front.misconceptions
        .filter((id) => !misconceptions.has(id))
        .map((id) => find(`there is no misconception "${id}" in lessons/misconceptions.yaml`)),
      ...unknownSources(lesson.front.sources, content).map(find),
    ];
  });
}

function lintMisconceptions(content: ContentText): Finding[] {
  const { value: entries, lineOf } = content.misconceptions;
  const file = 'misconceptions.yaml';
  return [
    ...doubles(
      entries.map(({ id }, place) => ({ name: id, line: lineOf([place]) })),
      file,
      'the misconception',
    ),
    ...entries.flatMap((entry, index) => {
      const find = (message: string): Finding => ({
        file,
        line: lineOf([index]),
        message: `${entry.id}: ${message}`,
      });
      const home = content.lessons.find((lesson) => lesson.front.id === entry.lesson);
      return [
        ...unknownSources(entry.sources, content).map(find),
        ...[entry.belief, entry.tempting, entry.truth, entry.shows, entry.contrast]
          .flatMap(lintProse)
          .map(find),
        ...(home ? [] : [find(`there is no lesson "${entry.lesson}"`)]),
        ...(home && !home.front.misconceptions.includes(entry.id)
          ? [find(`its lesson "${entry.lesson}" does not list it`)]
          : []),
      ];
    }),
  ];
}

function lintGlossary(content: ContentText): Finding[] {
  const { value: entries, lineOf } = content.glossary;
  const file = 'glossary.yaml';
  const ids = new Set(entries.map((entry) => entry.id));
  const names = entries.flatMap((entry, index) => {
    const all = new Set(namesOf({ ...entry, aliases: entry.aliases ?? [] }).map(simplify));
    return [...all].map((name) => ({ name, line: lineOf([index]) }));
  });
  return [
    ...doubles(names, file, 'the name'),
    ...entries.flatMap((entry, index) => {
      const find = (message: string): Finding => ({
        file,
        line: lineOf([index]),
        message: `${entry.id}: ${message}`,
      });
      return [
        ...unknownSources(entry.sources, content).map(find),
        ...[entry.means, entry.docker?.note ?? '', entry.kubernetes?.note ?? ''].flatMap(lintProse).map(find),
        ...(entry.see ?? [])
          .filter((id) => !ids.has(id))
          .map((id) => find(`\`see\` names "${id}", which is no entry`)),
        ...(isLesson(entry.lesson, content) ? [] : [find(`there is no lesson "${entry.lesson}"`)]),
        ...(entry.diagram && !content.diagrams.some(({ diagram }) => diagram.id === entry.diagram)
          ? [find(`there is no drawing "${entry.diagram}"`)]
          : []),
      ];
    }),
  ];
}

function lintChoose(content: ContentText): Finding[] {
  const { lineOf } = content.choose;
  const { recommendations, questions } = content.choose.value;
  const file = 'choose.yaml';
  const known = new Set<string>(recommendations.map((each) => each.id));
  return [
    ...doubles(
      questions.map(({ id }, place) => ({ name: id, line: lineOf(['questions', place]) })),
      file,
      'the question',
    ),
    ...questions.flatMap((question, index) =>
      doubles(
        question.options.map(({ id }, place) => ({
          name: id,
          line: lineOf(['questions', index, 'options', place]),
        })),
        file,
        `in ${question.id}, the option`,
      ),
    ),
    ...recommendations.flatMap((each, index) => {
      const find = (message: string): Finding => ({
        file,
        line: lineOf(['recommendations', index]),
        message: `${each.id}: ${message}`,
      });
      return [
        ...unknownSources(each.sources, content).map(find),
        ...(isLesson(each.lesson, content) ? [] : [find(`there is no lesson "${each.lesson}"`)]),
        ...[each.summary, ...each.costs, ...each.gains, ...each['first-steps']].flatMap(lintProse).map(find),
      ];
    }),
    ...questions.flatMap((question, index) => {
      const find = (message: string): Finding => ({
        file,
        line: lineOf(['questions', index]),
        message: `${question.id}: ${message}`,
      });
      const spoken = question.options.flatMap((option) => option.speaks);
      const named = spoken.map((each) => ('for' in each ? each.for : each.against));
      const texts = [...question.options.map(({ text }) => text), ...spoken.map(({ because }) => because)];
      return [
        ...unknownSources(question.sources ?? [], content).map(find),
        ...named.filter((id) => !known.has(id)).map((id) => find(`there is no recommendation "${id}"`)),
        ...[question.prompt, question.why, ...texts].flatMap(lintProse).map(find),
      ];
    }),
  ];
}

function isLesson(id: string, content: ContentText): boolean {
  return content.lessons.some((lesson) => lesson.front.id === id);
}
