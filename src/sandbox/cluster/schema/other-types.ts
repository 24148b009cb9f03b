// Written by .scripts/record-kubernetes-schema.mjs from Kubernetes 1.36. Do not change it by hand.
// biome-ignore-all format: a line a type

/** Types of the API, one a line; `type-lines.ts` says how they are written. */
export const otherTypes = `
# apps.v1
ControllerRevision kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta data+:raw revision!+:l
DaemonSet kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:DaemonSetSpec status+:DaemonSetStatus
DaemonSetCondition type!+:s<DaemonSetConditionType> status!+:s<ConditionStatus> lastTransitionTime+:time reason:s message:s
DaemonSetSpec selector!+:*meta.v1.LabelSelector template!+:core.v1.PodTemplateSpec updateStrategy+:DaemonSetUpdateStrategy minReadySeconds:i revisionHistoryLimit#6:*i
DaemonSetStatus currentNumberScheduled!+:i numberMisscheduled!+:i desiredNumberScheduled!+:i numberReady!+:i observedGeneration:l updatedNumberScheduled:i numberAvailable:i numberUnavailable:i collisionCount:*i conditions:[]DaemonSetCondition~merge=type%type
DaemonSetUpdateStrategy type:s<DaemonSetUpdateStrategyType=OnDelete,RollingUpdate> rollingUpdate:*RollingUpdateDaemonSet
Deployment kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:DeploymentSpec status+:DeploymentStatus
DeploymentCondition type!+:s<DeploymentConditionType> status!+:s<ConditionStatus> lastUpdateTime#6+:time lastTransitionTime+:time reason#4:s message:s
DeploymentSpec replicas:*i selector!+:*meta.v1.LabelSelector template!+:core.v1.PodTemplateSpec strategy+:DeploymentStrategy~retainKeys minReadySeconds:i revisionHistoryLimit:*i paused:b progressDeadlineSeconds#9:*i
DeploymentStatus observedGeneration:l replicas:i updatedReplicas:i readyReplicas#7:i availableReplicas#4:i unavailableReplicas:i terminatingReplicas#9:*i conditions#6:[]DeploymentCondition~merge=type%type collisionCount#8:*i
DeploymentStrategy type:s<DeploymentStrategyType=Recreate,RollingUpdate> rollingUpdate:*RollingUpdateDeployment
ReplicaSet kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:ReplicaSetSpec status+:ReplicaSetStatus
ReplicaSetCondition type!+:s<ReplicaSetConditionType> status!+:s<ConditionStatus> lastTransitionTime+:time reason:s message:s
ReplicaSetSpec replicas:*i minReadySeconds#4:i selector#2!+:*meta.v1.LabelSelector template+:core.v1.PodTemplateSpec
ReplicaSetStatus replicas!+:i fullyLabeledReplicas:i readyReplicas#4:i availableReplicas:i terminatingReplicas#7:*i observedGeneration#3:l conditions#6:[]ReplicaSetCondition~merge=type%type
RollingUpdateDaemonSet maxUnavailable:*intstr maxSurge:*intstr
RollingUpdateDeployment maxUnavailable:*intstr maxSurge:*intstr
RollingUpdateStatefulSetStrategy partition:*i maxUnavailable:*intstr
StatefulSet kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:StatefulSetSpec status+:StatefulSetStatus
StatefulSetCondition type!+:s<StatefulSetConditionType> status!+:s<ConditionStatus> lastTransitionTime+:time reason:s message:s
StatefulSetOrdinals start+:i
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:s<PersistentVolumeClaimRetentionPolicyType> whenScaled:s<PersistentVolumeClaimRetentionPolicyType>
StatefulSetSpec replicas:*i selector!+:*meta.v1.LabelSelector template!+:core.v1.PodTemplateSpec volumeClaimTemplates:[]core.v1.PersistentVolumeClaim serviceName+:s podManagementPolicy:s<PodManagementPolicyType=OrderedReady,Parallel> updateStrategy+:StatefulSetUpdateStrategy revisionHistoryLimit:*i minReadySeconds:i persistentVolumeClaimRetentionPolicy:*StatefulSetPersistentVolumeClaimRetentionPolicy ordinals:*StatefulSetOrdinals
StatefulSetStatus observedGeneration:l replicas!+:i readyReplicas:i currentReplicas:i updatedReplicas:i currentRevision:s updateRevision:s collisionCount#9:*i conditions:[]StatefulSetCondition~merge=type%type availableReplicas+:i
StatefulSetUpdateStrategy type:s<StatefulSetUpdateStrategyType=OnDelete,RollingUpdate> rollingUpdate:*RollingUpdateStatefulSetStrategy
# authentication.v1
BoundObjectReference kind:s apiVersion:s name:s uid:s<types.UID>
SelfSubjectReview kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta status+:SelfSubjectReviewStatus
SelfSubjectReviewStatus userInfo+:UserInfo
TokenRequest kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:TokenRequestSpec status+:TokenRequestStatus
TokenRequestSpec audiences+:[]s expirationSeconds#4+:*l boundObjectRef#3+:*BoundObjectReference
TokenRequestStatus token+:s expirationTimestamp+:time
UserInfo username:s uid:s groups:[]s extra:{}[]s
# authorization.v1
FieldSelectorAttributes rawSelector:s requirements:[]meta.v1.FieldSelectorRequirement
LabelSelectorAttributes rawSelector:s requirements:[]meta.v1.LabelSelectorRequirement
LocalSubjectAccessReview kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec!+:SubjectAccessReviewSpec status+:SubjectAccessReviewStatus
NonResourceAttributes path:s verb:s
NonResourceRule verbs!+:[]s nonResourceURLs:[]s
ResourceAttributes namespace:s verb:s group:s version:s resource:s subresource:s name:s fieldSelector:*FieldSelectorAttributes labelSelector:*LabelSelectorAttributes
ResourceRule verbs!+:[]s apiGroups:[]s resources:[]s resourceNames:[]s
SelfSubjectAccessReview kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec!+:SelfSubjectAccessReviewSpec status+:SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec resourceAttributes:*ResourceAttributes nonResourceAttributes:*NonResourceAttributes
SelfSubjectRulesReview kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec!+:SelfSubjectRulesReviewSpec status+:SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec namespace:s
SubjectAccessReview kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec!+:SubjectAccessReviewSpec status+:SubjectAccessReviewStatus
SubjectAccessReviewSpec resourceAttributes:*ResourceAttributes nonResourceAttributes:*NonResourceAttributes user:s groups:[]s extra:{}[]s uid:s
SubjectAccessReviewStatus allowed!+:b denied#4:b reason#2:s evaluationError:s
SubjectRulesReviewStatus resourceRules!+:[]ResourceRule nonResourceRules!+:[]NonResourceRule incomplete!+:b evaluationError:s
# autoscaling.v1
CrossVersionObjectReference%atomic kind!+:s name!+:s apiVersion:s
HorizontalPodAutoscaler kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec!+:HorizontalPodAutoscalerSpec status+:HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerSpec scaleTargetRef!+:CrossVersionObjectReference minReplicas:*i maxReplicas!+:i targetCPUUtilizationPercentage:*i
HorizontalPodAutoscalerStatus observedGeneration:*l lastScaleTime:*time currentReplicas!+:i desiredReplicas!+:i currentCPUUtilizationPercentage:*i
Scale kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:ScaleSpec status+:ScaleStatus
ScaleSpec replicas:i
ScaleStatus replicas!+:i selector:s
# autoscaling.v2
ContainerResourceMetricSource name!+:s<ResourceName> target!+:MetricTarget container!+:s
ContainerResourceMetricStatus name!+:s<ResourceName> current!+:MetricValueStatus container!+:s
CrossVersionObjectReference kind!+:s name!+:s apiVersion:s
ExternalMetricSource metric!+:MetricIdentifier target!+:MetricTarget
ExternalMetricStatus metric!+:MetricIdentifier current!+:MetricValueStatus
HPAScalingPolicy type!+:s<v2.HPAScalingPolicyType> value!+:i periodSeconds!+:i
HPAScalingRules stabilizationWindowSeconds#3:*i selectPolicy#1:*s<v2.ScalingPolicySelect> policies:[]HPAScalingPolicy tolerance#4:*quantity
HorizontalPodAutoscaler kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec!+:HorizontalPodAutoscalerSpec status+:HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerBehavior scaleUp:*HPAScalingRules scaleDown:*HPAScalingRules
HorizontalPodAutoscalerCondition type!+:s<v2.HorizontalPodAutoscalerConditionType> status!+:s<ConditionStatus> lastTransitionTime+:time reason:s message:s
HorizontalPodAutoscalerSpec scaleTargetRef!+:CrossVersionObjectReference minReplicas:*i maxReplicas!+:i metrics:[]MetricSpec behavior:*HorizontalPodAutoscalerBehavior
HorizontalPodAutoscalerStatus observedGeneration:*l lastScaleTime:*time currentReplicas:i desiredReplicas!+:i currentMetrics+:[]MetricStatus conditions:[]HorizontalPodAutoscalerCondition~merge=type%type
MetricIdentifier name!+:s selector:*meta.v1.LabelSelector
MetricSpec type!+:s<v2.MetricSourceType> object:*ObjectMetricSource pods:*PodsMetricSource resource:*ResourceMetricSource containerResource#7:*ContainerResourceMetricSource external#5:*ExternalMetricSource
MetricStatus type!+:s<v2.MetricSourceType> object:*ObjectMetricStatus pods:*PodsMetricStatus resource:*ResourceMetricStatus containerResource#7:*ContainerResourceMetricStatus external#5:*ExternalMetricStatus
MetricTarget type!+:s<v2.MetricTargetType> value:*quantity averageValue:*quantity averageUtilization:*i
MetricValueStatus value:*quantity averageValue:*quantity averageUtilization:*i
ObjectMetricSource describedObject!+:CrossVersionObjectReference target!+:MetricTarget metric!+:MetricIdentifier
ObjectMetricStatus metric!+:MetricIdentifier current!+:MetricValueStatus describedObject!+:CrossVersionObjectReference
PodsMetricSource metric!+:MetricIdentifier target!+:MetricTarget
PodsMetricStatus metric!+:MetricIdentifier current!+:MetricValueStatus
ResourceMetricSource name!+:s<ResourceName> target!+:MetricTarget
ResourceMetricStatus name!+:s<ResourceName> current!+:MetricValueStatus
# batch.v1
CronJob kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec!+:CronJobSpec status+:CronJobStatus
CronJobSpec schedule!+:s timeZone#8:*s startingDeadlineSeconds#2:*l concurrencyPolicy:s<ConcurrencyPolicy=Allow,Forbid,Replace> suspend:*b jobTemplate!+:JobTemplateSpec successfulJobsHistoryLimit:*i failedJobsHistoryLimit:*i
CronJobStatus active:[]core.v1.ObjectReference lastScheduleTime#4:*time lastSuccessfulTime:*time
Job kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:JobSpec status+:JobStatus
JobCondition type!+:s<JobConditionType> status!+:s<ConditionStatus> lastProbeTime+:time lastTransitionTime+:time reason:s message:s
JobSpec parallelism:*i completions:*i activeDeadlineSeconds:*l podFailurePolicy#11:*PodFailurePolicy successPolicy#16:*SuccessPolicy backoffLimit#7:*i backoffLimitPerIndex#12:*i maxFailedIndexes:*i selector#4:*meta.v1.LabelSelector manualSelector:*b template!+:core.v1.PodTemplateSpec ttlSecondsAfterFinished#8:*i completionMode:*s<CompletionMode=Indexed,NonIndexed> suspend:*b podReplacementPolicy#14:*s<PodReplacementPolicy=Failed,TerminatingOrFailed> managedBy:*s
JobStatus conditions:[]JobCondition~merge=type startTime:*time completionTime:*time active:i succeeded:i failed:i terminating#11:*i completedIndexes#7:s failedIndexes#10:*s uncountedTerminatedPods#8:*UncountedTerminatedPods ready:*i
JobTemplateSpec metadata+:meta.v1.ObjectMeta spec+:JobSpec
PodFailurePolicy rules!+:[]PodFailurePolicyRule
PodFailurePolicyOnExitCodesRequirement containerName:*s operator!+:s<PodFailurePolicyOnExitCodesOperator=In,NotIn> values!+:[]i%set
PodFailurePolicyOnPodConditionsPattern type!+:s<PodConditionType> status+:s<ConditionStatus>
PodFailurePolicyRule action!+:s<PodFailurePolicyAction=Count,FailIndex,FailJob,Ignore> onExitCodes:*PodFailurePolicyOnExitCodesRequirement onPodConditions:[]PodFailurePolicyOnPodConditionsPattern
SuccessPolicy rules!+:[]SuccessPolicyRule
SuccessPolicyRule succeededIndexes:*s succeededCount:*i
UncountedTerminatedPods succeeded:[]s<types.UID>%set failed:[]s<types.UID>%set
# discovery.v1
Endpoint addresses!+:[]s%set conditions+:EndpointConditions hostname:*s targetRef:*core.v1.ObjectReference deprecatedTopology:{}s nodeName:*s zone:*s hints:*EndpointHints
EndpointConditions ready:*b serving:*b terminating:*b
EndpointHints forZones:[]ForZone forNodes:[]ForNode
EndpointPort%atomic name:*s protocol:*s<Protocol=SCTP,TCP,UDP> port:*i appProtocol:*s
EndpointSlice kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta addressType#4!+:s<AddressType=FQDN,IPv4,IPv6> endpoints#2+:[]Endpoint ports+:[]EndpointPort
ForNode name!+:s
ForZone name!+:s
# meta.v1
Condition type!+:s status!+:s<ConditionStatus> observedGeneration:l lastTransitionTime!+:time reason!+:s message!+:s
DeleteOptions kind#:s apiVersion#:s gracePeriodSeconds:*l preconditions:*Preconditions orphanDependents:*b propagationPolicy:*s<DeletionPropagation> dryRun:[]s ignoreStoreReadErrorWithClusterBreakingPotential:*b
FieldSelectorRequirement key!+:s operator!+:s<FieldSelectorOperator> values:[]s
LabelSelector%atomic matchLabels:{}s matchExpressions:[]LabelSelectorRequirement
LabelSelectorRequirement key!+:s operator!+:s<LabelSelectorOperator> values:[]s
ListMeta selfLink:s resourceVersion:s continue:s remainingItemCount:*l shardInfo:*ShardInfo
ManagedFieldsEntry manager:s operation:s<ManagedFieldsOperationType> apiVersion:s time:*time fieldsType#6:s fieldsV1:*fields subresource:s
ObjectMeta name:s generateName:s namespace:s selfLink:s uid:s<types.UID> resourceVersion:s generation:l creationTimestamp:time deletionTimestamp:*time deletionGracePeriodSeconds:*l labels:{}s annotations:{}s ownerReferences:[]OwnerReference~merge=uid%uid finalizers:[]s~merge%set managedFields#17:[]ManagedFieldsEntry
OwnerReference%atomic apiVersion#5!+:s kind#1!+:s name#3!+:s uid!+:s<types.UID> controller#6:*b blockOwnerDeletion:*b
Preconditions uid:*s<types.UID> resourceVersion:*s
ShardInfo selector!+:s
Status kind#:s apiVersion#:s metadata+:ListMeta status:s message:s reason:s<StatusReason> details:*StatusDetails code:i
StatusCause reason:s<CauseType> message:s field:s
StatusDetails name:s group:s kind:s uid#6:s<types.UID> causes#4:[]StatusCause retryAfterSeconds:i
# networking.v1
HTTPIngressPath path:s pathType#3!+:*s<PathType=Exact,ImplementationSpecific,Prefix> backend#2!+:IngressBackend
HTTPIngressRuleValue paths!+:[]HTTPIngressPath
IPBlock cidr!+:s except:[]s
Ingress kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:IngressSpec status+:IngressStatus
IngressBackend service#4:*IngressServiceBackend resource#3:*core.v1.TypedLocalObjectReference
IngressClass kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:IngressClassSpec
IngressClassParametersReference apiGroup:*s kind!+:s name!+:s scope+:*s namespace:*s
IngressClassSpec controller:s parameters:*IngressClassParametersReference
IngressLoadBalancerIngress ip:s hostname:s ports#4:[]IngressPortStatus
IngressLoadBalancerStatus ingress:[]IngressLoadBalancerIngress
IngressPortStatus port!+:i protocol!+:s<Protocol=SCTP,TCP,UDP> error:*s
IngressRule host:s http#2.1:*HTTPIngressRuleValue
IngressServiceBackend name!+:s port+:ServiceBackendPort
IngressSpec ingressClassName#4:*s defaultBackend#1:*IngressBackend tls:[]IngressTLS rules:[]IngressRule
IngressStatus loadBalancer+:IngressLoadBalancerStatus
IngressTLS hosts:[]s secretName:s
NetworkPolicy kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:NetworkPolicySpec
NetworkPolicyEgressRule ports:[]NetworkPolicyPort to:[]NetworkPolicyPeer
NetworkPolicyIngressRule ports:[]NetworkPolicyPort from:[]NetworkPolicyPeer
NetworkPolicyPeer podSelector:*meta.v1.LabelSelector namespaceSelector:*meta.v1.LabelSelector ipBlock:*IPBlock
NetworkPolicyPort protocol:*s<Protocol=SCTP,TCP,UDP> port:*intstr endPort:*i
NetworkPolicySpec podSelector+:meta.v1.LabelSelector ingress:[]NetworkPolicyIngressRule egress:[]NetworkPolicyEgressRule policyTypes:[]s<PolicyType=Egress,Ingress>
ServiceBackendPort%atomic name:s number:i
# policy.v1
Eviction kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta deleteOptions:*meta.v1.DeleteOptions
PodDisruptionBudget kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:PodDisruptionBudgetSpec status+:PodDisruptionBudgetStatus
PodDisruptionBudgetSpec minAvailable:*intstr selector:*meta.v1.LabelSelector~replace maxUnavailable:*intstr unhealthyPodEvictionPolicy:*s<UnhealthyPodEvictionPolicyType=AlwaysAllow,IfHealthyBudget>
PodDisruptionBudgetStatus observedGeneration:l disruptedPods:{}time disruptionsAllowed+:i currentHealthy+:i desiredHealthy+:i expectedPods+:i conditions:[]meta.v1.Condition~merge=type%type
# rbac.v1
AggregationRule clusterRoleSelectors:[]meta.v1.LabelSelector
ClusterRole kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta rules+:[]PolicyRule aggregationRule:*AggregationRule
ClusterRoleBinding kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta subjects:[]Subject roleRef!+:RoleRef
PolicyRule verbs!+:[]s apiGroups:[]s resources:[]s resourceNames:[]s nonResourceURLs:[]s
Role kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta rules+:[]PolicyRule
RoleBinding kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta subjects:[]Subject roleRef!+:RoleRef
RoleRef%atomic apiGroup+:s kind!+:s name!+:s
Subject%atomic kind!+:s apiGroup:s name!+:s namespace:s
# scheduling.v1
PriorityClass kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta value+:i globalDefault:b description:s preemptionPolicy:*s<PreemptionPolicy=Never,PreemptLowerPriority>
# storage.v1
StorageClass kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta provisioner!+:s parameters:{}s reclaimPolicy:*s<PersistentVolumeReclaimPolicy=Delete,Recycle,Retain> mountOptions:[]s allowVolumeExpansion:*b volumeBindingMode:*s<VolumeBindingMode=Immediate,WaitForFirstConsumer> allowedTopologies:[]core.v1.TopologySelectorTerm
`;
