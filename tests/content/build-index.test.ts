import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildIndex } from '../../src/content/build-index.ts';
import { type Content, openContent } from '../../src/content/content.ts';
import { lintContent } from '../../src/content/lint-content.ts';
import { entriesOf, trapsOf } from '../../src/quiz/bank.ts';
import { changedContent, goodContent, lessonFile, replacing } from '../fixtures/changed-content.ts';
import { temporaryDirectory } from '../fixtures/temporary-directory.ts';

const pods = {
  id: 'k8s-pods',
  title: 'Pods',
  url: 'https://kubernetes.io/docs/concepts/workloads/pods/',
  versions: 'Kubernetes 1.32 to 1.36',
};
const run = {
  id: 'docker-run',
  title: 'docker container run',
  url: 'https://docs.docker.com/reference/cli/docker/container/run/',
  versions: 'Docker Engine 28 and 29',
};

/** Builds the index of a lessons folder and opens it. */
function built(lessons: string): Content {
  const folder = join(temporaryDirectory(), 'index');
  buildIndex(lintContent(lessons).content, folder);
  return openContent(pathToFileURL(`${folder}/`));
}

describe('the index of the good content', () => {
  it('gives the course with what a list needs of each lesson', () => {
    expect(built(goodContent).course()).toEqual({
      units: [{ id: 'begin', title: 'Begin here', lessons: ['first-pod'] }],
      lessons: [
        {
          id: 'first-pod',
          number: 1,
          unit: 'Begin here',
          title: 'The first Pod',
          minutes: 5,
          steps: [
            ...['from-a-container.1', 'from-a-container.2', 'from-a-container.3'],
            ...['what-is-in-it.1', 'what-is-in-it.2', 'what-is-in-it.3'],
            ...[
              'what-becomes-of-it.1',
              'what-becomes-of-it.2',
              'what-becomes-of-it.3',
              'what-becomes-of-it.4',
            ],
            'counterparts.1',
          ],
        },
      ],
    });
  });

  it('gives a lesson whole, its pages spelled out', () => {
    const lesson = built(goodContent).lesson('first-pod');
    expect(lesson).toMatchObject({
      id: 'first-pod',
      number: 1,
      unit: 'Begin here',
      title: 'The first Pod',
      minutes: 5,
    });
    expect(lesson.objectives).toEqual(['Start a Pod', 'Read what `kubectl get` says about it', 'Delete it']);
    expect(lesson.misconceptions).toEqual(['a-pod-is-a-container']);
    expect(lesson.sources).toEqual([run, pods]);
    expect(lesson.steps.map((step) => step.id)).toEqual(built(goodContent).course().lessons[0]?.steps);
  });

  it('gives every kind of block as it was written', () => {
    const blocks = built(goodContent)
      .lesson('first-pod')
      .steps.flatMap((step) => step.blocks);
    expect(blocks).toEqual([
      { kind: 'paragraph', text: 'You start a container with `docker run` every day.[^docker-run]' },
      {
        kind: 'console',
        printedBy: 'docker 28.5.2',
        lines: [
          { kind: 'command', text: 'docker run -d --name web \\' },
          { kind: 'continuation', text: '  nginx:1.28' },
          { kind: 'output', text: '3f1c…' },
        ],
      },
      { kind: 'paragraph', text: 'Now guess what the same wish gives in a cluster.' },
      {
        kind: 'paragraph',
        text: 'A Pod is what runs.[^k8s-pods] It has **one address** and *one* node; see [the page on Pods](https://kubernetes.io/docs/concepts/workloads/pods/).',
      },
      { kind: 'remark', text: 'Docker keeps a stopped container. Kubernetes keeps no stopped Pod.' },
      {
        kind: 'list',
        ordered: false,
        items: ['Its containers share an address.[^k8s-pods]', 'Its containers share a node.'],
      },
      { kind: 'list', ordered: true, items: ['The Pod is written down.', 'The kubelet starts it.'] },
      { kind: 'table', head: ['What', 'Docker', 'Kubernetes'], rows: [['What runs', 'container', 'Pod']] },
      {
        kind: 'diagram',
        diagram: expect.objectContaining({ id: 'two-boxes', title: 'A container in a Pod' }),
      },
      { kind: 'code', language: 'yaml', text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}' },
      { kind: 'code', language: 'dockerfile', text: 'FROM nginx:1.28' },
      { kind: 'code', language: 'text', text: 'nothing to see' },
      { kind: 'paragraph', text: 'A Pod is deleted, not stopped.[^k8s-pods]' },
      { kind: 'paragraph', text: 'Your turn.' },
      { kind: 'paragraph', text: 'The verbs look alike.' },
      {
        kind: 'counterparts',
        rows: expect.arrayContaining([
          { docker: 'docker logs web', kubernetes: 'kubectl logs web', grade: 'exact', note: 'The same.' },
        ]),
      },
    ]);
  });

  it('gives a question with an id of its lesson, and its options with letters', () => {
    const asks = built(goodContent)
      .lesson('first-pod')
      .steps.flatMap((step) => step.ask ?? []);
    expect(asks.map(({ id, kind, difficulty }) => [id, kind, difficulty])).toEqual([
      ['first-pod.what-runs', 'predict', 2],
      ['first-pod.what-is-shared', 'several', 2],
      ['first-pod.ready', 'one', 1],
      ['first-pod.stays-dead', 'true-false', 3],
      ['first-pod.the-end', 'order', 2],
    ]);
    expect(asks[2]).toEqual({
      id: 'first-pod.ready',
      kind: 'one',
      lesson: 'first-pod',
      difficulty: 1,
      prompt: 'What does 1/2 count?',
      listing: { language: 'console', text: 'NAME   READY   STATUS\nweb    1/2     Running' },
      options: [
        { id: 'a', text: 'Containers', correct: true, explanation: 'One of two is ready.' },
        { id: 'b', text: 'Pods', explanation: 'A line is one Pod.' },
        { id: 'c', text: 'Nodes', explanation: 'A Pod is on one node.' },
      ],
      explanation: 'The containers of one Pod.',
      contrast: 'In Docker a line is a container; in Kubernetes a line is a Pod.',
      sources: ['k8s-pods'],
    });
  });

  it('gives a task with its solution as a console block', () => {
    const [task] = built(goodContent)
      .lesson('first-pod')
      .steps.flatMap((step) => step.task ?? []);
    expect(task).toMatchObject({ id: 'first-pod.make-one', needs: 'cluster' });
    expect(task?.solution).toEqual({
      kind: 'console',
      printedBy: 'kubernetes 1.36.1',
      lines: [
        { kind: 'command', text: 'kubectl run web --image=nginx:1.28' },
        { kind: 'output', text: 'pod/web created' },
        { kind: 'command', text: 'kubectl delete pod web' },
        { kind: 'output', text: 'pod "web" deleted' },
        { kind: 'node-command', text: 'crictl pods -q' },
      ],
    });
  });

  it('gives the glossary sorted by term, each term with its counterpart on the other side', () => {
    const content = built(goodContent);
    expect(content.glossary()).toEqual([
      {
        id: 'bind-mount',
        term: 'bind mount',
        aliases: [],
        side: 'docker',
        other: { counterpart: 'none', grade: 'none' },
      },
      {
        id: 'pod',
        term: 'Pod',
        aliases: ['pods', 'group of containers'],
        side: 'kubernetes',
        other: { counterpart: 'container', grade: 'approximate' },
      },
      { id: 'two-boxes', term: 'two boxes', aliases: [], side: 'both' },
    ]);
    expect(content.term('two-boxes')).toEqual({
      id: 'two-boxes',
      term: 'two boxes',
      aliases: [],
      side: 'both',
      means: 'A container in a Pod.',
      lesson: 'first-pod',
      see: [],
      diagram: {
        id: 'two-boxes',
        title: 'A container in a Pod',
        description: 'A box named Pod, and in it a box named web.',
        lines: [
          '┌── Pod ──────┐',
          '│ ┌─────────┐ │',
          '│ │ ● web   │ │',
          '│ └────┬────┘ │',
          '└──────┼──────┘',
          '       ▼',
          '   port 80 · TCP',
        ],
      },
      sources: [pods, run],
    });
  });

  it('gives the misconceptions, and which question sets a trap for which', () => {
    const content = built(goodContent);
    expect(content.misconceptions()).toEqual([
      expect.objectContaining({ id: 'a-pod-is-a-container', lesson: 'first-pod', sources: ['k8s-pods'] }),
    ]);
    expect([...trapsOf(content.bank())].filter(([, ids]) => ids.length > 0)).toEqual(
      ['what-runs', 'one-more', 'partners', 'printed', 'list-them', 'two-things'].map((name) => [
        `first-pod.${name}`,
        ['a-pod-is-a-container'],
      ]),
    );
  });

  it('gives every question in short, those of the lesson before those beside it', () => {
    const bank = entriesOf(built(goodContent).bank());
    expect(bank.map(({ id, kind, difficulty }) => [id.replace('first-pod.', ''), kind, difficulty])).toEqual([
      ['what-runs', 'predict', 2],
      ['what-is-shared', 'several', 2],
      ['ready', 'one', 1],
      ['stays-dead', 'true-false', 3],
      ['the-end', 'order', 2],
      ['one-more', 'one', 1],
      ['partners', 'match', 2],
      ['printed', 'predict', 2],
      ['list-them', 'command', 1],
      ['wrong-line', 'mistake', 3],
      ['first-to-last', 'order', 2],
      ['two-things', 'several', 1],
      ['other-partners', 'match', 1],
    ]);
    expect(new Set(bank.map(({ answer }) => answer)).size).toBe(bank.length);
  });

  it('gives a question by its id, wherever it stands, and nothing for an id that is none', () => {
    const content = built(goodContent);
    expect(content.items('first-pod').map(({ id }) => id)).toEqual(
      entriesOf(content.bank()).map(({ id }) => id),
    );
    for (const { id } of entriesOf(content.bank()))
      expect(content.item(id)).toMatchObject({ id, lesson: 'first-pod' });
    for (const id of ['first-pod.gone', 'gone.ready', 'first-pod', '', '../first-pod.ready', '.']) {
      expect([id, content.item(id)]).toEqual([id, undefined]);
    }
  });

  it('gives each question a line of contrast: its own, or that of its misconception', () => {
    const without = changedContent({
      [lessonFile]: replacing(
        'contrast: In Docker the command makes a container; in Kubernetes a Pod.\n',
        '',
      ),
    });
    const contrastOf = (folder: string): string | undefined =>
      built(folder).item('first-pod.what-runs')?.contrast;
    expect(contrastOf(goodContent)).toBe('In Docker the command makes a container; in Kubernetes a Pod.');
    expect(contrastOf(without)).toBe(
      'Docker has no object above the container. Kubernetes has nothing below the Pod.',
    );
  });

  it('gives what speaks for and against each recommendation, against as a negative weight', () => {
    const { recommendations, questions } = built(goodContent).choose();
    expect(recommendations.map(({ id, firstSteps, sources }) => [id, firstSteps.length, sources])).toEqual([
      ['docker', 2, [run]],
      ['kubernetes-managed', 2, [pods]],
    ]);
    expect(questions).toEqual([
      {
        id: 'hosts',
        prompt: 'How many hosts do you need?',
        why: 'Kubernetes is about more than one.',
        options: [
          {
            id: 'one',
            text: 'One',
            speaks: [
              { of: 'docker', weight: 2, because: 'One host is what Docker is made for.' },
              { of: 'kubernetes-managed', weight: -3, because: 'There is nothing to spread.' },
            ],
          },
          {
            id: 'many',
            text: 'Many',
            speaks: [{ of: 'kubernetes-managed', weight: 3, because: 'Nodes are what Kubernetes is about.' }],
          },
        ],
        sources: [pods],
      },
    ]);
  });
});

describe('the index', () => {
  it('is the same whatever line ends the author uses', () => {
    const crlf = changedContent({
      [lessonFile]: (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
      'diagrams/two-boxes.txt': (text) => text.replaceAll('\n', '\r\n'),
      'glossary.yaml': (text) => text.replaceAll('\n', '\r\n'),
    });
    expect(built(crlf).lesson('first-pod')).toEqual(built(goodContent).lesson('first-pod'));
    expect(built(crlf).term('two-boxes')).toEqual(built(goodContent).term('two-boxes'));
  });

  it('leaves nothing of the one before', () => {
    const folder = join(temporaryDirectory(), 'index');
    const { content } = lintContent(goodContent);
    buildIndex(content, folder);
    buildIndex({ ...content, glossary: { value: [], lineOf: () => 1 } }, folder);
    const index = openContent(pathToFileURL(`${folder}/`));
    expect(index.glossary()).toEqual([]);
    expect(() => index.term('pod')).toThrow('the index has no pod in terms');
  });
});
