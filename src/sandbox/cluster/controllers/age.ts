import type { ApiObject, Stored } from '../object.ts';

/**
 * The older first, and those of one second in the order of their names, as most of upstream's controllers sort
 * (such as k8s.io/kubernetes/pkg/controller, `ReplicaSetsByCreationTimestamp`).
 */
export function byAge({ metadata: one }: Stored<ApiObject>, { metadata: other }: Stored<ApiObject>): number {
  return textOrder(one.creationTimestamp, other.creationTimestamp) || textOrder(one.name, other.name);
}

/** Which of two texts comes first, byte by byte: below zero for the first. */
export function textOrder(one: string, other: string): number {
  return Number(one > other) - Number(one < other);
}
