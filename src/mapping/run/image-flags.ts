import { parsePlatform } from '../../docker/images.ts';
import { toName } from '../../kubernetes/names.ts';
import { addCaveat } from '../workload/draft.ts';
import { escapeReferences } from '../workload/environment.ts';
import { type FlagRule, isTrue } from './flag-rule.ts';

/** Which image is run, on what, and what is started in it. */
export const imageFlags: readonly FlagRule[] = [
  {
    flag: '--entrypoint',
    grade: 'exact',
    kubernetes: 'containers.command',
    why: '',
    sources: ['docker-container-run', 'k8s-task-command-args'],
    lesson: 'configuration',
    apply(draft, { value }, { args }) {
      if (value !== '') {
        draft.container.command = [escapeReferences(value)];
        const rest =
          args.length > 0
            ? 'The words after the image are `args`.'
            : "Without `args`, the image's CMD is dropped, as docker does.";
        return { why: `\`command: [${value}]\` replaces the image's ENTRYPOINT. ${rest}` };
      }
      if (args.length === 0) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: 'No entrypoint and no command: docker has nothing to start, and says so.',
        };
      }
      draft.container.command = args.map(escapeReferences);
      delete draft.container.args;
      return {
        why: 'An empty entrypoint leaves the words after the image alone, so they are the `command`.',
      };
    },
  },
  {
    flag: '--workdir',
    grade: 'exact',
    kubernetes: 'containers.workingDir',
    why: "`workingDir: {value}` replaces the image's WORKDIR.",
    sources: ['docker-container-run', 'k8s-api-pod'],
    lesson: 'configuration',
    apply(draft, { value }) {
      if (value === '')
        return { kubernetes: 'the default', why: "It is empty, so the image's WORKDIR counts, here too." };
      draft.container.workingDir = value;
      return {};
    },
  },
  {
    flag: '--pull',
    grade: 'exact',
    kubernetes: 'imagePullPolicy',
    why: '',
    sources: ['docker-container-run', 'k8s-images'],
    lesson: 'image-contract',
    apply(draft, { value }) {
      const policy = ({ always: 'Always', missing: 'IfNotPresent', never: 'Never' } as const)[value];
      if (policy === undefined) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `Docker knows \`always\`, \`missing\` and \`never\`, not \`${value}\`.`,
        };
      }
      draft.container.imagePullPolicy = policy;
      const more =
        policy === 'Never'
          ? ' The image has to be on every node that may run the Pod.'
          : policy === 'Always'
            ? ' It is the default for `:latest` and for no tag.'
            : ' It is the default for every other tag than `:latest`.';
      return { why: `\`imagePullPolicy: ${policy}\`; it is the node that pulls, not your machine.${more}` };
    },
  },
  {
    flag: '--platform',
    grade: 'exact',
    kubernetes: 'spec.nodeSelector',
    why: '',
    sources: ['docker-multi-platform', 'k8s-assign-pod-node', 'k8s-well-known-labels'],
    lesson: 'image-contract',
    apply(draft, { value }) {
      const [os = 'linux', arch = 'amd64', variant] = parsePlatform(value).split('/');
      const cleanOs = os.replace(/\(.*\)$/, '');
      draft.pod.nodeSelector = {
        ...draft.pod.nodeSelector,
        'kubernetes.io/arch': toName(arch, 'labelValue').name,
        'kubernetes.io/os': toName(cleanOs, 'labelValue').name,
      };
      const left = variant ? ` The variant \`${variant}\` has no label.` : '';
      return {
        ...(variant ? { grade: 'approximate' as const } : {}),
        why: `The Pod runs on nodes of ${cleanOs} on ${arch} only, and they pull that variant of the image. Docker would emulate another processor; a node does not.${left}`,
      };
    },
  },
  {
    flag: '--runtime',
    grade: 'approximate',
    kubernetes: 'spec.runtimeClassName',
    why: '',
    sources: ['docker-alternative-runtimes', 'k8s-runtime-class'],
    lesson: 'runtime-chain',
    apply(draft, { value }) {
      if (value === 'runc' || value === '')
        return {
          grade: 'exact',
          kubernetes: 'the default',
          why: '`runc` is what nodes use unless they are told otherwise.',
        };
      const { name } = toName(value, 'subdomain');
      draft.pod.runtimeClassName = name;
      addCaveat(
        draft,
        `The RuntimeClass \`${name}\` has to exist, or the API refuses the Pod. It names a handler that the runtime of the nodes is configured with.`,
      );
      return {
        why: `Runtimes are objects of the cluster: \`runtimeClassName: ${name}\` names a RuntimeClass, which the administrator makes.`,
      };
    },
  },
  {
    flag: '--isolation',
    grade: 'none',
    kubernetes: 'none',
    why: '`{value}` is of Windows, and Kubernetes runs Windows containers with process isolation only.',
    sources: ['docker-container-run', 'k8s-windows'],
    lesson: 'runtime-chain',
    apply: (_draft, { value }) =>
      ['default', 'process', ''].includes(value)
        ? {
            grade: 'exact',
            kubernetes: 'the default',
            why: `\`${value}\`: process isolation is what Windows nodes use, and Linux has no other.`,
          }
        : {},
  },
  {
    flag: '--disable-content-trust',
    grade: 'none',
    kubernetes: 'none',
    why: 'Nodes check no signatures by Docker Content Trust. Who may run which image is decided by admission: a policy that checks signatures.',
    sources: ['docker-content-trust', 'k8s-images'],
    lesson: 'image-contract',
    aside: true,
    apply: (_draft, { value }) =>
      isTrue(value)
        ? {
            grade: 'exact',
            kubernetes: 'the default',
            why: 'Without Docker Content Trust is how nodes pull anyway.',
          }
        : {},
  },
  {
    flag: '--use-api-socket',
    grade: 'none',
    kubernetes: 'none',
    why: "It hands the container the Docker Engine's socket and your registry logins, and nodes have no Docker Engine. A program that starts containers talks to the Kubernetes API with a ServiceAccount that may.",
    sources: ['docker-container-run', 'k8s-service-accounts', 'k8s-container-runtimes'],
    lesson: 'runtime-chain',
  },
];
