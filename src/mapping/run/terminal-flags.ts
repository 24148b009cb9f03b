import { type FlagRule, isOn, isTrue } from './flag-rule.ts';

/** Who sits in front of the container, and what the client prints. */
export const terminalFlags: readonly FlagRule[] = [
  {
    flag: '--detach',
    grade: 'exact',
    kubernetes: 'the way Kubernetes runs everything',
    why: 'Nothing you apply stays attached to your terminal. `kubectl logs -f` shows what it prints, `kubectl attach` joins it.',
    sources: ['docker-container-run', 'k8s-kubectl-logs'],
    lesson: 'deployments',
    aside: true,
  },
  {
    flag: '--interactive',
    grade: 'exact',
    kubernetes: '`kubectl run -i`, `stdin: true`',
    why: 'Standard input stays open: `-i` on the command line, `stdin: true` in the manifest. You attach with `kubectl attach -i`.',
    sources: ['docker-container-run', 'k8s-kubectl-run'],
    lesson: 'jobs',
    apply(draft, _use, { command, kind }) {
      draft.container.stdin = true;
      // As kubectl run writes it: the first who attaches and leaves ends the input.
      if (kind === 'pod' && !isOn(command, '--detach')) draft.container.stdinOnce = true;
      return {};
    },
  },
  {
    flag: '--tty',
    grade: 'exact',
    kubernetes: '`kubectl run -t`, `tty: true`',
    why: 'The container gets a terminal: `-t` on the command line, `tty: true` in the manifest.',
    sources: ['docker-container-run', 'k8s-kubectl-run'],
    lesson: 'jobs',
    apply(draft, _use, { command }) {
      draft.container.tty = true;
      if (isOn(command, '--interactive')) return {};
      // The API takes a terminal without input, kubectl does not.
      draft.container.stdin = true;
      return {
        why: 'The container gets a terminal, `tty: true`. kubectl asks for standard input with it, so `stdin: true` comes along.',
      };
    },
  },
  {
    flag: '--attach',
    grade: 'approximate',
    kubernetes: '`kubectl attach`',
    why: '`{value}` alone cannot be chosen: `kubectl attach` shows output and errors together, and with `-i` sends your input. `kubectl logs -f` follows both without attaching.',
    sources: ['docker-container-run', 'k8s-kubectl-logs'],
    lesson: 'looking-inside',
    aside: true,
    apply(draft, { value }) {
      if (/^stdin$/i.test(value)) draft.container.stdin = true;
      return {};
    },
  },
  {
    flag: '--sig-proxy',
    grade: 'approximate',
    kubernetes: 'none',
    why: 'kubectl passes no signals on. Ctrl-C ends your `kubectl attach` and leaves the Pod alone; with `-it` the terminal carries it to the process.',
    sources: ['docker-container-run'],
    aside: true,
    apply: (_draft, { value }) =>
      isTrue(value)
        ? {}
        : {
            grade: 'exact',
            kubernetes: 'the way kubectl works',
            why: 'kubectl never passes signals on, so this is how it is anyway: Ctrl-C ends your `kubectl attach`, not the Pod.',
          },
  },
  {
    flag: '--detach-keys',
    grade: 'none',
    kubernetes: 'none',
    why: 'kubectl has no detach keys, so `{value}` has no place. Close the terminal or press Ctrl-C where no terminal is attached; the Pod goes on.',
    sources: ['docker-container-run'],
    lesson: 'looking-inside',
    aside: true,
  },
  {
    flag: '--rm',
    grade: 'exact',
    kubernetes: '`kubectl run --rm`',
    why: 'The Pod is deleted when the command has ended. `kubectl run --rm` does it for an attached run only.',
    alsoCites: ['k8s-ttl-after-finished', 'k8s-pod-lifecycle'],
    sources: ['docker-container-run', 'k8s-kubectl-run'],
    lesson: 'jobs',
    apply(draft, _use, { command, kind }) {
      if (kind === 'job') {
        draft.ttlSecondsAfterFinished = secondsKept;
        return {
          grade: 'approximate',
          kubernetes: 'Job spec.ttlSecondsAfterFinished',
          why: `The Job and its Pod are removed ${secondsKept} seconds after they finish, so that you can still read the logs; 0 would be at once.`,
          sources: ['docker-container-run', 'k8s-ttl-after-finished'],
        };
      }
      if (kind !== 'pod') {
        return {
          grade: 'approximate',
          kubernetes: '`kubectl delete`',
          why: 'Pods of a dead container are replaced, and nothing of them stays. What you remove in the end is the object that you applied: `kubectl delete -f`.',
          sources: ['docker-container-run', 'k8s-pod-lifecycle'],
        };
      }
      if (isOn(command, '--detach')) {
        return {
          grade: 'approximate',
          kubernetes: '`kubectl delete pod`',
          why: 'A finished Pod stays until you delete it; `kubectl run --rm` needs an attached run. A Job with `ttlSecondsAfterFinished` removes itself.',
          sources: ['docker-container-run', 'k8s-ttl-after-finished'],
        };
      }
      return {};
    },
  },
  {
    flag: '--cidfile',
    grade: 'none',
    kubernetes: 'none',
    why: 'No id is written to `{value}`. You name Pods by their labels: `kubectl get pods -l … -o name` prints what a script needs.',
    sources: ['docker-container-run', 'k8s-labels'],
    aside: true,
  },
  {
    flag: '--quiet',
    grade: 'exact',
    kubernetes: 'the way kubectl works',
    why: 'kubectl shows no progress of a pull: the node pulls the image. `kubectl get events` tells when it was done.',
    sources: ['docker-container-run', 'k8s-images'],
    aside: true,
  },
  {
    flag: '--help',
    grade: 'exact',
    kubernetes: '`kubectl run --help`',
    why: 'It prints help and runs nothing. `kubectl run --help` and `kubectl explain pod.spec` are the places to look.',
    sources: ['k8s-kubectl-run'],
    aside: true,
  },
  {
    flag: '--name',
    takesVariables: true,
    grade: 'exact',
    kubernetes: 'metadata.name',
    why: '`{value}` names the object. Pods that a Deployment makes have names of their own that begin with it.',
    sources: ['docker-container-run', 'k8s-names'],
    lesson: 'pods',
    apply(draft, { value }, { kind }) {
      const own =
        kind === 'pod'
          ? 'The Pod has this very name, once in its namespace.'
          : 'Its Pods have longer names that begin with it, so you reach them by label or by the owner: `kubectl logs ' +
            `${ownerOf(kind)}/${draft.name}\`.`;
      if (draft.name === value) return { why: `\`${value}\` names the object. ${own}` };
      return {
        grade: 'approximate',
        why: `\`${value}\` is not a name that the API accepts: small letters, digits and hyphens only. It became \`${draft.name}\`. ${own}`,
      };
    },
  },
];

const secondsKept = 300;

function ownerOf(kind: string): string {
  return kind === 'job' ? 'job' : kind === 'statefulset' ? 'statefulset' : 'deployment';
}
