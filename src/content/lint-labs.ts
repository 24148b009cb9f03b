import { findResource } from '../kubernetes/resources.ts';
import { readDockerKind, readDockerThing } from '../sandbox/labs/docker-things.ts';
import type { Condition, FieldTest } from '../sandbox/labs/lab.ts';
import type { Finding } from './finding.ts';
import { lintProse } from './lint-prose.ts';
import { unknownSources } from './lint-sources.ts';
import type { ContentText } from './load-content.ts';
import type { LabText } from './read-lab.ts';

/** How wide a line may be that is shown as it is typed. */
const widest = 110;

/**
 * What is wrong with the labs as texts: dead references, prose, kinds that there are not. Whether the
 * solutions solve them is tried by the tests, since it takes a cluster.
 */
export function lintLabs(content: ContentText): Finding[] {
  return content.labs.flatMap((text) => lintLab(text, content));
}

function lintLab(text: LabText, content: ContentText): Finding[] {
  const { file, lab, lineOf } = text;
  const find = (...path: PropertyKey[]): ((message: string) => Finding) => {
    const line = lineOf(path);
    return (message) => ({ file, line, message });
  };
  const misconceptions = new Set(content.misconceptions.value.map((each) => each.id));
  const { answer, alternative, contrast } = lab.debrief;
  return [
    ...(file === `labs/${lab.id}.yaml`
      ? []
      : [find('id')(`the lab "${lab.id}" stands in labs/${lab.id}.yaml`)]),
    ...(content.lessons.some(({ front }) => front.id === lab.lesson)
      ? []
      : [find('lesson')(`there is no lesson "${lab.lesson}"`)]),
    ...text.misconceptions
      .filter((id) => !misconceptions.has(id))
      .map((id) =>
        find('misconceptions')(`there is no misconception "${id}" in lessons/misconceptions.yaml`),
      ),
    ...unknownSources(text.sources, content).map(find('sources')),
    ...lab.story.flatMap(lintProse).map(find('story')),
    ...lab.goal.flatMap((condition, place) => lintCondition(condition).map(find('goal', place))),
    ...lab.hints.flatMap((hint, place) => lintProse(hint).map(find('hints', place))),
    ...[answer, alternative, contrast].flatMap(lintProse).map(find('debrief')),
    ...(lab.solution === lab.other ? [find('other')('is the same as the solution')] : []),
    ...[lab.solution, ...Object.values(lab.files)]
      .flatMap((script) => script.split('\n'))
      .filter((line) => line.length > widest)
      .map((line) => find()(`a line has ${line.length} characters, at most ${widest} fit: ${line}`)),
  ];
}

function lintCondition(condition: Condition): string[] {
  return [
    ...lintProse(condition.says),
    ...kindsOf(condition)
      .filter((kind) => !findResource(kind))
      .map((kind) => `there is no kind "${kind}"`),
    ...lintDockerThing(condition),
    ...('has' in condition ? (condition.has ?? []) : []).flatMap(lintField),
    ...('count' in condition &&
    condition.is === undefined &&
    condition.least === undefined &&
    condition.most === undefined
      ? ['`count` needs is, least or most']
      : []),
  ];
}

function lintField({ at }: FieldTest): string[] {
  return /[{}]/.test(at) ? [`"${at}": the path is written without braces`] : [];
}

/** What a condition looks at, as it was written; undefined where it is a file, an address or labels. */
function subjectOf(condition: Condition): string | undefined {
  if ('count' in condition) return condition.count;
  if ('object' in condition) return condition.object;
  if ('absent' in condition) return condition.absent;
  if ('ready' in condition) return condition.ready;
  if ('inside' in condition) return condition.inside;
  return 'log' in condition && typeof condition.log === 'string' ? condition.log : undefined;
}

function kindsOf(condition: Condition): string[] {
  const subject = subjectOf(condition);
  if (subject === undefined || subject === 'laptop' || readDockerThing(subject) || readDockerKind(subject))
    return [];
  return subject.split('/').slice(0, 1);
}

/** What makes no sense of something that the Docker Engine has, or makes sense only there. */
function lintDockerThing(condition: Condition): string[] {
  const subject = subjectOf(condition) ?? '';
  const thing = readDockerThing(subject);
  const on = 'on' in condition ? condition.on : undefined;
  const findings: string[] = [];
  if (on !== undefined && thing?.kind !== 'image') findings.push('only an image is looked for with `on`');
  if (on !== undefined && 'has' in condition && condition.has)
    findings.push("`has` looks at images of the learner's machine, so it cannot stand beside `on`");
  if (!thing && !readDockerKind(subject)) return findings;
  if ('namespace' in condition && condition.namespace !== undefined)
    findings.push('Docker has no namespaces, so leave out `namespace`');
  const hasToRun = 'ready' in condition || 'log' in condition || 'inside' in condition;
  if (thing && hasToRun && thing.kind !== 'container')
    findings.push(`of Docker's things only a container runs, and not a ${thing.kind}`);
  return findings;
}
