import { runAnnotate } from './annotate.ts';
import { runApiResources, runApiVersions } from './api-resources.ts';
import { runApply } from './apply/apply.ts';
import { runEditLastApplied, runSetLastApplied, runViewLastApplied } from './apply/last-applied.ts';
import { runAttach } from './attach.ts';
import { runCanI, runWhoAmI } from './auth.ts';
import { runAutoscale } from './autoscale.ts';
import { runClusterInfo } from './cluster-info.ts';
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
import { runCp } from './cp.ts';
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
import { runDelete } from './delete.ts';
import { runDescribe } from './describe.ts';
import { runDiff } from './diff.ts';
import { runDrain } from './drain/drain.ts';
import { runCordon, runUncordon } from './drain/nodes.ts';
import { runEdit } from './edit.ts';
import { runEvents } from './events.ts';
import { runExec } from './exec.ts';
import { runExplain } from './explain.ts';
import { runExpose } from './expose.ts';
import { runGet } from './get.ts';
import { runLabel } from './label.ts';
import { runLogs } from './logs.ts';
import { runPatch } from './patch.ts';
import { runPortForward } from './port-forward.ts';
import { runReplace } from './replace.ts';
import { runRolloutHistory } from './rollout/history.ts';
import { runRolloutStatus } from './rollout/status.ts';
import { runRolloutPause, runRolloutRestart, runRolloutResume } from './rollout/switch.ts';
import { runRolloutUndo } from './rollout/undo.ts';
import { runRun } from './run.ts';
import { runScale } from './scale.ts';
import { runSetEnv } from './set/env.ts';
import { runSetImage } from './set/image.ts';
import { runSetResources } from './set/resources.ts';
import { runSetSelector } from './set/selector.ts';
import { runSetServiceAccount } from './set/service-account.ts';
import { runSetSubject } from './set/subject.ts';
import { runTaint } from './taint.ts';
import { runTopNode, runTopPod } from './top.ts';
import { runVersion } from './version.ts';
import { runWait } from './wait.ts';

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
