// Written by .scripts/record-kubernetes-schema.mjs from Kubernetes 1.36. Do not change it by hand.
// biome-ignore-all format: a line a type

/** Types of the API, one a line; `type-lines.ts` says how they are written. */
export const coreTypes = `
# core.v1
AWSElasticBlockStoreVolumeSource volumeID!+:s fsType:s partition:i readOnly:b
Affinity nodeAffinity:*NodeAffinity podAffinity:*PodAffinity podAntiAffinity:*PodAntiAffinity
AppArmorProfile type!+:s<AppArmorProfileType=Localhost,RuntimeDefault,Unconfined> localhostProfile:*s
AttachedVolume name!+:s<UniqueVolumeName> devicePath!+:s
AzureDiskVolumeSource diskName!+:s diskURI!+:s cachingMode:*s<AzureDataDiskCachingMode=None,ReadOnly,ReadWrite> fsType:*s readOnly:*b kind:*s<AzureDataDiskKind=Dedicated,Managed,Shared>
AzureFilePersistentVolumeSource secretName!+:s shareName!+:s readOnly:b secretNamespace+:*s
AzureFileVolumeSource secretName!+:s shareName!+:s readOnly:b
Binding kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta target!+:ObjectReference
CSIPersistentVolumeSource driver!+:s volumeHandle!+:s readOnly:b fsType:s volumeAttributes:{}s controllerPublishSecretRef:*SecretReference nodeStageSecretRef:*SecretReference nodePublishSecretRef:*SecretReference controllerExpandSecretRef:*SecretReference nodeExpandSecretRef:*SecretReference
CSIVolumeSource driver!+:s readOnly:*b fsType:*s volumeAttributes:{}s nodePublishSecretRef:*LocalObjectReference
Capabilities add:[]s<Capability> drop:[]s<Capability>
CephFSPersistentVolumeSource monitors!+:[]s path:s user:s secretFile:s secretRef:*SecretReference readOnly:b
CephFSVolumeSource monitors!+:[]s path:s user:s secretFile:s secretRef:*LocalObjectReference readOnly:b
CinderPersistentVolumeSource volumeID!+:s fsType:s readOnly:b secretRef:*SecretReference
CinderVolumeSource volumeID!+:s fsType:s readOnly:b secretRef:*LocalObjectReference
ClientIPConfig timeoutSeconds:*i
ClusterTrustBundleProjection name:*s signerName:*s labelSelector:*meta.v1.LabelSelector optional#5:*b path#4!+:s
ConfigMap kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta immutable#4:*b data#2:{}s binaryData:{}bytes
ConfigMapEnvSource name#1.1:s optional#2:*b
ConfigMapKeySelector%atomic name#1.1:s key#2!+:s optional:*b
ConfigMapNodeConfigSource namespace!+:s name!+:s uid:s<types.UID> resourceVersion:s kubeletConfigKey!+:s
ConfigMapProjection name#1.1:s items#2:[]KeyToPath optional#4:*b
ConfigMapVolumeSource name#1.1:s items#2:[]KeyToPath defaultMode:*i optional:*b
Container name!+:s image:s command:[]s args:[]s workingDir:s ports:[]ContainerPort~merge=containerPort%containerPort,protocol envFrom#19:[]EnvFromSource env#7:[]EnvVar~merge=name%name resources+:ResourceRequirements resizePolicy#23:[]ContainerResizePolicy restartPolicy:*s<ContainerRestartPolicy> restartPolicyRules:[]ContainerRestartRule volumeMounts#9:[]VolumeMount~merge=mountPath%mountPath volumeDevices#21:[]VolumeDevice~merge=devicePath%devicePath livenessProbe#10:*Probe readinessProbe:*Probe startupProbe#22:*Probe lifecycle#12:*Lifecycle terminationMessagePath:s terminationMessagePolicy#20:s<TerminationMessagePolicy=FallbackToLogsOnError,File> imagePullPolicy#14:s<PullPolicy=Always,IfNotPresent,Never> securityContext:*SecurityContext stdin:b stdinOnce:b tty:b
ContainerExtendedResourceRequest containerName!+:s resourceName!+:s requestName!+:s
ContainerImage names+:[]s sizeBytes:l
ContainerPort name:s hostPort:i containerPort!+:i protocol:s<Protocol=SCTP,TCP,UDP> hostIP:s
ContainerResizePolicy resourceName!+:s<ResourceName> restartPolicy!+:s<ResourceResizeRestartPolicy>
ContainerRestartRule action!:s<ContainerRestartRuleAction> exitCodes:*ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator!:s<ContainerRestartRuleOnExitCodesOperator> values:[]i%set
ContainerState waiting:*ContainerStateWaiting running:*ContainerStateRunning terminated:*ContainerStateTerminated
ContainerStateRunning startedAt+:time
ContainerStateTerminated exitCode!+:i signal:i reason:s message:s startedAt+:time finishedAt+:time containerID:s
ContainerStateWaiting reason:s message:s
ContainerStatus name!+:s state+:ContainerState lastState+:ContainerState ready!+:b restartCount!+:i image!+:s imageID!+:s containerID:s started:*b allocatedResources:{ResourceList}quantity resources:*ResourceRequirements volumeMounts:[]VolumeMountStatus~merge=mountPath%mountPath user:*ContainerUser allocatedResourcesStatus:[]ResourceStatus~merge=name%name stopSignal:*s<Signal=SIGABRT,SIGALRM,SIGBUS,SIGCHLD,SIGCLD,SIGCONT,SIGFPE,SIGHUP,SIGILL,SIGINT,SIGIO,SIGIOT,SIGKILL,SIGPIPE,SIGPOLL,SIGPROF,SIGPWR,SIGQUIT,SIGRTMAX,SIGRTMAX-1,SIGRTMAX-10,SIGRTMAX-11,SIGRTMAX-12,SIGRTMAX-13,SIGRTMAX-14,SIGRTMAX-2,SIGRTMAX-3,SIGRTMAX-4,SIGRTMAX-5,SIGRTMAX-6,SIGRTMAX-7,SIGRTMAX-8,SIGRTMAX-9,SIGRTMIN,SIGRTMIN+1,SIGRTMIN+10,SIGRTMIN+11,SIGRTMIN+12,SIGRTMIN+13,SIGRTMIN+14,SIGRTMIN+15,SIGRTMIN+2,SIGRTMIN+3,SIGRTMIN+4,SIGRTMIN+5,SIGRTMIN+6,SIGRTMIN+7,SIGRTMIN+8,SIGRTMIN+9,SIGSEGV,SIGSTKFLT,SIGSTOP,SIGSYS,SIGTERM,SIGTRAP,SIGTSTP,SIGTTIN,SIGTTOU,SIGURG,SIGUSR1,SIGUSR2,SIGVTALRM,SIGWINCH,SIGXCPU,SIGXFSZ>
ContainerUser linux:*LinuxContainerUser
DaemonEndpoint Port!+:i
DownwardAPIProjection items:[]DownwardAPIVolumeFile
DownwardAPIVolumeFile path!+:s fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector mode:*i
DownwardAPIVolumeSource items:[]DownwardAPIVolumeFile defaultMode:*i
EmptyDirVolumeSource medium:s<StorageMedium> sizeLimit:*quantity
EndpointAddress%atomic ip!+:s hostname#3:s nodeName:*s targetRef#2:*ObjectReference
EndpointPort%atomic name:s port!+:i protocol:s<Protocol=SCTP,TCP,UDP> appProtocol:*s
EndpointSubset addresses:[]EndpointAddress notReadyAddresses:[]EndpointAddress ports:[]EndpointPort
Endpoints kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta subsets:[]EndpointSubset
EnvFromSource prefix:s configMapRef:*ConfigMapEnvSource secretRef:*SecretEnvSource
EnvVar name!+:s value:s valueFrom:*EnvVarSource
EnvVarSource fieldRef:*ObjectFieldSelector resourceFieldRef:*ResourceFieldSelector configMapKeyRef:*ConfigMapKeySelector secretKeyRef:*SecretKeySelector fileKeyRef:*FileKeySelector
EphemeralContainer name#1.1!+:s image:s command:[]s args:[]s workingDir:s ports:[]ContainerPort~merge=containerPort%containerPort,protocol envFrom#1.19:[]EnvFromSource env#1.7:[]EnvVar~merge=name%name resources+:ResourceRequirements resizePolicy#1.23:[]ContainerResizePolicy restartPolicy:*s<ContainerRestartPolicy> restartPolicyRules:[]ContainerRestartRule volumeMounts#1.9:[]VolumeMount~merge=mountPath%mountPath volumeDevices#1.21:[]VolumeDevice~merge=devicePath%devicePath livenessProbe#1.10:*Probe readinessProbe:*Probe startupProbe#1.22:*Probe lifecycle#1.12:*Lifecycle terminationMessagePath:s terminationMessagePolicy#1.20:s<TerminationMessagePolicy=FallbackToLogsOnError,File> imagePullPolicy#1.14:s<PullPolicy=Always,IfNotPresent,Never> securityContext:*SecurityContext stdin:b stdinOnce:b tty:b targetContainerName#2:s
EphemeralVolumeSource volumeClaimTemplate:*PersistentVolumeClaimTemplate
Event kind#:s apiVersion#:s metadata!+:meta.v1.ObjectMeta involvedObject!+:ObjectReference reason:s message:s source+:EventSource firstTimestamp+:time lastTimestamp+:time count:i type:s eventTime+:micro series:*EventSeries action:s related:*ObjectReference reportingComponent+:s reportingInstance+:s
EventSeries count:i lastObservedTime+:micro
EventSource component:s host:s
ExecAction command:[]s
FCVolumeSource targetWWNs:[]s lun:*i fsType:s readOnly:b wwids:[]s
FileKeySelector%atomic volumeName!+:s path!+:s key!+:s optional:*b
FlexPersistentVolumeSource driver!+:s fsType:s secretRef:*SecretReference readOnly:b options:{}s
FlexVolumeSource driver!+:s fsType:s secretRef:*LocalObjectReference readOnly:b options:{}s
FlockerVolumeSource datasetName:s datasetUUID:s
GCEPersistentDiskVolumeSource pdName!+:s fsType:s partition:i readOnly:b
GRPCAction port!+:i service+:*s
GitRepoVolumeSource repository!+:s revision:s directory:s
GlusterfsPersistentVolumeSource endpoints!+:s path!+:s readOnly:b endpointsNamespace:*s
GlusterfsVolumeSource endpoints!+:s path!+:s readOnly:b
HTTPGetAction path:s port!+:intstr host:s scheme:s<URIScheme=HTTP,HTTPS> httpHeaders:[]HTTPHeader
HTTPHeader name!+:s value!+:s
HostAlias ip!+:s hostnames:[]s
HostIP ip!+:s
HostPathVolumeSource path!+:s type:*s<HostPathType=,BlockDevice,CharDevice,Directory,DirectoryOrCreate,File,FileOrCreate,Socket>
ISCSIPersistentVolumeSource targetPortal!+:s iqn!+:s lun!+:i iscsiInterface:s fsType:s readOnly:b portals:[]s chapAuthDiscovery:b chapAuthSession#11:b secretRef#10:*SecretReference initiatorName#12:*s
ISCSIVolumeSource targetPortal!+:s iqn!+:s lun!+:i iscsiInterface:s fsType:s readOnly:b portals:[]s chapAuthDiscovery:b chapAuthSession#11:b secretRef#10:*LocalObjectReference initiatorName#12:*s
ImageVolumeSource reference:s pullPolicy:s<PullPolicy=Always,IfNotPresent,Never>
ImageVolumeStatus imageRef!:s
KeyToPath key!+:s path!+:s mode:*i
Lifecycle postStart:*LifecycleHandler preStop:*LifecycleHandler stopSignal:*s<Signal=SIGABRT,SIGALRM,SIGBUS,SIGCHLD,SIGCLD,SIGCONT,SIGFPE,SIGHUP,SIGILL,SIGINT,SIGIO,SIGIOT,SIGKILL,SIGPIPE,SIGPOLL,SIGPROF,SIGPWR,SIGQUIT,SIGRTMAX,SIGRTMAX-1,SIGRTMAX-10,SIGRTMAX-11,SIGRTMAX-12,SIGRTMAX-13,SIGRTMAX-14,SIGRTMAX-2,SIGRTMAX-3,SIGRTMAX-4,SIGRTMAX-5,SIGRTMAX-6,SIGRTMAX-7,SIGRTMAX-8,SIGRTMAX-9,SIGRTMIN,SIGRTMIN+1,SIGRTMIN+10,SIGRTMIN+11,SIGRTMIN+12,SIGRTMIN+13,SIGRTMIN+14,SIGRTMIN+15,SIGRTMIN+2,SIGRTMIN+3,SIGRTMIN+4,SIGRTMIN+5,SIGRTMIN+6,SIGRTMIN+7,SIGRTMIN+8,SIGRTMIN+9,SIGSEGV,SIGSTKFLT,SIGSTOP,SIGSYS,SIGTERM,SIGTRAP,SIGTSTP,SIGTTIN,SIGTTOU,SIGURG,SIGUSR1,SIGUSR2,SIGVTALRM,SIGWINCH,SIGXCPU,SIGXFSZ>
LifecycleHandler exec:*ExecAction httpGet:*HTTPGetAction tcpSocket:*TCPSocketAction sleep:*SleepAction
LimitRange kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:LimitRangeSpec
LimitRangeItem type!+:s<LimitType> max:{ResourceList}quantity min:{ResourceList}quantity default:{ResourceList}quantity defaultRequest:{ResourceList}quantity maxLimitRequestRatio:{ResourceList}quantity
LimitRangeSpec limits!+:[]LimitRangeItem
LinuxContainerUser uid!+:l gid!+:l supplementalGroups:[]l
LoadBalancerIngress ip:s hostname:s ipMode:*s<LoadBalancerIPMode> ports:[]PortStatus
LoadBalancerStatus ingress:[]LoadBalancerIngress
LocalObjectReference%atomic name:s
LocalVolumeSource path!+:s fsType:*s
ModifyVolumeStatus targetVolumeAttributesClassName:s status!+:s<PersistentVolumeClaimModifyVolumeStatus=InProgress,Infeasible,Pending>
NFSVolumeSource server!+:s path!+:s readOnly:b
Namespace kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:NamespaceSpec status+:NamespaceStatus
NamespaceCondition type!+:s<NamespaceConditionType> status!+:s<ConditionStatus> lastTransitionTime#4+:time reason:s message:s
NamespaceSpec finalizers:[]s<FinalizerName>
NamespaceStatus phase:s<NamespacePhase=Active,Terminating> conditions:[]NamespaceCondition~merge=type%type
Node kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:NodeSpec status+:NodeStatus
NodeAddress type!+:s<NodeAddressType> address!+:s
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:*NodeSelector preferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm
NodeAllocatableResourceClaimStatus resourceClaimName!+:s containers:[]s%set resources!+:{map[v1.ResourceName]resource.Quantity}quantity
NodeCondition type!+:s<NodeConditionType> status!+:s<ConditionStatus> lastHeartbeatTime+:time lastTransitionTime+:time reason:s message:s
NodeConfigSource configMap#2:*ConfigMapNodeConfigSource
NodeConfigStatus assigned:*NodeConfigSource active:*NodeConfigSource lastKnownGood:*NodeConfigSource error:s
NodeDaemonEndpoints kubeletEndpoint+:DaemonEndpoint
NodeFeatures supplementalGroupsPolicy:*b
NodeRuntimeHandler name+:s features:*NodeRuntimeHandlerFeatures
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:*b userNamespaces:*b
NodeSelector%atomic nodeSelectorTerms!+:[]NodeSelectorTerm
NodeSelectorRequirement key!+:s operator!+:s<NodeSelectorOperator=DoesNotExist,Exists,Gt,In,Lt,NotIn> values:[]s
NodeSelectorTerm%atomic matchExpressions:[]NodeSelectorRequirement matchFields:[]NodeSelectorRequirement
NodeSpec podCIDR:s podCIDRs#7:[]s~merge%set providerID#3:s unschedulable:b taints:[]Taint configSource:*NodeConfigSource externalID#2:s
NodeStatus capacity:{ResourceList}quantity allocatable:{ResourceList}quantity phase:s<NodePhase=Pending,Running,Terminated> conditions:[]NodeCondition~merge=type%type addresses:[]NodeAddress~merge=type%type daemonEndpoints+:NodeDaemonEndpoints nodeInfo+:NodeSystemInfo images:[]ContainerImage volumesInUse:[]s<UniqueVolumeName> volumesAttached:[]AttachedVolume config:*NodeConfigStatus runtimeHandlers:[]NodeRuntimeHandler features:*NodeFeatures declaredFeatures:[]s
NodeSwapStatus capacity:*l
NodeSystemInfo machineID!+:s systemUUID!+:s bootID!+:s kernelVersion!+:s osImage!+:s containerRuntimeVersion!+:s kubeletVersion!+:s kubeProxyVersion!+:s operatingSystem!+:s architecture!+:s swap:*NodeSwapStatus
ObjectFieldSelector%atomic apiVersion:s fieldPath!+:s
ObjectReference%atomic kind:s namespace:s name:s uid:s<types.UID> apiVersion:s resourceVersion:s fieldPath:s
PersistentVolume kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:PersistentVolumeSpec status+:PersistentVolumeStatus
PersistentVolumeClaim kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:PersistentVolumeClaimSpec status+:PersistentVolumeClaimStatus
PersistentVolumeClaimCondition type!+:s<PersistentVolumeClaimConditionType> status!+:s<ConditionStatus> lastProbeTime+:time lastTransitionTime+:time reason:s message:s
PersistentVolumeClaimSpec accessModes:[]s<PersistentVolumeAccessMode=ReadOnlyMany,ReadWriteMany,ReadWriteOnce,ReadWriteOncePod> selector#4:*meta.v1.LabelSelector resources#2+:VolumeResourceRequirements volumeName:s storageClassName#5:*s volumeMode:*s<PersistentVolumeMode=Block,Filesystem> dataSource:*TypedLocalObjectReference dataSourceRef:*TypedObjectReference volumeAttributesClassName:*s
PersistentVolumeClaimStatus phase:s<PersistentVolumeClaimPhase=Bound,Lost,Pending> accessModes:[]s<PersistentVolumeAccessMode=ReadOnlyMany,ReadWriteMany,ReadWriteOnce,ReadWriteOncePod> capacity:{ResourceList}quantity conditions:[]PersistentVolumeClaimCondition~merge=type%type allocatedResources:{ResourceList}quantity allocatedResourceStatuses#7:{map[v1.ResourceName]v1.ClaimResourceStatus}s<ClaimResourceStatus=ControllerResizeInProgress,ControllerResizeInfeasible,NodeResizeInProgress,NodeResizeInfeasible,NodeResizePending> currentVolumeAttributesClassName:*s modifyVolumeStatus:*ModifyVolumeStatus
PersistentVolumeClaimTemplate metadata+:meta.v1.ObjectMeta spec!+:PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource claimName!+:s readOnly:b
PersistentVolumeSpec capacity:{ResourceList}quantity gcePersistentDisk#2.1:*GCEPersistentDiskVolumeSource awsElasticBlockStore:*AWSElasticBlockStoreVolumeSource hostPath:*HostPathVolumeSource glusterfs:*GlusterfsPersistentVolumeSource nfs:*NFSVolumeSource rbd:*RBDPersistentVolumeSource iscsi:*ISCSIPersistentVolumeSource cinder:*CinderPersistentVolumeSource cephfs:*CephFSPersistentVolumeSource fc:*FCVolumeSource flocker:*FlockerVolumeSource flexVolume:*FlexPersistentVolumeSource azureFile:*AzureFilePersistentVolumeSource vsphereVolume:*VsphereVirtualDiskVolumeSource quobyte:*QuobyteVolumeSource azureDisk:*AzureDiskVolumeSource photonPersistentDisk:*PhotonPersistentDiskVolumeSource portworxVolume:*PortworxVolumeSource scaleIO:*ScaleIOPersistentVolumeSource local:*LocalVolumeSource storageos:*StorageOSPersistentVolumeSource csi:*CSIPersistentVolumeSource accessModes#3:[]s<PersistentVolumeAccessMode=ReadOnlyMany,ReadWriteMany,ReadWriteOnce,ReadWriteOncePod> claimRef:*ObjectReference persistentVolumeReclaimPolicy:s<PersistentVolumeReclaimPolicy=Delete,Recycle,Retain> storageClassName:s mountOptions:[]s volumeMode:*s<PersistentVolumeMode=Block,Filesystem> nodeAffinity:*VolumeNodeAffinity volumeAttributesClassName:*s
PersistentVolumeStatus phase:s<PersistentVolumePhase=Available,Bound,Failed,Pending,Released> message:s reason:s lastPhaseTransitionTime:*time
PhotonPersistentDiskVolumeSource pdID!+:s fsType:s
Pod kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:PodSpec status+:PodStatus
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodAffinityTerm labelSelector:*meta.v1.LabelSelector namespaces:[]s topologyKey!+:s namespaceSelector:*meta.v1.LabelSelector matchLabelKeys:[]s mismatchLabelKeys:[]s
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm
PodCertificateProjection signerName!:s keyType!:s maxExpirationSeconds:*i credentialBundlePath:s keyPath:s certificateChainPath:s userAnnotations:{}s
PodCondition type!+:s<PodConditionType> observedGeneration#7:l status#2!+:s<ConditionStatus> lastProbeTime+:time lastTransitionTime+:time reason:s message:s
PodDNSConfig nameservers:[]s searches:[]s options:[]PodDNSConfigOption
PodDNSConfigOption name:s value:*s
PodExtendedResourceClaimStatus requestMappings!+:[]ContainerExtendedResourceRequest resourceClaimName!+:s
PodIP ip!+:s
PodOS name!+:s<OSName>
PodReadinessGate conditionType!+:s<PodConditionType>
PodResourceClaim name!+:s resourceClaimName#3:*s resourceClaimTemplateName:*s
PodResourceClaimStatus name!+:s resourceClaimName:*s
PodSchedulingGate name!+:s
PodSchedulingGroup podGroupName:*s
PodSecurityContext seLinuxOptions:*SELinuxOptions windowsOptions#8:*WindowsSecurityContextOptions runAsUser#2:*l runAsGroup#6:*l runAsNonRoot#3:*b supplementalGroups:[]l supplementalGroupsPolicy#12:*s<SupplementalGroupsPolicy=Merge,Strict> fsGroup#5:*l sysctls#7:[]Sysctl fsGroupChangePolicy#9:*s<PodFSGroupChangePolicy=Always,OnRootMismatch> seccompProfile:*SeccompProfile appArmorProfile:*AppArmorProfile seLinuxChangePolicy#13:*s<PodSELinuxChangePolicy>
PodSpec volumes:[]Volume~merge,retainKeys=name%name initContainers#20:[]Container~merge=name%name containers#2!+:[]Container~merge=name%name ephemeralContainers#34:[]EphemeralContainer~merge=name%name restartPolicy#3:s<RestartPolicy=Always,Never,OnFailure> terminationGracePeriodSeconds:*l activeDeadlineSeconds:*l dnsPolicy:s<DNSPolicy=ClusterFirst,ClusterFirstWithHostNet,Default,None> nodeSelector:{}s%atomic serviceAccountName:s serviceAccount:s automountServiceAccountToken#21:*b nodeName#10:s hostNetwork:b hostPID:b hostIPC:b shareProcessNamespace#27:*b securityContext#14:*PodSecurityContext imagePullSecrets:[]LocalObjectReference~merge=name%name hostname:s subdomain:s affinity:*Affinity schedulerName:s tolerations#22:[]Toleration hostAliases:[]HostAlias~merge=ip%ip priorityClassName:s priority:*i dnsConfig:*PodDNSConfig readinessGates#28:[]PodReadinessGate runtimeClassName:*s enableServiceLinks:*b preemptionPolicy:*s<PreemptionPolicy=Never,PreemptLowerPriority> overhead:{ResourceList}quantity topologySpreadConstraints:[]TopologySpreadConstraint~merge=topologyKey%topologyKey,whenUnsatisfiable setHostnameAsFQDN#35:*b os:*PodOS hostUsers:*b schedulingGates:[]PodSchedulingGate~merge=name%name resourceClaims:[]PodResourceClaim~merge,retainKeys=name%name resources:*ResourceRequirements hostnameOverride:*s schedulingGroup#43:*PodSchedulingGroup
PodStatus observedGeneration#17:l phase#1:s<PodPhase=Failed,Pending,Running,Succeeded,Unknown> conditions:[]PodCondition~merge=type%type message:s reason:s nominatedNodeName#11:s hostIP#5:s hostIPs#16:[]HostIP~merge=ip podIP#6:s podIPs#12:[]PodIP~merge=ip%ip startTime#7:*time initContainerStatuses#10:[]ContainerStatus containerStatuses#8:[]ContainerStatus qosClass:s<PodQOSClass=BestEffort,Burstable,Guaranteed> ephemeralContainerStatuses#13:[]ContainerStatus resize:s<PodResizeStatus> resourceClaimStatuses:[]PodResourceClaimStatus~merge,retainKeys=name%name extendedResourceClaimStatus#18:*PodExtendedResourceClaimStatus allocatedResources:{ResourceList}quantity resources:*ResourceRequirements nodeAllocatableResourceClaimStatuses:[]NodeAllocatableResourceClaimStatus
PodTemplateSpec metadata+:meta.v1.ObjectMeta spec+:PodSpec
PortStatus port!+:i protocol!+:s<Protocol=SCTP,TCP,UDP> error:*s
PortworxVolumeSource volumeID!+:s fsType:s readOnly:b
PreferredSchedulingTerm weight!+:i preference!+:NodeSelectorTerm
Probe exec#1.1:*ExecAction httpGet:*HTTPGetAction tcpSocket:*TCPSocketAction grpc:*GRPCAction initialDelaySeconds#2:i timeoutSeconds:i periodSeconds:i successThreshold:i failureThreshold:i terminationGracePeriodSeconds:*l
ProjectedVolumeSource sources+:[]VolumeProjection defaultMode:*i
QuobyteVolumeSource registry!+:s volume!+:s readOnly:b user:s group:s tenant:s
RBDPersistentVolumeSource monitors!+:[]s image!+:s fsType:s pool:s user:s keyring:s secretRef:*SecretReference readOnly:b
RBDVolumeSource monitors!+:[]s image!+:s fsType:s pool:s user:s keyring:s secretRef:*LocalObjectReference readOnly:b
ResourceClaim name!+:s request:s
ResourceFieldSelector%atomic containerName:s resource!+:s divisor+:quantity
ResourceHealth resourceID!+:s<ResourceID> health:s<ResourceHealthStatus> message#6:*s
ResourceQuota kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:ResourceQuotaSpec status+:ResourceQuotaStatus
ResourceQuotaSpec hard:{ResourceList}quantity scopes:[]s<ResourceQuotaScope=BestEffort,CrossNamespacePodAffinity,NotBestEffort,NotTerminating,PriorityClass,Terminating,VolumeAttributesClass> scopeSelector:*ScopeSelector
ResourceQuotaStatus hard:{ResourceList}quantity used:{ResourceList}quantity
ResourceRequirements limits:{ResourceList}quantity requests:{ResourceList}quantity claims:[]ResourceClaim%name
ResourceStatus name!+:s<ResourceName> resources:[]ResourceHealth%resourceID
SELinuxOptions user:s role:s type:s level:s
ScaleIOPersistentVolumeSource gateway!+:s system!+:s secretRef!+:*SecretReference sslEnabled:b protectionDomain:s storagePool:s storageMode:s volumeName:s fsType:s readOnly:b
ScaleIOVolumeSource gateway!+:s system!+:s secretRef!+:*LocalObjectReference sslEnabled:b protectionDomain:s storagePool:s storageMode:s volumeName:s fsType:s readOnly:b
ScopeSelector%atomic matchExpressions:[]ScopedResourceSelectorRequirement
ScopedResourceSelectorRequirement scopeName!+:s<ResourceQuotaScope=BestEffort,CrossNamespacePodAffinity,NotBestEffort,NotTerminating,PriorityClass,Terminating,VolumeAttributesClass> operator!+:s<ScopeSelectorOperator=DoesNotExist,Exists,In,NotIn> values:[]s
SeccompProfile type!+:s<SeccompProfileType=Localhost,RuntimeDefault,Unconfined> localhostProfile:*s
Secret kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta immutable#5:*b data#2:{}bytes stringData#4:{}s type#3:s<SecretType>
SecretEnvSource name#1.1:s optional#2:*b
SecretKeySelector%atomic name#1.1:s key#2!+:s optional:*b
SecretProjection name#1.1:s items#2:[]KeyToPath optional#4:*b
SecretReference%atomic name:s namespace:s
SecretVolumeSource secretName:s items:[]KeyToPath defaultMode:*i optional:*b
SecurityContext capabilities:*Capabilities privileged:*b seLinuxOptions:*SELinuxOptions windowsOptions#10:*WindowsSecurityContextOptions runAsUser#4:*l runAsGroup#8:*l runAsNonRoot#5:*b readOnlyRootFilesystem:*b allowPrivilegeEscalation:*b procMount#9:*s<ProcMountType=Default,Unmasked> seccompProfile#11:*SeccompProfile appArmorProfile:*AppArmorProfile
Service kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta spec+:ServiceSpec status+:ServiceStatus
ServiceAccount kind#:s apiVersion#:s metadata+:meta.v1.ObjectMeta secrets:[]ObjectReference~merge=name%name imagePullSecrets:[]LocalObjectReference automountServiceAccountToken:*b
ServiceAccountTokenProjection audience:s expirationSeconds:*l path!+:s
ServicePort name:s protocol:s<Protocol=SCTP,TCP,UDP> appProtocol#6:*s port#3!+:i targetPort+:intstr nodePort:i
ServiceSpec ports:[]ServicePort~merge=port%port,protocol selector:{}s%atomic clusterIP:s clusterIPs#18:[]s type#4:s<ServiceType=ClusterIP,ExternalName,LoadBalancer,NodePort> externalIPs:[]s sessionAffinity#7:s<ServiceAffinity=ClientIP,None> loadBalancerIP:s loadBalancerSourceRanges:[]s externalName:s externalTrafficPolicy:s<ServiceExternalTrafficPolicy=Cluster,Local> healthCheckNodePort:i publishNotReadyAddresses:b sessionAffinityConfig:*SessionAffinityConfig ipFamilies#19:[]s<IPFamily=,IPv4,IPv6> ipFamilyPolicy#17:*s<IPFamilyPolicy=PreferDualStack,RequireDualStack,SingleStack> allocateLoadBalancerNodePorts#20:*b loadBalancerClass:*s internalTrafficPolicy:*s<ServiceInternalTrafficPolicy=Cluster,Local> trafficDistribution:*s
ServiceStatus loadBalancer+:LoadBalancerStatus conditions:[]meta.v1.Condition~merge=type%type
SessionAffinityConfig clientIP:*ClientIPConfig
SleepAction seconds!+:l
StorageOSPersistentVolumeSource volumeName:s volumeNamespace:s fsType:s readOnly:b secretRef:*ObjectReference
StorageOSVolumeSource volumeName:s volumeNamespace:s fsType:s readOnly:b secretRef:*LocalObjectReference
Sysctl name!+:s value!+:s
TCPSocketAction port!+:intstr host:s
Taint key!+:s value:s effect!+:s<TaintEffect=NoExecute,NoSchedule,PreferNoSchedule> timeAdded:*time
Toleration key:s operator:s<TolerationOperator=Equal,Exists,Gt,Lt> value:s effect:s<TaintEffect=NoExecute,NoSchedule,PreferNoSchedule> tolerationSeconds:*l
TopologySelectorLabelRequirement key!+:s values!+:[]s
TopologySelectorTerm%atomic matchLabelExpressions:[]TopologySelectorLabelRequirement
TopologySpreadConstraint maxSkew!+:i topologyKey!+:s whenUnsatisfiable!+:s<UnsatisfiableConstraintAction=DoNotSchedule,ScheduleAnyway> labelSelector:*meta.v1.LabelSelector minDomains:*i nodeAffinityPolicy:*s<NodeInclusionPolicy=Honor,Ignore> nodeTaintsPolicy:*s<NodeInclusionPolicy=Honor,Ignore> matchLabelKeys:[]s
TypedLocalObjectReference%atomic apiGroup+:*s kind!+:s name!+:s
TypedObjectReference apiGroup+:*s kind!+:s name!+:s namespace:*s
Volume name!+:s hostPath#2.1:*HostPathVolumeSource emptyDir:*EmptyDirVolumeSource gcePersistentDisk:*GCEPersistentDiskVolumeSource awsElasticBlockStore:*AWSElasticBlockStoreVolumeSource gitRepo:*GitRepoVolumeSource secret:*SecretVolumeSource nfs:*NFSVolumeSource iscsi:*ISCSIVolumeSource glusterfs:*GlusterfsVolumeSource persistentVolumeClaim:*PersistentVolumeClaimVolumeSource rbd:*RBDVolumeSource flexVolume:*FlexVolumeSource cinder:*CinderVolumeSource cephfs:*CephFSVolumeSource flocker:*FlockerVolumeSource downwardAPI:*DownwardAPIVolumeSource fc:*FCVolumeSource azureFile:*AzureFileVolumeSource configMap:*ConfigMapVolumeSource vsphereVolume:*VsphereVirtualDiskVolumeSource quobyte:*QuobyteVolumeSource azureDisk:*AzureDiskVolumeSource photonPersistentDisk:*PhotonPersistentDiskVolumeSource projected#2.26:*ProjectedVolumeSource portworxVolume#2.24:*PortworxVolumeSource scaleIO:*ScaleIOVolumeSource storageos#2.27:*StorageOSVolumeSource csi:*CSIVolumeSource ephemeral:*EphemeralVolumeSource image:*ImageVolumeSource
VolumeDevice name!+:s devicePath!+:s
VolumeMount name!+:s readOnly:b recursiveReadOnly#7:*s<RecursiveReadOnlyMode> mountPath#3!+:s subPath:s mountPropagation:*s<MountPropagationMode=Bidirectional,HostToContainer,None> subPathExpr:s
VolumeMountStatus name!+:s mountPath!+:s readOnly:b recursiveReadOnly:*s<RecursiveReadOnlyMode> volumeStatus:*VolumeStatus
VolumeNodeAffinity required:*NodeSelector
VolumeProjection secret:*SecretProjection downwardAPI:*DownwardAPIProjection configMap:*ConfigMapProjection serviceAccountToken:*ServiceAccountTokenProjection clusterTrustBundle:*ClusterTrustBundleProjection podCertificate:*PodCertificateProjection
VolumeResourceRequirements limits:{ResourceList}quantity requests:{ResourceList}quantity
VolumeStatus image:*ImageVolumeStatus
VsphereVirtualDiskVolumeSource volumePath!+:s fsType:s storagePolicyName:s storagePolicyID:s
WeightedPodAffinityTerm weight!+:i podAffinityTerm!+:PodAffinityTerm
WindowsSecurityContextOptions gmsaCredentialSpecName:*s gmsaCredentialSpec:*s runAsUserName:*s hostProcess:*b
`;
