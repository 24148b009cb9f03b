import { parseInteger } from '../../docker/go-values.ts';
import { parseRestart } from '../../docker/limits.ts';

import { setGracePeriod, setStopSignal, signalName } from '../workload/lifecycle.ts';
import type { FlagRule, RunContext, VerdictParts } from './flag-rule.ts';
import { lastValue } from './flag-rule.ts';

/** How the container starts, ends and comes back. */
export const lifecycleFlags: readonly FlagRule[] = [
  {
    flag: '--restart',
    grade: 'exact',
    kubernetes: 'restartPolicy',
    why: '',
    alsoCites: ['k8s-deployments', 'k8s-jobs'],
    sources: ['docker-restart-policies', 'k8s-pod-lifecycle'],
    lesson: 'deployments',
    apply(draft, { value }, context) {
      const { Name: name, MaximumRetryCount: most } = parseRestart(value);
      if (name === 'on-failure') {
        if (context.kind === 'job' && most > 0) draft.backoffLimit = most;
        return onFailure(context, most);
      }
      if (name === 'always' || name === 'unless-stopped') return forEver(context, name);
      if (name === 'no' || name === '') return never(context);
      return {
        grade: 'none',
        kubernetes: 'none',
        why: `\`${value}\` is no policy that the docker daemon knows: \`no\`, \`always\`, \`unless-stopped\` or \`on-failure\`.`,
      };
    },
  },
  {
    flag: '--init',
    grade: 'approximate',
    kubernetes: 'spec.shareProcessNamespace',
    why: "With a shared process namespace the Pod's own pause process is PID 1 and collects zombies. The containers of the Pod then see each other's processes. An init in the image, such as `tini`, passes on signals as `--init` does.",
    sources: ['docker-container-run', 'docker-multi-service', 'k8s-share-process-namespace'],
    lesson: 'pods',
    apply(draft, _use, { command }) {
      if (lastValue(command, '--pid') === 'host') {
        return {
          grade: 'exact',
          kubernetes: 'hostPID',
          why: 'With `--pid host` the init of the node is PID 1, and the API takes no shared namespace beside it.',
        };
      }
      draft.pod.shareProcessNamespace = true;
      return {};
    },
  },
  {
    flag: '--stop-signal',
    grade: 'approximate',
    kubernetes: 'lifecycle.stopSignal',
    why: '',
    sources: ['docker-container-run', 'kep-4960', 'k8s-pod-lifecycle'],
    lesson: 'pods',
    apply(draft, { value }) {
      const signal = signalName(value);
      const image =
        "Otherwise the signal is the image's own, `STOPSIGNAL` in its Dockerfile, which Kubernetes honours.";
      if (signal === undefined) {
        return { grade: 'none', kubernetes: 'none', why: `The API knows no signal \`${value}\`. ${image}` };
      }
      if (!setStopSignal(draft, signal)) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `Kubernetes ${draft.kubernetes} has no field for it; \`lifecycle.stopSignal\` came with 1.33. ${image}`,
        };
      }
      return {
        why: `\`${signal}\` is \`lifecycle.stopSignal\`, which wants \`spec.os.name\` beside it. It is alpha in ${draft.kubernetes}: where the feature gate ContainerStopSignals is off, as it is by default, the API drops the field without a word. ${image}`,
      };
    },
  },
  {
    flag: '--stop-timeout',
    grade: 'exact',
    kubernetes: 'spec.terminationGracePeriodSeconds',
    why: '',
    sources: ['docker-container-stop', 'k8s-pod-lifecycle'],
    lesson: 'pods',
    apply(draft, { value }) {
      const seconds = Number(parseInteger(value));
      if (seconds < 0) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: 'A Pod always has a last moment. Give a number of seconds that is long enough.',
        };
      }
      setGracePeriod(draft, seconds);
      return {
        why: `The Pod has ${seconds} seconds between the stop signal and SIGKILL. Where nothing is said, docker gives 10 and Kubernetes 30.`,
      };
    },
  },
];

function forEver({ kind }: RunContext, name: string): VerdictParts {
  const stopped =
    name === 'unless-stopped' ? ' "Stopped stays stopped" is `kubectl scale --replicas=0`.' : '';
  switch (kind) {
    case 'deployment':
    case 'statefulset':
      return {
        kubernetes: kind === 'deployment' ? 'Deployment' : 'StatefulSet',
        why: `\`Always\` is the only policy there, and the default of every Pod. Back-off grows from 10 seconds to 5 minutes, in docker from 100 milliseconds to 1 minute.${stopped}`,
        sources: ['docker-restart-policies', 'k8s-deployments', 'k8s-pod-lifecycle'],
      };
    case 'pod':
      return {
        grade: name === 'always' ? 'exact' : 'approximate',
        kubernetes: 'restartPolicy: Always',
        why: `The kubelet starts the container again on its node. When the node is lost, nobody makes the Pod anew: that is what a Deployment is for.`,
      };
    case 'job':
      return {
        grade: 'none',
        kubernetes: 'none',
        why: 'A Job runs to its end, so the API refuses `Always` in it. Leave out `--as job` for something that runs on and on.',
      };
  }
}

function onFailure({ kind }: RunContext, most: number): VerdictParts {
  switch (kind) {
    case 'job':
      return {
        grade: most > 0 ? 'exact' : 'approximate',
        kubernetes: most > 0 ? 'Job restartPolicy: OnFailure, backoffLimit' : 'Job restartPolicy: OnFailure',
        why:
          most > 0
            ? `The container is started again when it fails, ${most} times at the most: \`backoffLimit: ${most}\`. A Pod alone has no maximum, and a Deployment knows \`Always\` only. For a server, take \`--as deployment\`.`
            : 'The container is started again when it fails. A Job gives up after 6 times, its default, and docker never; a Deployment knows `Always` only. For a server, take `--as deployment`.',
        sources: ['docker-restart-policies', 'k8s-jobs'],
      };
    case 'pod':
      return {
        grade: most > 0 ? 'approximate' : 'exact',
        kubernetes: 'restartPolicy: OnFailure',
        why:
          most > 0
            ? `The kubelet starts it again when it fails, without a maximum: ${most} times is what a Job can count.`
            : 'The kubelet starts it again when it fails, as often as it takes.',
      };
    default:
      return {
        grade: 'approximate',
        kubernetes: 'restartPolicy: Always',
        why: 'The API refuses `OnFailure` in the Pods of a Deployment or StatefulSet: they are started again after a success too.',
        sources: ['docker-restart-policies', 'k8s-deployments'],
      };
  }
}

function never({ kind }: RunContext): VerdictParts {
  return kind === 'pod' || kind === 'job'
    ? {
        kubernetes: 'restartPolicy: Never',
        why: "`no` is docker's default, and has to be said in Kubernetes: a Pod's is `Always`.",
      }
    : {
        grade: 'approximate',
        kubernetes: 'restartPolicy: Always',
        why: 'Docker leaves it stopped when it dies. A Deployment knows `Always` only, which is what a server wants; `--as pod` does not start it again.',
      };
}
