import { describe, expect, it } from 'vitest';
import type { Overview, PodOutline } from '../../src/sandbox/overview/overview.ts';
import type { Account } from '../../src/sandbox/overview/why/account.ts';
import type { Screen } from '../../src/terminal/screen.ts';
import { type Style, styleFor } from '../../src/terminal/style.ts';
import { cutToRows, drawDifference, drawOverview } from '../../src/terminal/views/overview-view.ts';
import { drawAccount } from '../../src/terminal/views/why-view.ts';

/** What `show` and `why` draw, on every kind of screen. */
const screens: readonly (readonly [string, Partial<Screen>])[] = [
  ['40-columns', { columns: 40 }],
  ['60-columns', { columns: 60 }],
  ['80-columns', {}],
  ['colour', { colour: 1 }],
  ['ascii', { unicode: false }],
  ['plain', { unicode: false, plain: true }],
];

const web: PodOutline = {
  name: 'web-77768f5b79-cgzlt',
  namespace: 'default',
  standing: 'well',
  ready: 1,
  containers: 1,
  status: 'Running',
  restarts: 0,
  troubled: [],
};
const crash: PodOutline = {
  ...web,
  name: 'report-5677bd64d5-fvngp',
  namespace: 'shop',
  standing: 'ill',
  ready: 1,
  containers: 2,
  status: 'CrashLoopBackOff',
  restarts: 4,
  troubled: [
    { name: 'writer', standing: 'ill', state: 'CrashLoopBackOff', ended: 'exit code 137, OOMKilled' },
  ],
};
const big: PodOutline = { ...web, name: 'big', standing: 'ill', ready: 0, status: 'Pending', restarts: 0 };
const starting: PodOutline = {
  ...web,
  name: 'api-1',
  standing: 'moving',
  ready: 0,
  status: 'ContainerCreating',
  restarts: 1,
  troubled: [{ name: 'api', standing: 'moving', state: 'ContainerCreating', ended: undefined }],
};

const node = {
  standing: 'well',
  isReady: true,
  isCordoned: false,
  isControlPlane: false,
  pressures: [],
  pods: [],
} as const;

const overview: Overview = {
  docker: [
    {
      name: 'db',
      image: 'postgres:16',
      standing: 'well',
      state: 'running',
      status: 'Up 5 minutes (healthy)',
      ports: ['5432 -> 5432', '127.0.0.1:8080 -> 80'],
      networks: ['shop_default'],
    },
    {
      name: 'import-of-yesterday',
      image: 'registry.example.com/shop/import:1.4',
      standing: 'ill',
      state: 'exited',
      status: 'Exited (2) 3 minutes ago',
      ports: [],
      networks: ['bridge'],
    },
  ],
  nodes: [
    { ...node, name: 'control-plane', isControlPlane: true },
    { ...node, name: 'worker-1', isCordoned: true, pods: [web, crash, starting] },
    { ...node, name: 'worker-2', standing: 'ill', isReady: false, pressures: ['MemoryPressure'] },
  ],
  waiting: [big],
  services: [
    {
      name: 'web',
      namespace: 'default',
      standing: 'well',
      type: 'NodePort',
      address: '10.96.12.7',
      ports: ['80 (30080 on every node)'],
      ready: 3,
      notReady: 1,
      hasSelector: true,
    },
    {
      name: 'lost',
      namespace: 'shop',
      standing: 'ill',
      type: 'ClusterIP',
      address: '10.96.99.8',
      ports: ['80', '53/UDP'],
      ready: 0,
      notReady: 0,
      hasSelector: true,
    },
    {
      name: 'mail',
      namespace: 'default',
      standing: 'well',
      type: 'ExternalName',
      address: 'mail.example.com',
      ports: [],
      ready: 0,
      notReady: 0,
      hasSelector: false,
    },
  ],
  hiddenPods: 11,
  namespace: undefined,
};

const well: Overview = {
  docker: [],
  nodes: [{ ...node, name: 'worker-1', pods: [web] }],
  waiting: [],
  services: [],
  hiddenPods: 0,
  namespace: 'default',
};

const at = Date.UTC(2026, 10, 20, 12);
const account: Account = {
  since: { line: 'kubectl apply -f - <<EOF\nkind: Pod\nEOF', at },
  now: at + 75_000,
  about: undefined,
  omitted: 3,
  steps: [
    {
      at,
      who: 'deployment controller',
      did: 'made ReplicaSet web-1 for Deployment web, and asked it for 3 Pods',
      isTrouble: false,
    },
    {
      at: at + 62_000,
      who: 'kubelet on worker-1',
      did: 'could not pull nginx:9.99 for web-1-a: docker.io/library/nginx:9.99: not found.',
      isTrouble: true,
    },
  ],
  findings: [
    {
      about: 'Pod web-1-a',
      because: [
        'The registry has no image nginx:9.99.',
        'The kubelet tries again and again, with longer and longer pauses.',
      ],
      next: ['kubectl describe pod web-1-a', 'kubectl get events', 'kubectl get pods'],
      isPassing: false,
    },
    { about: 'Pod api-1', because: ['The kubelet on worker-1 is starting it.'], next: [], isPassing: true },
  ],
  settled: [
    'Deployment db has the 1 Pod that it asks for, ready.',
    ...Array.from({ length: 7 }, (_, place) => `Service s${place} is well.`),
  ],
};
const untouched: Account = {
  since: undefined,
  now: at,
  about: undefined,
  omitted: 0,
  steps: [],
  findings: [],
  settled: [],
};
const one: Account = {
  ...account,
  since: undefined,
  about: 'Pod web-1-a',
  omitted: 0,
  findings: [],
  settled: ['Pod web-1-a runs.'],
};
const silent: Account = {
  ...untouched,
  about: 'Service web\u001b[31m',
  settled: ['Service web sends what comes to 3 endpoints.'],
};

/** All views, one after another, each under its name. */
function drawEverything(style: Style): string {
  const views: Record<string, string[]> = {
    'a world with troubles': drawOverview(overview, style),
    'a world where all is well': drawOverview(well, style),
    'what fits a small screen': cutToRows(drawOverview(overview, style), 6, style),
    'what has changed': [
      drawDifference({ what: 'pod web', before: undefined, after: '0/1 Pending', standing: 'moving' }, style),
      drawDifference({ what: 'pod web', before: '0/1 Pending', after: '0/1 Error', standing: 'ill' }, style),
      drawDifference({ what: 'pod web', before: '0/1 Error', after: undefined, standing: 'well' }, style),
    ],
    'why, since a line': drawAccount(account, style),
    'why, where nothing was done': drawAccount(untouched, style),
    'why, of one object': drawAccount(one, style),
    'why, of one that nothing is told of': drawAccount(silent, style),
  };
  return Object.entries(views)
    .map(([name, lines]) => `## ${name}\n${lines.join('\n')}\n`)
    .join('\n');
}

describe('the views of show and why', () => {
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
    // An address of an image is never broken.
    const lines = drawn.split('\n').filter((line) => !line.includes('registry.example.com'));
    const widest = Math.max(...lines.map((line) => [...line.replace(/\x1b\[\d+m/g, '')].length));
    if (!screen.plain) expect(widest).toBeLessThanOrEqual(screen.columns);
    if (!screen.unicode) expect(drawn).toMatch(/^[\x20-\x7e\n]*$/);
    await expect(drawn).toMatchFileSnapshot(`golden/overview-${name}.golden.txt`);
  });
});
