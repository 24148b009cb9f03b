import { runApply } from './apply/apply.ts';
import { runEditLastApplied, runSetLastApplied, runViewLastApplied } from './apply/last-applied.ts';
import { runAnnotate } from './changing/annotate.ts';
import { runAutoscale } from './changing/autoscale.ts';
import { runDelete } from './changing/delete.ts';
import { runEdit } from './changing/edit.ts';
import { runExpose } from './changing/expose.ts';
import { runLabel } from './changing/label.ts';
import { runPatch } from './changing/patch.ts';
import { runReplace } from './changing/replace.ts';
import { runScale } from './changing/scale.ts';
import { runTaint } from './changing/taint.ts';
import {
  runDeleteCluster,
  runDeleteContext,
  runDeleteUser,
  runRenameContext,
  runUseContext,
} from './config/change-entries.ts';
import { runCurrentContext, runGetClusters, runGetContexts, runGetUsers } from './config/list-entries.ts';
import { runConfigSet, runConfigUnset } from './config/properties.ts';
import { runSetCluster, runSetContext, runSetCredentials } from './config/set-entries.ts';
import { runConfigView } from './config/view.ts';
import type { RunCommand } from './context.ts';
import { runCreateClusterRoleBinding, runCreateRoleBinding } from './create/bindings.ts';
import {
  runCreateConfigMap,
  runCreateSecretDockerRegistry,
  runCreateSecretGeneric,
  runCreateSecretTls,
} from './create/config.ts';
import { runCreate } from './create/from-files.ts';
import { runCreateIngress } from './create/ingress.ts';
import { runCreateClusterRole, runCreateRole } from './create/roles.ts';
import { createService } from './create/service.ts';
import {
  runCreateNamespace,
  runCreatePodDisruptionBudget,
  runCreatePriorityClass,
  runCreateQuota,
  runCreateServiceAccount,
} from './create/small-objects.ts';
import { runCreateToken } from './create/token.ts';
import { runCreateCronJob, runCreateDeployment, runCreateJob } from './create/workloads.ts';
import { runDebug } from './debug/debug.ts';
import { runDescribe } from './describe.ts';
import { runDrain } from './drain/drain.ts';
import { runCordon, runUncordon } from './drain/nodes.ts';
import { runExplain } from './explain.ts';
import { runDiff } from './looking/diff.ts';
import { runEvents } from './looking/events.ts';
import { runGet } from './looking/get.ts';
import { runTopNode, runTopPod } from './looking/top.ts';
import { runWait } from './looking/wait.ts';
import { runRolloutHistory } from './rollout/history.ts';
import { runRolloutStatus } from './rollout/status.ts';
import { runRolloutPause, runRolloutRestart, runRolloutResume } from './rollout/switch.ts';
import { runRolloutUndo } from './rollout/undo.ts';
import { runApiResources, runApiVersions } from './server/api-resources.ts';
import { runCanI, runWhoAmI } from './server/auth.ts';
import { runClusterInfo } from './server/cluster-info.ts';
import { runVersion } from './server/version.ts';
import { runSetEnv } from './set/env.ts';
import { runSetImage } from './set/image.ts';
import { runSetResources } from './set/resources.ts';
import { runSetSelector } from './set/selector.ts';
import { runSetServiceAccount } from './set/service-account.ts';
import { runSetSubject } from './set/subject.ts';
import { runAttach } from './streams/attach.ts';
import { runCp } from './streams/cp.ts';
import { runExec } from './streams/exec.ts';
import { runLogs } from './streams/logs.ts';
import { runPortForward } from './streams/port-forward.ts';
import { runRun } from './streams/run.ts';

/** What kubectl does, by the name of the command: `get`, `rollout status`. */
export const commands: Readonly<Record<string, RunCommand>> = {
  annotate: runAnnotate,
  'api-resources': runApiResources,
  'api-versions': runApiVersions,
  apply: runApply,
  'apply edit-last-applied': runEditLastApplied,
  'apply set-last-applied': runSetLastApplied,
  'apply view-last-applied': runViewLastApplied,
  attach: runAttach,
  'auth can-i': runCanI,
  'auth whoami': runWhoAmI,
  autoscale: runAutoscale,
  'cluster-info': runClusterInfo,
  'config current-context': runCurrentContext,
  'config delete-cluster': runDeleteCluster,
  'config delete-context': runDeleteContext,
  'config delete-user': runDeleteUser,
  'config get-clusters': runGetClusters,
  'config get-contexts': runGetContexts,
  'config get-users': runGetUsers,
  'config rename-context': runRenameContext,
  'config set': runConfigSet,
  'config set-cluster': runSetCluster,
  'config set-context': runSetContext,
  'config set-credentials': runSetCredentials,
  'config unset': runConfigUnset,
  'config use-context': runUseContext,
  'config view': runConfigView,
  cordon: runCordon,
  cp: runCp,
  create: runCreate,
  'create clusterrole': runCreateClusterRole,
  'create clusterrolebinding': runCreateClusterRoleBinding,
  'create configmap': runCreateConfigMap,
  'create cronjob': runCreateCronJob,
  'create deployment': runCreateDeployment,
  'create ingress': runCreateIngress,
  'create job': runCreateJob,
  'create namespace': runCreateNamespace,
  'create poddisruptionbudget': runCreatePodDisruptionBudget,
  'create priorityclass': runCreatePriorityClass,
  'create quota': runCreateQuota,
  'create role': runCreateRole,
  'create rolebinding': runCreateRoleBinding,
  'create secret docker-registry': runCreateSecretDockerRegistry,
  'create secret generic': runCreateSecretGeneric,
  'create secret tls': runCreateSecretTls,
  'create service clusterip': createService('ClusterIP'),
  'create service externalname': createService('ExternalName'),
  'create service loadbalancer': createService('LoadBalancer'),
  'create service nodeport': createService('NodePort'),
  'create serviceaccount': runCreateServiceAccount,
  'create token': runCreateToken,
  debug: runDebug,
  delete: runDelete,
  describe: runDescribe,
  diff: runDiff,
  drain: runDrain,
  edit: runEdit,
  events: runEvents,
  exec: runExec,
  explain: runExplain,
  expose: runExpose,
  get: runGet,
  label: runLabel,
  logs: runLogs,
  patch: runPatch,
  'port-forward': runPortForward,
  replace: runReplace,
  'rollout history': runRolloutHistory,
  'rollout pause': runRolloutPause,
  'rollout restart': runRolloutRestart,
  'rollout resume': runRolloutResume,
  'rollout status': runRolloutStatus,
  'rollout undo': runRolloutUndo,
  run: runRun,
  scale: runScale,
  'set env': runSetEnv,
  'set image': runSetImage,
  'set resources': runSetResources,
  'set selector': runSetSelector,
  'set serviceaccount': runSetServiceAccount,
  'set subject': runSetSubject,
  taint: runTaint,
  'top node': runTopNode,
  'top pod': runTopPod,
  uncordon: runUncordon,
  version: runVersion,
  wait: runWait,
};
