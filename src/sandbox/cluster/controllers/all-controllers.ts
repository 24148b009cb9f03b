import type { Controller, Simulation } from '../../simulation.ts';
import type { Cluster } from '../cluster.ts';
import { autoscalerController } from './autoscaler/autoscaler.ts';
import type { PodMetrics } from './autoscaler/pod-metrics.ts';
import { cronJobController } from './cronjob/cronjob.ts';
import { daemonSetController } from './daemonset/daemonset.ts';
import { deploymentController } from './deployment/deployment.ts';
import { disruptionController } from './disruption.ts';
import { endpointsController } from './endpoints/endpoints.ts';
import { endpointSliceController } from './endpoints/endpointslice.ts';
import { endpointSliceMirroring } from './endpoints/mirroring.ts';
import { eventExpiry } from './event-expiry.ts';
import { garbageCollector } from './garbage-collector.ts';
import { jobController } from './job/job.ts';
import { namespaceController } from './namespace.ts';
import { nodeLifecycleController } from './nodes/node-lifecycle.ts';
import { podGarbageCollector } from './nodes/pod-gc.ts';
import { taintEvictionController } from './nodes/taint-eviction.ts';
import { replicaSetController } from './replicaset.ts';
import { resourceQuotaController } from './resourcequota.ts';
import { schedulerController } from './scheduler/scheduler.ts';
import { serviceAccountController } from './serviceaccount.ts';
import { statefulSetController } from './statefulset/statefulset.ts';
import { ttlAfterFinishedController } from './ttl-after-finished.ts';
import { ephemeralVolumeController } from './volumes/ephemeral.ts';
import { localPathProvisioner } from './volumes/local-path-provisioner.ts';
import { persistentVolumeController } from './volumes/persistentvolume.ts';
import { claimProtectionController, volumeProtectionController } from './volumes/protection.ts';

/** What the controllers have to be told. */
export interface ControllerOptions {
  /** The cluster's certificate authority, in PEM. */
  readonly certificate: string;
  /** What the metrics server knows of the Pods of a namespace. */
  readonly podMetrics: PodMetrics;
}

/**
 * The controllers of the control plane, the scheduler, and the provisioner of local volumes, to be put to work
 * in this order.
 */
export function allControllers(
  cluster: Cluster,
  simulation: Simulation,
  { certificate, podMetrics }: ControllerOptions,
): readonly Controller[] {
  return [
    serviceAccountController(cluster, certificate),
    resourceQuotaController(cluster, simulation),
    cronJobController(cluster, simulation),
    jobController(cluster, simulation),
    deploymentController(cluster, simulation),
    replicaSetController(cluster, simulation),
    statefulSetController(cluster, simulation),
    daemonSetController(cluster, simulation),
    persistentVolumeController(cluster, simulation),
    ephemeralVolumeController(cluster, simulation),
    localPathProvisioner(cluster, simulation),
    schedulerController(cluster, simulation),
    claimProtectionController(cluster),
    volumeProtectionController(cluster),
    endpointSliceController(cluster),
    endpointsController(cluster),
    endpointSliceMirroring(cluster),
    disruptionController(cluster, simulation),
    autoscalerController(cluster, simulation, podMetrics),
    nodeLifecycleController(cluster, simulation),
    taintEvictionController(cluster, simulation),
    garbageCollector(cluster),
    podGarbageCollector(cluster, simulation),
    ttlAfterFinishedController(cluster, simulation),
    namespaceController(cluster, simulation),
    eventExpiry(cluster, simulation),
  ];
}
