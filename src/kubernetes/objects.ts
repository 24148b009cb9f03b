import type { LabelSelector, PodSpec, PodTemplate, Protocol, Texts } from './pod-spec.ts';

/**
 * The Kubernetes objects that the tutor writes, with the fields that it uses and the API's own names
 * (https://kubernetes.io/docs/reference/kubernetes-api/). Every value survives `JSON.stringify`.
 */
export type KubernetesObject =
  | Pod
  | Deployment
  | StatefulSet
  | DaemonSet
  | Job
  | CronJob
  | Service
  | PersistentVolumeClaim
  | ConfigMap
  | Secret
  | NetworkPolicy
  | Ingress
  | Namespace
  | ServiceAccount;

interface ObjectOf<Version extends string, Name extends string> {
  readonly apiVersion: Version;
  readonly kind: Name;
  readonly metadata: Metadata;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Texts;
  readonly annotations?: Texts;
}

export interface Pod extends ObjectOf<'v1', 'Pod'> {
  readonly spec: PodSpec;
}

export interface Deployment extends ObjectOf<'apps/v1', 'Deployment'> {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: LabelSelector;
    readonly strategy?: {
      readonly type: 'Recreate' | 'RollingUpdate';
      readonly rollingUpdate?: {
        readonly maxSurge?: number | string;
        readonly maxUnavailable?: number | string;
      };
    };
    readonly minReadySeconds?: number;
    readonly progressDeadlineSeconds?: number;
    readonly revisionHistoryLimit?: number;
    readonly paused?: boolean;
    readonly template: PodTemplate;
  };
}

export interface StatefulSet extends ObjectOf<'apps/v1', 'StatefulSet'> {
  readonly spec: {
    readonly serviceName: string;
    readonly replicas?: number;
    readonly selector: LabelSelector;
    readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
    readonly updateStrategy?: {
      readonly type: 'OnDelete' | 'RollingUpdate';
      readonly rollingUpdate?: { readonly partition?: number };
    };
    readonly minReadySeconds?: number;
    readonly template: PodTemplate;
    readonly volumeClaimTemplates?: readonly ClaimTemplate[];
  };
}

/** A claim as a StatefulSet makes one for each of its Pods; the API wants neither version nor kind here. */
export interface ClaimTemplate {
  readonly metadata: Metadata;
  readonly spec: ClaimSpec;
}

export interface DaemonSet extends ObjectOf<'apps/v1', 'DaemonSet'> {
  readonly spec: {
    readonly selector: LabelSelector;
    readonly updateStrategy?: {
      readonly type: 'OnDelete' | 'RollingUpdate';
      readonly rollingUpdate?: {
        readonly maxSurge?: number | string;
        readonly maxUnavailable?: number | string;
      };
    };
    readonly minReadySeconds?: number;
    readonly template: PodTemplate;
  };
}

export interface JobSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly completionMode?: 'NonIndexed' | 'Indexed';
  readonly backoffLimit?: number;
  readonly activeDeadlineSeconds?: number;
  readonly ttlSecondsAfterFinished?: number;
  readonly suspend?: boolean;
  readonly template: PodTemplate;
}

export interface Job extends ObjectOf<'batch/v1', 'Job'> {
  readonly spec: JobSpec;
}

export interface CronJob extends ObjectOf<'batch/v1', 'CronJob'> {
  readonly spec: {
    readonly schedule: string;
    readonly timeZone?: string;
    readonly concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
    readonly startingDeadlineSeconds?: number;
    readonly suspend?: boolean;
    readonly successfulJobsHistoryLimit?: number;
    readonly failedJobsHistoryLimit?: number;
    readonly jobTemplate: { readonly metadata?: PodTemplate['metadata']; readonly spec: JobSpec };
  };
}

export interface Service extends ObjectOf<'v1', 'Service'> {
  readonly spec: {
    readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
    readonly clusterIP?: string;
    readonly externalName?: string;
    readonly externalIPs?: readonly string[];
    readonly externalTrafficPolicy?: 'Cluster' | 'Local';
    readonly internalTrafficPolicy?: 'Cluster' | 'Local';
    readonly ipFamilyPolicy?: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';
    readonly ipFamilies?: readonly ('IPv4' | 'IPv6')[];
    readonly loadBalancerSourceRanges?: readonly string[];
    readonly publishNotReadyAddresses?: boolean;
    readonly sessionAffinity?: 'None' | 'ClientIP';
    readonly selector?: Texts;
    readonly ports?: readonly ServicePort[];
  };
}

export interface ServicePort {
  readonly name?: string;
  readonly protocol?: Protocol;
  readonly appProtocol?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

export interface ClaimSpec {
  readonly accessModes: readonly ('ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod')[];
  readonly storageClassName?: string;
  readonly volumeName?: string;
  readonly volumeMode?: 'Filesystem' | 'Block';
  readonly selector?: LabelSelector;
  readonly dataSource?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
  readonly resources: { readonly requests: { readonly storage: string } };
}

export interface PersistentVolumeClaim extends ObjectOf<'v1', 'PersistentVolumeClaim'> {
  readonly spec: ClaimSpec;
}

export interface ConfigMap extends ObjectOf<'v1', 'ConfigMap'> {
  readonly immutable?: boolean;
  readonly data?: Texts;
  /** In base 64. */
  readonly binaryData?: Texts;
}

export interface Secret extends ObjectOf<'v1', 'Secret'> {
  readonly type?: string;
  readonly immutable?: boolean;
  /** In base 64. */
  readonly data?: Texts;
  readonly stringData?: Texts;
}

export interface NetworkPolicy extends ObjectOf<'networking.k8s.io/v1', 'NetworkPolicy'> {
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes?: readonly ('Ingress' | 'Egress')[];
    readonly ingress?: readonly {
      readonly from?: readonly PolicyPeer[];
      readonly ports?: readonly PolicyPort[];
    }[];
    readonly egress?: readonly {
      readonly to?: readonly PolicyPeer[];
      readonly ports?: readonly PolicyPort[];
    }[];
  };
}

export interface PolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface PolicyPort {
  readonly protocol?: Protocol;
  readonly port?: number | string;
  readonly endPort?: number;
}

export interface Ingress extends ObjectOf<'networking.k8s.io/v1', 'Ingress'> {
  readonly spec: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: IngressBackend;
    readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http: {
        readonly paths: readonly {
          readonly path?: string;
          readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
          readonly backend: IngressBackend;
        }[];
      };
    }[];
  };
}

export interface IngressBackend {
  readonly service: {
    readonly name: string;
    readonly port: { readonly number?: number; readonly name?: string };
  };
}

export interface Namespace extends ObjectOf<'v1', 'Namespace'> {}

export interface ServiceAccount extends ObjectOf<'v1', 'ServiceAccount'> {
  readonly automountServiceAccountToken?: boolean;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}
