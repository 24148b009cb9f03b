import { beforeAll, describe, expect, it } from 'vitest';
import { differences, mapStories } from './differences.ts';
import { loadWebernetes, OtherCluster } from './other-cluster.ts';
import { OurCluster } from './our-cluster.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';
import { type View, Viewer } from './view.ts';

const now = Date.parse('2026-11-20T09:00:00Z');

/** Differences that some scenario has shown. */
const met = new Set<string>();

let webernetes: Awaited<ReturnType<typeof loadWebernetes>>;
beforeAll(async () => {
  webernetes = await loadWebernetes();
});

async function tell(cluster: SimulatedCluster, { steps }: Scenario): Promise<readonly View[]> {
  const viewer = new Viewer(cluster);
  const views: View[] = [];
  for (const step of steps) {
    if ('apply' in step) await cluster.apply(step.apply);
    else if ('remove' in step) await cluster.remove(step.remove[0], step.remove[1], 'default');
    else if ('removePodOf' in step) {
      const pods = await cluster.list('Pod');
      const found = pods.find(({ metadata }) => metadata?.name?.startsWith(step.removePodOf));
      await cluster.remove('Pod', found?.metadata?.name ?? '', 'default');
    }
    await cluster.advance(step.wait);
    views.push(await viewer.view());
  }
  await cluster.close();
  return views;
}

function corrected(view: View): View {
  let found = view;
  for (const { what, correct } of differences) {
    const next = correct(found);
    if (JSON.stringify(next) !== JSON.stringify(found)) met.add(what);
    found = next;
  }
  return found;
}

/** How many Pods are ready at one moment is chance, and so is in how many steps ReplicaSets are scaled. */
function inOneStep(view: View): View {
  return { ...view, events: mapStories(view.events, mergeScalings) };
}

const scaling = /^(Normal ScalingReplicaSet: Scaled (?:up|down) replica set \S+) from (\d+) to (\d+)$/;

function mergeScalings(lines: readonly string[]): readonly string[] {
  const merged: string[] = [];
  for (const line of lines) {
    const [, what, , to] = scaling.exec(line) ?? [];
    const before = merged.findLastIndex((each) => what !== undefined && each.startsWith(`${what} from`));
    const [, , from = '', until] = scaling.exec(merged[before] ?? '') ?? [];
    if (until !== undefined && until === scaling.exec(line)?.[2])
      merged[before] = `${what} from ${from} to ${to}`;
    else merged.push(line);
  }
  return merged;
}

describe('Another simulator of Kubernetes', () => {
  it.each(scenarios)('sees the same: $name', async (scenario) => {
    const ours = await tell(new OurCluster(now), scenario);
    const theirs = await tell(await OtherCluster.start(webernetes), scenario);
    expect(ours.map(inOneStep)).toEqual(theirs.map(corrected).map(inOneStep));
  });

  it('differs in nothing that it does not differ in any more', () => {
    expect(differences.map(({ what }) => what).filter((what) => !met.has(what))).toEqual([]);
  });
});
