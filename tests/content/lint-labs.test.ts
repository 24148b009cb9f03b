import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildIndex } from '../../src/content/build-index.ts';
import { openContent } from '../../src/content/content.ts';
import { lintContent } from '../../src/content/lint-content.ts';
import { changedContent, goodContent, itFinds, type Slip, saidOf } from '../fixtures/changed-content.ts';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';

const file = 'labs/make-one.yaml';

/** A slip in the lab of the good content. */
function slip(name: string, from: string, to: string, at: string, says: string): Slip {
  return { name, file, from, to, at, says };
}

describe('a lab', () => {
  itFinds('is refused when', [
    slip(
      'it has an unknown key',
      'minutes: 3\n',
      'minutes: 3\nlevel: 1\n',
      'level',
      "unknown key 'level'; look for a slip of the pen",
    ),
    slip('its story has two lines', '  - Somebody wants a Pod.\n', '', 'story:', 'story: has three lines'),
    slip(
      'a hint is missing',
      '  - A Pod can be made without a file.\n',
      '',
      'hints:',
      'hints: are exactly three: a nudge, a pointer, the answer',
    ),
    slip('it takes all day', 'minutes: 3', 'minutes: 60', 'minutes', 'minutes: a lab takes 3 to 15 minutes'),
    slip(
      'it has no debrief',
      '  contrast: In Docker you run a container.\n',
      '',
      'debrief',
      'debrief.contrast: is missing',
    ),
    slip(
      'a condition has something that belongs to no kind',
      '    ready: pod/web\n',
      '    ready: pod/web\n    done: true\n',
      '    done',
      "goal[1]: unknown key 'done'; look for a slip of the pen",
    ),
    slip(
      'a condition names no object',
      'ready: pod/web',
      'ready: web',
      '    ready',
      'goal[1].ready: names a kind and an object, such as deployment/web or container/web',
    ),
    slip(
      'a condition is of a kind that there is not',
      'ready: pod/web',
      'ready: pot/web',
      '  - says: The Pod',
      'there is no kind "pot"',
    ),
    slip(
      'a pattern is none',
      '    from: { run: web }\n',
      '    from: { run: web }\n    matches: "("\n',
      '    matches',
      'goal[2].matches: is no regular expression',
    ),
    slip(
      'a count has no number',
      'ready: pod/web',
      'count: pods',
      '  - says: The Pod',
      '`count` needs is, least or most',
    ),
    slip(
      'its lesson is none',
      'lesson: first-pod',
      'lesson: last-pod',
      'lesson',
      'there is no lesson "last-pod"',
    ),
    slip(
      'a page is none',
      'sources: [k8s-pods]',
      'sources: [k8s-pots]',
      'sources',
      'there is no page "k8s-pots" in lessons/sources.yaml',
    ),
    slip(
      'a misconception is none',
      '[a-pod-is-a-container]',
      '[a-pod-is-a-pot]',
      'misconceptions',
      'there is no misconception "a-pod-is-a-pot" in lessons/misconceptions.yaml',
    ),
    slip(
      'it has another name than its file',
      'id: make-one',
      'id: make-two',
      'id',
      'the lab "make-two" stands in labs/make-two.yaml',
    ),
    slip('its other way is the same', 'nginx:1.28', 'nginx', 'other', 'is the same as the solution'),
    slip('it shouts', 'You made a Pod.', 'You made a Pod!', 'debrief', 'no exclamation marks, please'),
    slip(
      'a hint belittles',
      '- A Pod can be made',
      '- A Pod can simply be made',
      '  - A Pod can',
      '"simply" tells a learner who is stuck that they should not be',
    ),
    slip(
      'a line of its solution is too long to be shown',
      '  kubectl run web --image=nginx\n',
      `  kubectl run web --image=nginx # ${'x'.repeat(90)}\n`,
      'id',
      `a line has 122 characters, at most 110 fit: kubectl run web --image=nginx # ${'x'.repeat(90)}`,
    ),
    slip(
      'a path is written in braces',
      '    ready: pod/web\n',
      '    object: pod/web\n    has: [{ at: "{.spec}", exists: true }]\n',
      '  - says: The Pod',
      '"{.spec}": the path is written without braces',
    ),
    slip(
      'something is to run that cannot',
      'ready: pod/web',
      'ready: volume/notes',
      '  - says: The Pod',
      "of Docker's things only a container runs, and not a volume",
    ),
    slip(
      'a container is looked for on a node',
      'ready: pod/web',
      'object: container/web\n    on: worker-1',
      '  - says: The Pod',
      'only an image is looked for with `on`',
    ),
    slip(
      'an image elsewhere is to be looked into',
      'ready: pod/web',
      'object: image/shop:1.0\n    on: registry\n    has: [{ at: Config.Cmd, exists: true }]',
      '  - says: The Pod',
      "`has` looks at images of the learner's machine, so it cannot stand beside `on`",
    ),
    slip(
      'a container has a namespace',
      'ready: pod/web',
      'ready: container/web\n    namespace: shop',
      '  - says: The Pod',
      'Docker has no namespaces, so leave out `namespace`',
    ),
    slip(
      'nobody knows who asks',
      'from: { run: web }',
      'from: somewhere',
      '    from',
      "goal[2].from: must be labels of Pods, 'outside' or a container, such as container/web",
    ),
    slip(
      'a field has no test',
      '    ready: pod/web\n',
      '    object: pod/web\n    has: [{ at: spec }]\n',
      '    has',
      'goal[1].has[1]: needs what the field has to be: is, least, most, matches, not or exists',
    ),
  ]);

  it('that cannot be read is left out, and what it cites is not complained of', () => {
    const folder = changedContent({ [file]: () => 'id: [' });
    expect(saidOf(folder)).toHaveLength(1);
    expect(lintContent(folder).content.labs).toEqual([]);
  });

  it('need not be there', () => {
    const folder = changedContent({ [file]: (text) => `${text}\n` });
    rmSync(join(folder, 'labs'), { recursive: true });
    expect(saidOf(folder)).toEqual([]);
  });

  it('is in the index, in short and whole, with its pages', () => {
    const folder = join(temporaryDirectory(), 'index');
    buildIndex(lintContent(goodContent).content, folder);
    const content = openContent(pathToFileURL(`${folder}/`));
    const short = { id: 'make-one', title: 'Make one', lesson: 'first-pod', minutes: 3, broken: true };
    expect(content.labs()).toEqual([short]);
    expect(content.lab('make-one')).toMatchObject({
      ...short,
      files: { 'notes.txt': 'The image is nginx.\n' },
      start: 'kubectl create configmap given\n',
      sources: [{ id: 'k8s-pods', title: 'Pods' }],
    });
  });
});

describe('the labs of the course', () => {
  const { labs, course } = lintContent('lessons').content;

  it('are at least sixteen, and four of them begin with something broken', () => {
    expect(labs.length).toBeGreaterThanOrEqual(16);
    expect(labs.filter(({ lab }) => lab.broken).length).toBeGreaterThanOrEqual(4);
  });

  it('leave no lesson without one', () => {
    const without = course.value.units
      .flatMap((unit) => unit.lessons)
      .filter((lesson) => !labs.some(({ lab }) => lab.lesson === lesson));
    expect(without).toEqual([]);
  });

  it('begin on the Docker side as well, two of them with something broken there', () => {
    const docker = labs.filter(({ lab }) => /^docker /m.test(lab.start));
    expect(docker.length).toBeGreaterThanOrEqual(6);
    expect(docker.filter(({ lab }) => lab.broken).length).toBeGreaterThanOrEqual(2);
  });
});
