import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  changedContent,
  goodContent,
  itFinds,
  lessonFile,
  replacing,
  saidOf,
} from '../fixtures/changed-content.ts';

describe('a reference that leads nowhere', () => {
  itFinds('is found:', [
    {
      name: 'the course to a lesson',
      file: 'course.yaml',
      from: 'lessons: [first-pod]',
      to: 'lessons:\n      - first-pod\n      - second-pod',
      at: '- second-pod',
      says: 'there is no lesson "second-pod" in lessons/02-second-pod/lesson.md',
    },
    {
      name: 'a lesson to a page',
      from: 'sources: [docker-run, k8s-pods]\n---\n\n## From a container\n\nYou start a container with `docker run` every day.',
      to: 'sources: [docker-run, k8s-pods, k8s-nodes]\n---\n\n## From a container\n\nYou start a container with `docker run` every day.[^k8s-nodes]',
      at: 'id: first-pod',
      says: 'there is no page "k8s-nodes" in lessons/sources.yaml',
    },
    {
      name: 'a misconception to its lesson',
      file: 'misconceptions.yaml',
      from: '  lesson: first-pod',
      to: '  lesson: last-pod',
      at: '- id: a-pod',
      says: 'a-pod-is-a-container: there is no lesson "last-pod"',
    },
    {
      name: 'a misconception to a page',
      file: 'misconceptions.yaml',
      from: '  sources: [k8s-pods]',
      to: '  sources: [k8s-pods, k8s-nodes]',
      at: '- id: a-pod',
      says: 'a-pod-is-a-container: there is no page "k8s-nodes" in lessons/sources.yaml',
    },
    {
      name: 'a term to another',
      file: 'glossary.yaml',
      from: '  see: [two-boxes]',
      to: '  see: [two-boxes, node]',
      at: '- id: pod',
      says: 'pod: `see` names "node", which is no entry',
    },
    {
      name: 'a term to its lesson',
      file: 'glossary.yaml',
      from: '  lesson: first-pod\n  diagram',
      to: '  lesson: last-pod\n  diagram',
      at: '- id: two-boxes',
      says: 'two-boxes: there is no lesson "last-pod"',
    },
    {
      name: 'a term to a drawing',
      file: 'glossary.yaml',
      from: '  diagram: two-boxes',
      to: '  diagram: three-boxes',
      at: '- id: two-boxes',
      says: 'two-boxes: there is no drawing "three-boxes"',
    },
    {
      name: 'a term to a page',
      file: 'glossary.yaml',
      from: '  sources: [docker-run]',
      to: '  sources: [docker-rum]',
      at: '- id: bind-mount',
      says: 'bind-mount: there is no page "docker-rum" in lessons/sources.yaml',
    },
    {
      name: 'a drawing to a page',
      file: 'diagrams/two-boxes.txt',
      from: 'sources: [k8s-pods]',
      to: 'sources: [k8s-boxes]',
      at: 'title:',
      says: 'there is no page "k8s-boxes" in lessons/sources.yaml',
    },
    {
      name: 'a verdict to what is recommended',
      file: 'choose.yaml',
      from: '          - for: docker\n',
      to: '          - for: swarm\n',
      at: '  - id: hosts',
      says: 'hosts: there is no recommendation "swarm"',
    },
    {
      name: 'a recommendation to its lesson',
      file: 'choose.yaml',
      from: '    lesson: first-pod\n    sources: [docker-run]',
      to: '    lesson: last-pod\n    sources: [docker-run]',
      at: '  - id: docker',
      says: 'docker: there is no lesson "last-pod"',
    },
  ]);

  it('is found in the misconceptions that a lesson names', () => {
    const folder = changedContent({
      [lessonFile]: (text) => text.replaceAll('a-pod-is-a-container', 'pods-are-containers'),
    });
    expect(saidOf(folder)).toEqual([
      `lessons/${lessonFile}:2  there is no misconception "pods-are-containers" in lessons/misconceptions.yaml`,
      'lessons/misconceptions.yaml:1  a-pod-is-a-container: its lesson "first-pod" does not list it',
    ]);
  });
});

describe('what is there twice', () => {
  itFinds('is found:', [
    {
      name: 'a lesson in the course',
      file: 'course.yaml',
      from: 'lessons: [first-pod]',
      to: 'lessons: [first-pod]\n  - id: again\n    title: Again\n    lessons: [first-pod] # again',
      at: 'lessons: [first-pod] # again',
      says: 'the lesson "first-pod" is there twice',
    },
    {
      name: 'a misconception',
      file: 'misconceptions.yaml',
      from: '  sources: [k8s-pods]\n',
      to: `  sources: [k8s-pods]
- {id: a-pod-is-a-container, about: commands, belief: b, tempting: t, truth: t, shows: s, contrast: c, lesson: first-pod, sources: [k8s-pods]}
`,
      at: '- {id: a-pod',
      says: 'the misconception "a-pod-is-a-container" is there twice',
    },
    {
      name: 'a term, once in another spelling',
      file: 'glossary.yaml',
      from: '  aliases: [pods, group of containers]',
      to: '  aliases: [pods, Bind_Mount]',
      at: '- id: bind-mount',
      says: 'the name "bind mount" is there twice',
    },
    {
      name: 'a question about what to run',
      file: 'choose.yaml',
      from: 'questions:\n',
      to: 'questions:\n  - {id: hosts, prompt: p, why: w, options: [{id: a, text: a, speaks: []}, {id: b, text: b, speaks: []}]}\n',
      at: '  - id: hosts',
      says: 'the question "hosts" is there twice',
    },
    {
      name: 'an answer to one',
      file: 'choose.yaml',
      from: '      - id: many',
      to: '      - id: one',
      at: '      - id: one\n        text: Many',
      says: 'in hosts, the option "one" is there twice',
    },
    {
      name: 'a page, once with a slash at its end',
      file: 'sources.yaml',
      from: 'url: https://docs.docker.com/reference/cli/docker/container/run/',
      to: 'url: https://kubernetes.io/docs/concepts/workloads/pods',
      at: 'docker-run:',
      says: 'the page "https://kubernetes.io/docs/concepts/workloads/pods" is there twice',
    },
  ]);

  it('is found: a lesson in another folder', () => {
    const folder = changedContent({});
    cpSync(join(folder, '01-first-pod'), join(folder, '02-first-pod'), { recursive: true });
    expect(saidOf(folder)).toEqual([
      `lessons/02-first-pod/lesson.md:2  the id "first-pod" belongs to lessons/${lessonFile} already`,
    ]);
  });
});

describe('what nothing leads to', () => {
  itFinds('is found:', [
    {
      name: 'a page that is cited nowhere',
      file: 'sources.yaml',
      from: 'docker-run:\n',
      to: 'k8s-nodes:\n  title: Nodes\n  url: https://kubernetes.io/docs/concepts/architecture/nodes/\n  versions: Kubernetes 1.36\ndocker-run:\n',
      at: 'k8s-nodes:',
      says: '"k8s-nodes" is cited nowhere; remove it',
    },
  ]);

  it('is found: a drawing that is shown nowhere', () => {
    const folder = changedContent({});
    cpSync(join(folder, 'diagrams/two-boxes.txt'), join(folder, 'diagrams/other-boxes.txt'));
    expect(saidOf(folder)).toEqual([
      'lessons/diagrams/other-boxes.txt:1  no lesson and no glossary entry shows "other-boxes"',
    ]);
  });

  it('is found: a lesson that the course does not list', () => {
    const folder = changedContent({ 'course.yaml': replacing('[first-pod]', '[second-pod]') });
    expect(saidOf(folder)).toEqual([
      'lessons/01-first-pod/lesson.md:2  no unit of lessons/course.yaml lists "first-pod"',
      'lessons/course.yaml:5  there is no lesson "second-pod" in lessons/01-second-pod/lesson.md',
    ]);
  });

  it('is found: a lesson in a folder of another number', () => {
    const folder = changedContent({});
    cpSync(join(folder, '01-first-pod'), join(folder, '07-first-pod'), { recursive: true });
    rmSync(join(folder, '01-first-pod'), { recursive: true });
    expect(saidOf(folder)).toEqual([
      'lessons/07-first-pod/lesson.md:2  as lesson 1 of the course it stands in lessons/01-first-pod/',
    ]);
  });
});

describe('the prose outside lessons', () => {
  itFinds('is read too:', [
    {
      name: 'of a misconception',
      file: 'misconceptions.yaml',
      from: 'Most Pods hold one container',
      to: 'Obviously, most Pods hold one container',
      at: '- id: a-pod',
      says: 'a-pod-is-a-container: "Obviously" tells a learner who is stuck that they should not be',
    },
    {
      name: 'of a term',
      file: 'glossary.yaml',
      from: 'A container with its neighbours.',
      to: 'A container with its neighbors.',
      at: '- id: pod',
      says: 'pod: "neighbors": the course is in British spelling',
    },
    {
      name: 'of a drawing',
      file: 'diagrams/two-boxes.txt',
      from: 'and in it a box named web.',
      to: 'and in it a box named web!',
      at: 'title:',
      says: 'no exclamation marks, please',
    },
    {
      name: 'of a recommendation',
      file: 'choose.yaml',
      from: 'Back the volume up.',
      to: 'Back the volume up!',
      at: '  - id: docker',
      says: 'docker: no exclamation marks, please',
    },
    {
      name: 'of a reason for it',
      file: 'choose.yaml',
      from: 'because: There is nothing to spread.',
      to: 'because: There is simply nothing to spread.',
      at: '  - id: hosts',
      says: 'hosts: "simply" tells a learner who is stuck that they should not be',
    },
  ]);
});

describe('a lessons folder', () => {
  it('that is good gives no findings', () => {
    expect(saidOf(goodContent)).toEqual([]);
  });

  it('that is empty is missed file by file, and no more is said', () => {
    const folder = join(changedContent({}), 'empty');
    mkdirSync(folder);
    expect(saidOf(folder)).toEqual(
      ['choose', 'course', 'glossary', 'misconceptions', 'sources'].map(
        (name) => `lessons/${name}.yaml:1  is missing`,
      ),
    );
  });

  it.each(['course.yaml', 'sources.yaml', 'misconceptions.yaml', 'glossary.yaml', 'choose.yaml'])(
    'with a slip in %s gives that one finding, not one for all that refers to it',
    (file) => {
      const folder = changedContent({ [file]: () => '"' });
      expect(saidOf(folder)).toEqual([`lessons/${file}:1  this is not YAML: Missing closing "quote`]);
    },
  );

  it('may hold files of editors and file managers', () => {
    const folder = changedContent({});
    cpSync(join(folder, 'sources.yaml'), join(folder, 'diagrams/.DS_Store'));
    cpSync(join(folder, 'sources.yaml'), join(folder, 'diagrams/two-boxes.txt~'));
    mkdirSync(join(folder, 'diagrams/old'));
    mkdirSync(join(folder, '02-not-yet'));
    expect(saidOf(folder)).toEqual([]);
  });

  it.each<[string, (text: string) => string]>([
    ['with the line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['with the line ends of an old Mac', (text) => text.replaceAll('\n', '\r')],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
    ['with both', (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
  ])('may hold files %s', (_, change) => {
    const files = [
      lessonFile,
      'diagrams/two-boxes.txt',
      ...['course', 'sources', 'misconceptions', 'glossary', 'choose'].map((name) => `${name}.yaml`),
    ];
    const folder = changedContent(Object.fromEntries(files.map((file) => [file, change])));
    expect(saidOf(folder)).toEqual([]);
  });
});
