import type { Container, PodSpec } from '../../../../kubernetes/api.ts';
import { fitsTerm, tolerates } from '../node-matching.ts';
import type { Cycle } from './filters.ts';
import type { NodeInfo } from './node-info.ts';
import { affinityScores } from './pod-affinity.ts';
import type { PodRequests } from './requests.ts';
import { crowding } from './topology-spread.ts';

/** How much each plugin counts (k8s.io/kubernetes/pkg/scheduler/apis/config/v1/default_plugins.go). */
const weights = { taints: 3, nodeAffinity: 2, spread: 2, podAffinity: 2 } as const;

/** Smaller images make no difference, larger ones no more (`imagelocality`). */
const smallestImage = 23 * 1024 * 1024;
const largestImage = 1000 * 1024 * 1024;

/** What speaks for a node whatever runs on it: its taints, its labels, its images. */
export function fixedScores(
  spec: PodSpec,
  candidates: readonly NodeInfo[],
  infos: readonly NodeInfo[],
): readonly number[] {
  const soft = spec.tolerations?.filter(({ effect }) => !effect || effect === 'PreferNoSchedule') ?? [];
  const preferred = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const imageScore = imageScoring(spec, infos);
  const found = candidates.map((info) => ({
    bad: (info.node.spec.taints ?? []).filter(
      (taint) => taint.effect === 'PreferNoSchedule' && !soft.some((each) => tolerates(each, taint)),
    ).length,
    liked: preferred.reduce(
      (sum, { preference, weight }) => (fitsTerm(preference, info.node) ? sum + weight : sum),
      0,
    ),
    images: imageScore(info),
  }));
  const mostBad = Math.max(0, ...found.map(({ bad }) => bad));
  const mostLiked = Math.max(0, ...found.map(({ liked }) => liked));
  return found.map(({ bad, liked, images }) => {
    const taints = mostBad === 0 ? 100 : 100 - Math.trunc((100 * bad) / mostBad);
    const affinity = mostLiked === 0 ? 0 : Math.trunc((100 * liked) / mostLiked);
    return weights.taints * taints + weights.nodeAffinity * affinity + images;
  });
}

/**
 * Adds what depends on what runs on the nodes.
 *
 * @param fixed what `fixedScores` gave for the candidates
 * @returns the scores of the candidates; the highest is the best
 */
export function scoresOf(
  cycle: Cycle,
  candidates: readonly NodeInfo[],
  fixed: readonly number[],
): readonly number[] {
  const { cluster, pod, infos, requests } = cycle;
  const crowded = crowding(cluster, pod, candidates, infos);
  const crowds = crowded ? candidates.map(crowded) : [];
  let mostCrowded = 0;
  let leastCrowded = Number.POSITIVE_INFINITY;
  for (const crowd of crowds) {
    if (crowd > mostCrowded) mostCrowded = crowd;
    if (crowd >= 0 && crowd < leastCrowded) leastCrowded = crowd;
  }
  const near = nearness(cycle, candidates);
  return candidates.map((info, place) => {
    let score = (fixed[place] as number) + roomScore(requests, info);
    if (near) score += weights.podAffinity * (near[place] as number);
    const crowd = crowds[place] ?? -1;
    if (crowd >= 0) {
      const normal =
        mostCrowded === 0 ? 100 : Math.trunc((100 * (mostCrowded + leastCrowded - crowd)) / mostCrowded);
      score += weights.spread * normal;
    }
    return score;
  });
}

/** It changes for no node but the one that got the last Pod. */
function roomScore(requests: PodRequests, info: NodeInfo): number {
  if (info.lastRoom?.requests === requests) return info.lastRoom.score;
  const score = newRoomScore(requests, info);
  info.lastRoom = { requests, score };
  return score;
}

/** The more is left the better, and the more evenly processor and memory are used. */
function newRoomScore(
  { nonZeroMilli, nonZeroMemory, amounts, isBestEffort }: PodRequests,
  info: NodeInfo,
): number {
  const { cpuMilli, memory } = info.allocatable;
  const cpuLeft = leftOf(info.nonZeroMilli + nonZeroMilli, cpuMilli);
  const memoryLeft = leftOf(info.nonZeroMemory + nonZeroMemory, memory);
  const count = (cpuMilli > 0 ? 1 : 0) + (memory > 0 ? 1 : 0);
  const least = count === 0 ? 0 : Math.trunc((cpuLeft + memoryLeft) / count);
  if (isBestEffort) return least;
  const without = evenness(info.cpuMilli, info.memory, info);
  const withPod = evenness(info.cpuMilli + amounts.cpuMilli, info.memory + amounts.memory, info);
  return least + 50 + Math.trunc((50 + withPod - without) / 2);
}

function leftOf(wanted: number, all: number): number {
  return all === 0 || wanted > all ? 0 : Math.trunc(((all - wanted) * 100) / all);
}

function evenness(cpu: number, memory: number, { allocatable }: NodeInfo): number {
  if (allocatable.cpuMilli === 0 || allocatable.memory === 0) return 100;
  const cpuPart = Math.min(1, cpu / allocatable.cpuMilli);
  const memoryPart = Math.min(1, memory / allocatable.memory);
  return Math.trunc((1 - Math.abs(cpuPart - memoryPart) / 2) * 100);
}

/** How near to Pods that it likes, from 0 to 100; undefined when nobody has a preference. */
function nearness(cycle: Cycle, candidates: readonly NodeInfo[]): number[] | undefined {
  const { cluster, pod, infos } = cycle;
  const counts = cycle.isAnyChoosy ? affinityScores(cluster, pod, infos) : undefined;
  if (!counts) return undefined;
  const sums = candidates.map(
    ({
      node: {
        metadata: { labels = {} },
      },
    }) => {
      const places = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
      return places.reduce((sum, place) => sum + (counts.get(place) ?? 0), 0);
    },
  );
  const most = Math.max(...sums);
  const least = Math.min(...sums);
  return sums.map((sum) => (most === least ? 0 : Math.trunc(100 * ((sum - least) / (most - least)))));
}

/** The more of a Pod's images a node has already the better; those that many nodes have count more. */
function imageScoring(
  { containers, initContainers = [] }: PodSpec,
  infos: readonly NodeInfo[],
): (info: NodeInfo) => number {
  const names = [...containers, ...initContainers].map(imageName);
  const sizeOf = (name: string, { node }: NodeInfo) =>
    node.status?.images?.find((each) => each.names?.includes(name))?.sizeBytes ?? 0;
  const images = names.map((name) => {
    const having = infos.filter((info) => sizeOf(name, info) > 0).length;
    return { name, part: having / infos.length };
  });
  const most = largestImage * names.length;
  return (info) => {
    const sum = images.reduce((total, { name, part }) => total + Math.trunc(sizeOf(name, info) * part), 0);
    const limited = Math.min(most, Math.max(smallestImage, sum));
    return Math.trunc((100 * (limited - smallestImage)) / (most - smallestImage));
  };
}

function imageName({ image = '' }: Container): string {
  const isTagged = image.lastIndexOf(':') > image.lastIndexOf('/');
  return isTagged ? image : `${image}:latest`;
}
