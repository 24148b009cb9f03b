import type { View } from './view.ts';

/** Something that the other simulator has otherwise than Kubernetes, as the lab showed. */
export interface Difference {
  readonly what: string;
  /** What Kubernetes 1.36 does, and why the other does not. */
  readonly why: string;
  /** What the other one shows, as Kubernetes would. */
  correct(theirs: View): View;
}

type Events = View['events'];
type Story = Events[string];

/** The known differences. Each must be met in some scenario, so that none stays that has gone. */
export const differences: readonly Difference[] = [
  {
    what: 'the revision of a Deployment',
    why: 'Kubernetes writes that of its newest ReplicaSet at the Deployment too; the other leaves it out.',
    correct: (view) => ({
      ...view,
      deployments: view.deployments.map((each) => ({
        ...(each as object),
        revision: newestRevision(view, (each as { name: string }).name),
      })),
    }),
  },
  {
    what: 'what containerd says of an image that is not there',
    why: 'containerd 2 names the image in full and says "failed to resolve image"; the other has the words of an older one.',
    correct: (view) =>
      withTexts(view, (text) =>
        text.replaceAll(
          'image \\"nginx:9.99\\": failed to resolve reference \\"nginx:9.99\\": nginx:9.99: not found',
          'image \\"docker.io/library/nginx:9.99\\": failed to resolve image: docker.io/library/nginx:9.99: not found',
        ),
      ),
  },
  {
    what: 'the same thing told again',
    why: 'Kubernetes counts it on at the event that is there; the other tells a new event.',
    // What is told of ReplicaSets differs in the names of Pods, which cannot be seen here.
    correct: (view) => ({
      ...view,
      events: mapStories(view.events, (lines, key) => (key.startsWith('Pod ') ? [...new Set(lines)] : lines)),
    }),
  },
  {
    what: 'a container that is waited for before it is started again',
    why: 'Since 1.35 Kubernetes shows how it ended for most of the pause; the other says CrashLoopBackOff at once.',
    correct: (view) =>
      withTexts(view, (text) =>
        text.replaceAll('[\\"waiting\\",\\"CrashLoopBackOff\\",null]', '[\\"terminated\\",\\"Error\\",1]'),
      ),
  },
  {
    what: 'the reason with which a container ended',
    why: 'Kubernetes says Completed or Error; the other says nothing.',
    correct: (view) =>
      withTexts(view, (text) =>
        text
          .replaceAll('[\\"terminated\\",null,0]', '[\\"terminated\\",\\"Completed\\",0]')
          .replaceAll('[\\"terminated\\",null,1]', '[\\"terminated\\",\\"Error\\",1]'),
      ),
  },
];

function newestRevision(view: View, name: string): string {
  const sets = view.replicaSets as readonly {
    readonly revision: string;
    readonly owners: readonly string[];
  }[];
  const revisions = sets
    .filter(({ owners }) => owners.includes(`Deployment/${name}`))
    .map((each) => each.revision);
  return `${Math.max(0, ...revisions.map(Number))}`;
}

function withTexts(view: View, change: (json: string) => string): View {
  return JSON.parse(change(JSON.stringify(view))) as View;
}

/** Changes what was told of each object, line by line. */
export function mapStories(
  events: Events,
  change: (lines: readonly string[], key: string) => readonly string[],
): Events {
  return Object.fromEntries(
    Object.entries(events).map(([key, story]): [string, Story] => {
      if (Array.isArray(story)) return [key, change(story as readonly string[], key)];
      const counts: Record<string, number> = {};
      for (const [told, count] of Object.entries(story)) {
        const changed = change(told.split('\n'), key).join('\n');
        counts[changed] = (counts[changed] ?? 0) + count;
      }
      return [key, counts];
    }),
  );
}
