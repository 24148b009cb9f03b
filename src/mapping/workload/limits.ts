import { cpuQuantity, memoryQuantity } from '../../kubernetes/quantity.ts';
import type { WorkloadDraft } from './draft.ts';

/**
 * How many milliprocessors 1024 CPU shares stand for: the kubelet makes cpu.shares of a request of one
 * processor 1024 (https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/).
 */
const sharesOfOneCpu = 1024;

/** Sets a limit, which is the request too where none is given. */
export function setLimit(draft: WorkloadDraft, resource: string, quantity: string): void {
  const { resources } = draft.container;
  draft.container.resources = { ...resources, limits: { ...resources?.limits, [resource]: quantity } };
}

/** Sets what the scheduler keeps free for the Pod. */
export function setRequest(draft: WorkloadDraft, resource: string, quantity: string): void {
  const { resources } = draft.container;
  draft.container.resources = {
    requests: { ...resources?.requests, [resource]: quantity },
    ...limitsOf(draft),
  };
}

/** @returns the limit as it is written, `512Mi` */
export function limitMemory(draft: WorkloadDraft, bytes: number): string {
  const quantity = memoryQuantity(bytes);
  setLimit(draft, 'memory', quantity);
  return quantity;
}

/** @returns the request as it is written */
export function reserveMemory(draft: WorkloadDraft, bytes: number): string {
  const quantity = memoryQuantity(bytes);
  setRequest(draft, 'memory', quantity);
  return quantity;
}

/** @returns the limit as it is written, `1500m` */
export function limitCpu(draft: WorkloadDraft, nanoCpus: number): string {
  const quantity = cpuQuantity(nanoCpus);
  setLimit(draft, 'cpu', quantity);
  return quantity;
}

/**
 * Asks for the share of a processor that cpu.shares of this size make of a request; no more than `most`,
 * since the API refuses a request above its limit.
 *
 * @returns the request as it is written
 */
export function requestCpuShares(draft: WorkloadDraft, shares: number, mostNanoCpus = Infinity): string {
  const nanoCpus = Math.max(1, Math.round((shares / sharesOfOneCpu) * 1000)) * 1_000_000;
  const quantity = cpuQuantity(Math.min(nanoCpus, mostNanoCpus));
  setRequest(draft, 'cpu', quantity);
  return quantity;
}

/**
 * Asks for whole devices of a plugin, such as `nvidia.com/gpu`; they are given as limits
 * (https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/).
 */
export function requestDevices(draft: WorkloadDraft, resource: string, count: number): void {
  setLimit(draft, resource, `${count}`);
}

function limitsOf(draft: WorkloadDraft) {
  const limits = draft.container.resources?.limits;
  return limits ? { limits } : {};
}
