import type { Instruction, InstructionName } from '../docker/dockerfile.ts';
import type { Likeness } from '../lesson/lesson.ts';
import { pairsOf } from './dockerfile-pairs.ts';

/** What an image says of its containers, as far as the Dockerfile tells. */
export interface ImageSettings {
  entrypoint?: { readonly form: 'exec' | 'shell'; readonly text: string };
  command?: { readonly form: 'exec' | 'shell'; readonly text: string };
  user?: string;
  workdir?: string;
  stopSignal?: string;
  healthCheck?: string;
  readonly env: Record<string, string>;
  readonly ports: string[];
  readonly volumes: string[];
  readonly labels: Record<string, string>;
}

/** What an instruction changes of its row. */
export interface InstructionParts {
  readonly fate?: Fate;
  readonly grade?: Likeness;
  readonly kubernetes?: string;
  readonly why?: string;
  readonly sources?: readonly string[];
}

interface InstructionRule {
  readonly fate: Fate;
  readonly grade: Likeness;
  readonly kubernetes: string;
  readonly why: string;
  readonly sources: readonly string[];
  /** Notes what the image will have, and says what differs from the row. */
  apply?(instruction: Instruction, image: ImageSettings, caveats: string[]): InstructionParts;
}

const reference = 'docker-dockerfile-reference';
const build = (why: string): InstructionRule => ({
  fate: 'build',
  grade: 'exact',
  kubernetes: 'none',
  why,
  sources: [reference, 'docker-build-overview'],
});

/** A rule for each instruction. */
export const instructionRules: Readonly<Record<InstructionName, InstructionRule>> = {
  FROM: {
    ...build(
      'The base is taken in when the image is built. A node sees the layers of it, and pulls those that it lacks.',
    ),
    apply: ({ text, flags }) => {
      if (/^scratch(\s|$)/.test(text))
        return {
          why: 'The image begins from nothing: there is no shell in it. `kubectl exec -- sh` and probes with a shell fail; `kubectl debug` brings tools of its own.',
          sources: [reference, 'k8s-debug-running-pod'],
        };
      const platform = flags.find(({ name }) => name === 'platform');
      return platform
        ? {
            why: `The base is taken in for ${platform.value}. The processors of the nodes have to be those of the image: a node does not emulate.`,
          }
        : {};
    },
  },
  RUN: build(
    'It has run when the image is built, and what it wrote is in a layer. Nothing runs it in a cluster; work before every start is an init container.',
  ),
  COPY: build('The files are in the image, which is why a cluster needs no bind mount of the code.'),
  ADD: build('The files are in the image, which is why a cluster needs no bind mount of the code.'),
  ARG: {
    ...build(
      'It is there while the image is built, for `--build-arg`, and gone afterwards. A Pod cannot set it: what should differ from place to place is an environment variable.',
    ),
  },
  MAINTAINER: {
    ...build(
      'It is deprecated, and nobody reads it. `LABEL org.opencontainers.image.authors` is what it is now.',
    ),
    fate: 'ignored',
  },
  ONBUILD: build(
    'It is run when another image is built from this one. A cluster builds none, so it never is there.',
  ),
  SHELL: build(
    'It is the shell of the RUN, CMD and ENTRYPOINT that follow in the shell form, and is written into them. Probes and `kubectl exec` use no shell that they are not given.',
  ),
  ENV: {
    fate: 'overridable',
    grade: 'exact',
    kubernetes: 'containers.env, containers.envFrom',
    why: "The container has it, and a variable of the same name in the Pod replaces it. `$(NAME)` in a Pod refers to the Pod's own variables only, not to this one.",
    sources: [reference, 'k8s-task-define-env'],
    apply({ text }, image, caveats) {
      for (const [name, value] of pairsOf(text)) {
        Object.defineProperty(image.env, name, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
        if (/(password|passwd|secret|token|apikey|api_key|private_key)/i.test(name) && value !== '') {
          caveats.push(
            `\`${name}\` is in the image, where everybody who can pull it can read it. Take it out, and give it by a Secret.`,
          );
        }
      }
      return {};
    },
  },
  WORKDIR: {
    fate: 'overridable',
    grade: 'exact',
    kubernetes: 'containers.workingDir',
    why: '',
    sources: [reference, 'k8s-api-pod'],
    apply({ text }, image) {
      image.workdir = text.startsWith('/') ? text : `${image.workdir?.replace(/\/$/, '') ?? ''}/${text}`;
      return { why: `The container starts in \`${image.workdir}\`, unless \`workingDir\` says otherwise.` };
    },
  },
  USER: {
    fate: 'overridable',
    grade: 'exact',
    kubernetes: 'securityContext.runAsUser, runAsGroup',
    why: '',
    sources: [reference, 'k8s-security-context'],
    apply({ text }, image, caveats) {
      image.user = text;
      const [user = '', group = '0'] = text.split(':');
      const byName = /^\d*$/.test(group)
        ? ''
        : ' The group is a name, which the runtime looks up in the image.';
      if (/^\d+$/.test(user))
        return {
          why: `The container runs as ${text}, unless \`runAsUser\` says otherwise. A number is what \`runAsNonRoot: true\` can check.${byName}`,
        };
      if (text.includes('$'))
        return {
          why: `The container runs as what \`${text}\` was when the image was built, unless \`runAsUser\` says otherwise.`,
        };
      if (user !== 'root')
        caveats.push(
          `\`USER ${text}\` is a name. With \`runAsNonRoot: true\` the kubelet cannot tell whether it is root, and refuses to start the container: give the number, here or in \`runAsUser\`.`,
        );
      return {
        grade: 'approximate',
        why: `The runtime looks \`${user}\` up in the image's /etc/passwd, so it is used. But a Pod knows numbers only: \`runAsUser\`, \`fsGroup\` and \`runAsNonRoot\` need the number.`,
      };
    },
  },
  ENTRYPOINT: {
    fate: 'overridable',
    grade: 'exact',
    kubernetes: 'containers.command',
    why: '',
    sources: [reference, 'k8s-task-command-args'],
    apply({ exec, text }, image) {
      // A new ENTRYPOINT takes the CMD of the base away.
      delete image.command;
      image.entrypoint = { form: exec ? 'exec' : 'shell', text };
      if (exec?.length === 0 || text === '') {
        delete image.entrypoint;
        return {
          why: 'It takes the ENTRYPOINT of the base away. A Pod cannot: an empty `command` counts as none.',
        };
      }
      return exec
        ? {
            why: 'It is started as it stands. `command` in a Pod replaces it, and drops the CMD as well; `args` replaces the CMD alone.',
          }
        : {
            grade: 'approximate',
            why: 'It is started by `/bin/sh -c`, which takes no further words: neither CMD nor `args` of a Pod reach it. `command` replaces it, and no shell is put before that.',
          };
    },
  },
  CMD: {
    fate: 'overridable',
    grade: 'exact',
    kubernetes: 'containers.args',
    why: '',
    sources: [reference, 'k8s-task-command-args'],
    apply({ exec, text }, image) {
      image.command = { form: exec ? 'exec' : 'shell', text };
      if (image.entrypoint?.form === 'shell')
        return {
          fate: 'ignored',
          kubernetes: 'none',
          why: 'The ENTRYPOINT is of the shell form, so this is not looked at, in docker or in Kubernetes.',
        };
      const form = exec
        ? ''
        : ' It is of the shell form, `/bin/sh -c`; words of `args` are started without a shell.';
      return {
        why: `It is what is started, or the words for the ENTRYPOINT. \`args\` in a Pod replaces it; \`command\` alone drops it.${form}`,
      };
    },
  },
  EXPOSE: {
    fate: 'ignored',
    grade: 'approximate',
    kubernetes: 'containers.ports, Service spec.ports',
    why: '',
    sources: [reference, 'k8s-service', 'k8s-api-pod'],
    apply({ text }, image) {
      const ports = text.split(/\s+/);
      image.ports.push(...ports);
      const [number = '…'] = /^\d+/.exec(text) ?? [];
      return {
        why: `Nobody in a cluster reads it, and nothing is closed without it. \`containerPort: ${number}\` says the same to those who read the Pod; a Service is what gives the port a name and an address.`,
      };
    },
  },
  VOLUME: {
    fate: 'used',
    grade: 'approximate',
    kubernetes: 'volumes, containers.volumeMounts',
    why: '',
    sources: [reference, 'k8s-volumes', 'k8s-persistent-volumes'],
    apply({ text, exec }, image, caveats) {
      const paths = exec ?? text.split(/\s+/);
      image.volumes.push(...paths);
      caveats.push(
        `${paths.map((each) => `\`${each}\``).join(', ')}: what is written there goes with the container. Mount a claim at it for data that has to stay, or an emptyDir for what may go.`,
      );
      return {
        why: 'No object comes of it. The runtime of the node gives the container a directory of its own there, filled from the image, which goes with the container; docker would keep an anonymous volume. Mount what you want there: a claim, an emptyDir.',
      };
    },
  },
  STOPSIGNAL: {
    fate: 'used',
    grade: 'exact',
    kubernetes: 'lifecycle.stopSignal',
    why: '',
    sources: [reference, 'k8s-pod-lifecycle', 'kep-4960'],
    apply({ text }, image) {
      image.stopSignal = text;
      return {
        why: `The runtime sends \`${text}\` when the Pod is to end, as docker does. A Pod's own \`lifecycle.stopSignal\` came with 1.33 and is alpha up to 1.36. The time until SIGKILL is 30 seconds, docker's 10.`,
      };
    },
  },
  HEALTHCHECK: {
    fate: 'ignored',
    grade: 'none',
    kubernetes: 'readinessProbe, livenessProbe, startupProbe',
    why: '',
    sources: [reference, 'k8s-pr-50796', 'k8s-probes'],
    apply({ text, flags }, image, caveats) {
      if (/^NONE\b/i.test(text)) {
        delete image.healthCheck;
        return {
          grade: 'exact',
          kubernetes: 'the way Kubernetes is',
          why: "It turns the base's check off, and Kubernetes runs none of an image anyway.",
        };
      }
      image.healthCheck = text.replace(/^CMD\s+/i, '');
      caveats.push(
        `Kubernetes never runs the HEALTHCHECK. Write it into the Pod as a probe: \`exec: ${image.healthCheck}\`.`,
      );
      const times = flags.map(({ name, value }) => `--${name}=${value}`).join(' ');
      return {
        why: `Kubernetes never runs it. A \`readinessProbe\` with the same command does what docker does, which is to mark it; a \`livenessProbe\` restarts.${times === '' ? '' : ` \`${times}\` are \`periodSeconds\`, \`timeoutSeconds\` and \`failureThreshold\` there, and a start period is a \`startupProbe\`.`}`,
      };
    },
  },
  LABEL: {
    fate: 'ignored',
    grade: 'none',
    kubernetes: 'metadata.labels',
    why: 'They are labels of the image, for registries and scanners. Selectors look at labels of the Pod, which its manifest gives: these do not get there.',
    sources: [reference, 'k8s-labels'],
    apply({ text }, image) {
      for (const [name, value] of pairsOf(text)) {
        Object.defineProperty(image.labels, name, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return {};
    },
  },
};

/** What Kubernetes does with an instruction's effect. */
export type Fate =
  /** The image brings it, and the container has it. */
  | 'used'
  /** The image brings it, and a field of the Pod replaces it where it is given. */
  | 'overridable'
  /** The image brings it, and nobody looks. */
  | 'ignored'
  /** It is over when the image is built. */
  | 'build';
