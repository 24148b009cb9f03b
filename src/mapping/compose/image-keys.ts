import { scalarText } from '../../docker/compose/scalars.ts';
import type { ServiceConfig } from '../../docker/compose/service-shape.ts';
import { commandWords } from '../../docker/compose/shell-words.ts';
import { at } from '../../docker/compose/tree.ts';
import { addCaveat } from '../workload/draft.ts';
import { escapeReferences } from '../workload/environment.ts';
import { type KeyRule, servicePage, valueText } from './key-rule.ts';
import { shownPath } from './shown-path.ts';

const commandSources = [servicePage, 'k8s-task-command-args'];

/** Which image a service runs, where it comes from, and what is started in it. */
export const imageKeys: readonly KeyRule[] = [
  {
    key: 'image',
    grade: 'exact',
    kubernetes: 'containers.image',
    why: '`{value}` is the same image, and the node pulls it.',
    sources: [servicePage, 'k8s-images'],
    apply(draft, { value }, { service }) {
      if (service.config.build) {
        return { why: `\`${value}\` is what you build and push, and what the nodes then pull.` };
      }
      const hasTag = /:[^/]+$|@/.test(value);
      if (hasTag && !value.endsWith(':latest')) return {};
      addCaveat(
        draft,
        `\`${value}\` has no fixed version: a node pulls it at every start, and two Pods may run two versions. Give it a tag.`,
      );
      return {
        why: `\`${value}\` is the same image. Without a tag, or with \`latest\`, the node asks the registry at every start.`,
      };
    },
  },
  {
    key: 'command',
    grade: 'exact',
    kubernetes: 'containers.args',
    why: "`args` replaces the image's CMD, as `command` does in compose. A Pod's field `command` is the entrypoint.",
    sources: commandSources,
    apply(draft, { trees: [tree], value }, { service }) {
      const { command, entrypoint } = service.config;
      if (command === null || command === undefined)
        return { kubernetes: 'the default', why: "It is empty, so the image's CMD counts, here too." };
      if (entrypoint && entrypoint.length === 0 && command.length > 0) {
        return {
          kubernetes: 'containers.command',
          why: 'The entrypoint is taken away, so these words are all that is started: they are the `command`.',
        };
      }
      if (command.length === 0) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: "An empty command takes the image's CMD away. Empty `args` do not: Kubernetes takes them for not given. Say in `entrypoint` what is to be started.",
        };
      }
      draft.container.args = command.map(escapeReferences);
      const split =
        tree?.kind === 'leaf'
          ? ` Compose splits the text into ${command.length === 1 ? 'one word' : `${command.length} words`}; no shell reads it.`
          : '';
      const leftOut = tree?.kind === 'leaf' ? commandWords(scalarText(tree.value))?.leftOut : '';
      if (leftOut)
        addCaveat(
          draft,
          `Compose reads \`${value}\` up to the first \`;\`, \`&\`, \`|\`, \`<\` or \`>\` outside of quotes, and leaves out the rest. For a shell, write \`sh -c "…"\`.`,
        );
      const escaped = command.some((word) => /\$[$(]/.test(word))
        ? ' Kubernetes replaces `$(NAME)` itself, so such a dollar is doubled.'
        : '';
      return {
        why: `\`args\` replaces the image's CMD, as \`command\` does in compose. A Pod's field \`command\` is the entrypoint.${split}${escaped}`,
      };
    },
  },
  {
    key: 'entrypoint',
    grade: 'exact',
    kubernetes: 'containers.command',
    why: '',
    sources: commandSources,
    apply(draft, { trees: [tree] }, { service }) {
      const { command, entrypoint } = service.config;
      if (entrypoint === null || entrypoint === undefined)
        return { kubernetes: 'the default', why: "It is empty, so the image's ENTRYPOINT counts, here too." };
      if (entrypoint.length === 0) {
        if (!command || command.length === 0) {
          return {
            grade: 'none',
            kubernetes: 'none',
            why: "An empty entrypoint leaves the image's CMD to be started, and Kubernetes takes an empty `command` for not given. Write the words of the CMD as `command`.",
          };
        }
        draft.container.command = command.map(escapeReferences);
        return {
          why: 'An empty entrypoint leaves the words of `command` alone, so they are the `command` of the container.',
        };
      }
      draft.container.command = entrypoint.map(escapeReferences);
      const split = tree?.kind === 'leaf' ? ' Compose splits the text into words; no shell reads it.' : '';
      const rest =
        command && command.length > 0
          ? 'The words of `command` follow it as `args`.'
          : "Without `args`, the image's CMD is dropped, as docker does.";
      return { why: `\`command\` replaces the image's ENTRYPOINT. ${rest}${split}` };
    },
  },
  {
    key: 'pull_policy',
    grade: 'exact',
    kubernetes: 'imagePullPolicy',
    why: '',
    sources: [servicePage, 'k8s-images'],
    apply(draft, { value }) {
      const policy = (
        {
          always: 'Always',
          never: 'Never',
          missing: 'IfNotPresent',
          if_not_present: 'IfNotPresent',
          build: 'IfNotPresent',
        } as const
      )[value];
      if (policy === undefined) {
        draft.container.imagePullPolicy = 'Always';
        return {
          grade: 'approximate',
          why: `A node knows no \`${value}\`. \`imagePullPolicy: Always\` asks the registry at every start of a Pod, and pulls what has changed.`,
        };
      }
      draft.container.imagePullPolicy = policy;
      if (value === 'build')
        return {
          grade: 'approximate',
          why: 'Nothing is built in a cluster. You build and push; `imagePullPolicy: IfNotPresent` also takes an image that was loaded into the node, as with kind.',
        };
      const never = policy === 'Never' ? ' The image has to be on every node that may run the Pod.' : '';
      return { why: `\`imagePullPolicy: ${policy}\`; it is the node that pulls, not your machine.${never}` };
    },
  },
  {
    key: 'pull_refresh_after',
    grade: 'none',
    kubernetes: 'none',
    why: 'A node does not look for newer images by the clock, after {value} or at any time. `imagePullPolicy: Always` looks at every start; tools that roll out new images watch the registry.',
    sources: [servicePage, 'k8s-images'],
  },
  {
    key: 'build',
    grade: 'none',
    kubernetes: 'docker build, docker push',
    why: '',
    sources: ['docker-compose-file-build', 'docker-buildx-build', 'k8s-images'],
    apply(draft, { trees: [tree], value }, { service, project, extras }) {
      const image = draft.container.image;
      const { build = {} } = service.config;
      const named = service.config.image !== undefined;
      extras.builds.push(
        {
          argv: buildLine(build, image, project.directory),
          why: `Builds the image of \`${service.name}\`. A cluster builds none.`,
        },
        {
          argv: ['docker', 'push', image],
          why: 'Puts it where the nodes can pull it. With kind, `kind load docker-image` does; with minikube, `minikube image load`.',
        },
      );
      if (!named) {
        addCaveat(
          draft,
          `\`${service.name}\` has no \`image:\`. Compose would call what it builds \`${image}\`, so that name is used, but no registry has it: add \`image:\` with the name of your registry, such as registry.example.com/${image}:1.0, and ask again.`,
        );
      } else if (!hasRegistry(image)) {
        addCaveat(
          draft,
          `\`${image}\` names no registry, so nodes look for it on Docker Hub. Put the name of your registry in front, unless it is yours there.`,
        );
      }
      const context = tree ? (at(tree, 'context') ?? tree) : undefined;
      const from =
        tree?.kind === 'dict' && tree.short !== undefined
          ? tree.short
          : context
            ? shownPath(valueText(context), project.directory)
            : value;
      return {
        why: `Kubernetes builds nothing: you build \`${image}\` from \`${from}\` and push it, the nodes pull it.${named ? '' : ' The name is the one that compose would give it.'}`,
      };
    },
  },
  ...(
    [
      ['context', '`{value}` is the directory that `docker build` is given.'],
      ['dockerfile', 'It is `--file` of `docker build`.'],
      ['dockerfile_inline', 'Save it as a Dockerfile, for `docker build`.'],
      ['entitlements', 'It is `--allow` of `docker build`.'],
      ['args', 'It is `--build-arg` of `docker build`.'],
      ['ssh', 'It is `--ssh` of `docker build`.'],
      ['labels', 'It is `--label` of `docker build`: labels of the image, not of the Pod.'],
      ['cache_from', 'It is `--cache-from` of `docker build`.'],
      ['cache_to', 'It is `--cache-to` of `docker build`.'],
      ['no_cache', 'It is `--no-cache` of `docker build`.'],
      ['no_cache_filter', 'It is `--no-cache-filter` of `docker build`.'],
      ['additional_contexts', 'It is `--build-context` of `docker build`.'],
      ['network', 'It is `--network` of `docker build`, and says nothing about the container.'],
      ['provenance', 'It is `--provenance` of `docker build`.'],
      ['sbom', 'It is `--sbom` of `docker build`.'],
      ['pull', 'It is `--pull` of `docker build`.'],
      ['target', 'It is `--target` of `docker build`: build the stage that is meant for production.'],
      ['shm_size', 'It is `--shm-size` of `docker build`.'],
      ['extra_hosts', 'It is `--add-host` of `docker build`.'],
      ['isolation', 'It is for builds on Windows.'],
      ['privileged', 'Builders that need it are given `--allow security.insecure`.'],
      ['secrets', 'It is `--secret` of `docker build`: nothing of it gets into the image or the Pod.'],
      ['tags', 'These are more names for the image: a `--tag` each. Push those that nodes are to pull.'],
      ['ulimits', 'It is `--ulimit` of `docker build`.'],
      [
        'platforms',
        'It is `--platform` of `docker build`: the image has to hold the processors of your nodes.',
      ],
    ] as const
  ).map(
    ([key, why]): KeyRule => ({
      key: `build.${key}`,
      grade: 'none',
      kubernetes: 'docker build',
      why,
      sources: ['docker-compose-file-build', 'docker-buildx-build'],
    }),
  ),
];

type Build = NonNullable<ServiceConfig['build']>;

/** Whether a name begins with that of a registry (https://github.com/distribution/reference). */
function hasRegistry(image: string): boolean {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
}

function buildLine(build: Build, image: string, directory: string): string[] {
  const { context = '.', dockerfile } = build;
  const shown = shownPath(context, directory);
  const isLocal = context.startsWith('/') || context.startsWith('.');
  const file =
    dockerfile === undefined || dockerfile === 'Dockerfile'
      ? undefined
      : isLocal && !dockerfile.startsWith('/')
        ? `${shown}/${dockerfile}`.replace('././', './')
        : dockerfile;
  return [
    'docker',
    'build',
    '--tag',
    image,
    ...(file === undefined ? [] : ['--file', file]),
    ...(build.target === undefined ? [] : ['--target', build.target]),
    ...(build.platforms && build.platforms.length > 0 ? ['--platform', build.platforms.join(',')] : []),
    ...Object.entries(build.args ?? {}).flatMap(([name, value]) => [
      '--build-arg',
      value === null ? name : `${name}=${value}`,
    ]),
    ...(build.secrets ?? []).flatMap(({ source, target }) => ['--secret', `id=${target ?? source}`]),
    ...Object.keys(build.ssh ?? {}).flatMap((id) => ['--ssh', id]),
    ...Object.entries(build.additional_contexts ?? {}).flatMap(([name, from]) => [
      '--build-context',
      `${name}=${shownPath(from, directory)}`,
    ]),
    ...(build.no_cache ? ['--no-cache'] : []),
    ...(build.pull ? ['--pull'] : []),
    ...(build.network === undefined ? [] : ['--network', build.network]),
    ...(build.tags ?? []).flatMap((tag) => ['--tag', tag]),
    shown,
  ];
}
