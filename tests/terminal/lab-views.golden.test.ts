import { describe, expect, it } from 'vitest';
import type { CourseIndex, IndexedLab, PublishedLab } from '../../src/content/content.ts';
import type { Seen } from '../../src/sandbox/labs/lab.ts';
import type { Screen } from '../../src/terminal/screen.ts';
import { type Style, styleFor } from '../../src/terminal/style.ts';
import {
  drawBegunAnew,
  drawBrief,
  drawChecked,
  drawDebrief,
  drawLabHelp,
  drawLabHint,
  drawLabSolution,
  drawLabs,
  drawNoMoreHints,
  drawTakenUp,
  drawTryFirst,
} from '../../src/terminal/views/lab-view.ts';

/** Every view of `lab` on every kind of screen. */
const screens: readonly (readonly [string, Partial<Screen>])[] = [
  ['40-columns', { columns: 40 }],
  ['60-columns', { columns: 60 }],
  ['80-columns', {}],
  ['colour', { colour: 1 }],
  ['ascii', { unicode: false }],
  ['plain', { unicode: false, plain: true }],
];

const lab: PublishedLab = {
  id: 'stale-page',
  title: 'The page that stays — and why',
  lesson: 'configuration',
  minutes: 5,
  broken: true,
  story: [
    'The page greets with `hello`. Marketing wants “Bonjour”.',
    'You changed the ConfigMap this morning, and nothing came of it.',
    'No Pod is to be changed by hand.',
  ],
  files: { 'notes.txt': '', 'k8s/web.yaml': '' },
  start: '',
  goal: [
    { says: 'The ConfigMap `greeting` says Bonjour', object: 'configmap/greeting' },
    { says: 'Every Pod greets with Bonjour at `http://web`', answers: 'http://web/' },
  ],
  hints: [
    'When does a process get its environment?',
    'Only new Pods…',
    '`kubectl rollout restart deployment/web`',
  ],
  solution:
    'kubectl rollout restart deployment/web\nkubectl patch deployment web -p \'{"spec":{"template":{"spec":{}}}}\'\n',
  other: '',
  debrief: {
    answer: 'The variables are read when a container starts.',
    alternative: 'Delete the Pods: the Deployment makes new ones.',
    contrast: 'A container that you made with `docker run -e` keeps its variables too.',
  },
  sources: [
    {
      id: 'k8s-configmap',
      title: 'ConfigMaps',
      url: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
      versions: 'Kubernetes 1.32 to 1.36',
    },
  ],
};

const seen: readonly Seen[] = [
  { says: 'The ConfigMap `greeting` says Bonjour', fulfilled: true, instead: '' },
  {
    says: 'Every Pod greets with Bonjour at `http://web`',
    fulfilled: false,
    instead: 'the answer is: <!DOCTYPE html> <html> <head><title>Shop</title></head> <body> <h1>hello…',
  },
  { says: 'Two Pods are ready', fulfilled: false, instead: '`spec.replicas` is 1' },
];

const course: CourseIndex = {
  units: [
    { id: 'begin', title: 'Begin here', lessons: ['pods'] },
    { id: 'empty', title: 'Nothing to do', lessons: ['which-one'] },
    { id: 'connecting', title: 'Connecting and configuring', lessons: ['configuration'] },
  ],
  lessons: [],
};
const labs: readonly IndexedLab[] = [
  { id: 'first-pod', title: 'A first Pod', lesson: 'pods', minutes: 3, broken: false },
  { id: 'second-pod', title: 'A second Pod', lesson: 'pods', minutes: 4, broken: false },
  { id: 'third-pod', title: 'A third Pod', lesson: 'pods', minutes: 4, broken: false },
  lab,
];
const done = {
  'first-pod': { done: '2026-01-01T08:00:00.000Z', skipped: '2026-01-01T07:00:00.000Z' },
  'second-pod': { skipped: '2026-01-01T07:00:00.000Z' },
};

/** All views, one after another, each under its name. */
function drawEverything(style: Style): string {
  const views: Record<string, string[]> = {
    'all labs': drawLabs(labs, course, done, style),
    'as one enters': drawBrief(lab, style),
    'taken up again': drawTakenUp(style),
    'looked at': drawChecked(seen, style),
    'looked at, all right': drawChecked(seen.slice(0, 1), style),
    'a hint': drawLabHint(lab.hints[0] ?? '', 0, style),
    'not yet another': drawTryFirst(lab.hints[1] ?? '', 1, style),
    'no more': drawNoMoreHints(style),
    'the solution': drawLabSolution(lab, false, style),
    'the solution to who has solved it': drawLabSolution(lab, true, style),
    'the debrief': drawDebrief(lab, false, style),
    'the debrief after the solution': drawDebrief(lab, true, style),
    'begun anew': drawBegunAnew(style),
    help: drawLabHelp('A cluster in memory.\n\n  fast 30s  lets time pass\n  reset     another\n', style),
  };
  return Object.entries(views)
    .map(([name, lines]) => `## ${name}\n${lines.join('\n')}\n`)
    .join('\n');
}

describe('the views of lab', () => {
  it.each(screens)('are as they were on %s', async (name, part) => {
    const screen: Screen = {
      columns: 80,
      rows: 24,
      colour: 0,
      unicode: true,
      plain: false,
      interactive: true,
      ...part,
    };
    const drawn = drawEverything(styleFor(screen));
    const lines = drawn.split('\n').filter((line) => !line.includes('https://'));
    const widest = Math.max(...lines.map((line) => [...line.replace(/\x1b\[\d+m/g, '')].length));
    expect(widest).toBeLessThanOrEqual(screen.plain ? 120 : screen.columns);
    if (!screen.unicode) expect(drawn).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(drawn).toMatchFileSnapshot(`golden/lab-${name}.golden.txt`);
  });
});
