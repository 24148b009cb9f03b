import type { FlagRule } from './flag-rule.ts';

const lesson = 'looking-inside';

/** Where the output goes. */
export const loggingFlags: readonly FlagRule[] = [
  {
    flag: '--log-driver',
    grade: 'none',
    kubernetes: 'none',
    why: 'A Pod chooses no log driver: the runtime writes files on the node, which `kubectl logs` reads. To send them on as `{value}` does, an agent runs on every node, as a DaemonSet.',
    sources: ['docker-logging-drivers', 'k8s-logging'],
    lesson,
    apply(_draft, { value }) {
      if (['json-file', 'local', 'journald'].includes(value)) {
        return {
          grade: value === 'journald' ? 'approximate' : 'exact',
          kubernetes: 'the way nodes log',
          why: `Logs are files on the node, as with \`${value === 'journald' ? 'json-file' : value}\`, and \`kubectl logs\` reads them. They go with the Pod.`,
        };
      }
      if (value === 'none')
        return {
          why: 'Output cannot be turned off: it goes to files on the node, which the kubelet rotates. The program itself may write less.',
        };
      return {};
    },
  },
  {
    flag: '--log-opt',
    grade: 'none',
    kubernetes: 'none',
    why: '`{value}` is for a log driver, and a Pod chooses none. An agent on the nodes has settings of its own.',
    sources: ['docker-logging-drivers', 'k8s-logging'],
    lesson,
    apply: (_draft, { value }) =>
      /^max-(size|file)=/.test(value)
        ? {
            why: `How large log files get is set for all Pods of a node, in its kubelet: \`containerLogMaxSize\`, 10Mi, and \`containerLogMaxFiles\`, 5. \`${value}\` has no field in a Pod.`,
          }
        : {},
  },
];
