import { baseName } from '../../docker/base-name.ts';
import type { Container, EnvVar } from '../../kubernetes/pod-spec.ts';
import type { SuggestedCommand } from '../translation.ts';
import type { WorkloadDraft, WorkloadKind } from './draft.ts';
import { serviceName } from './ports.ts';

type PlainVariable = Extract<EnvVar, { value: string }>;

/** Fields of a container that `kubectl run` has a flag for. */
const ofRun: readonly (keyof Container)[] = [
  'name',
  'image',
  'imagePullPolicy',
  'command',
  'args',
  'stdin',
  'stdinOnce',
  'tty',
  'ports',
  'env',
  'securityContext',
];
/** Those of `kubectl create deployment`, `kubectl set env` and `kubectl set resources`. */
const ofDeployment: readonly (keyof Container)[] = ['name', 'image', 'command', 'ports', 'env', 'resources'];

/** How one would sit in front of a Pod. */
export interface Attachment {
  readonly attached: boolean;
  readonly removed: boolean;
}

/**
 * The kubectl lines that make the same objects as `buildObjects`, where there are such lines; undefined
 * where a part of the draft has no flag.
 */
export function imperativeCommands(
  draft: WorkloadDraft,
  kind: WorkloadKind,
  attachment: Attachment = { attached: false, removed: false },
): SuggestedCommand[] | undefined {
  if (!isPlain(draft)) return undefined;
  if (kind === 'pod') return runPod(draft, attachment);
  if (kind === 'deployment') return createDeployment(draft);
  return undefined;
}

/** Nothing beside one container, variables with values, and one port. */
function isPlain(draft: WorkloadDraft): boolean {
  const { ports = [], env = [] } = draft.container;
  const { service } = draft;
  return (
    Object.keys(draft.labels).length === 0 &&
    Object.keys(draft.annotations).length === 0 &&
    Object.keys(draft.pod).every((field) => field === 'restartPolicy') &&
    draft.claims.length === 0 &&
    draft.configMaps.size === 0 &&
    draft.secrets.size === 0 &&
    !draft.isolated &&
    ports.length <= 1 &&
    ports.every((port) => port.protocol === undefined) &&
    env.every((each) => 'value' in each && /^[A-Za-z_]\w*$/.test(each.name) && !/[\r\n]/.test(each.value)) &&
    service.ports.length <= 1 &&
    service.aliases.length === 0 &&
    (!service.headless || service.ports.length > 0) &&
    // kubectl expose and kubectl run --expose name the Service after the object.
    serviceName(draft) === draft.name
  );
}

function runPod(draft: WorkloadDraft, { attached, removed }: Attachment): SuggestedCommand[] | undefined {
  const { container } = draft;
  const [port] = container.ports ?? [];
  const [published] = draft.service.ports;
  const exposes = published !== undefined && published.port === published.targetPort;
  if (!onlyHas(container, ofRun)) return undefined;
  if (container.name !== undefined && container.name !== draft.name) return undefined;
  if (container.command && container.args) return undefined;
  if (attached && published && !exposes) return undefined;
  if (!attached && (container.stdin || container.tty)) return undefined;
  const { securityContext } = container;
  if (securityContext && JSON.stringify(securityContext) !== '{"privileged":true}') return undefined;
  const terminal = `${container.stdin ? 'i' : ''}${container.tty ? 't' : ''}`;
  const argv = [
    'kubectl',
    'run',
    draft.name,
    ...(terminal ? [`-${terminal}`] : attached ? ['--attach'] : []),
    ...(removed && attached ? ['--rm'] : []),
    ...(draft.pod.restartPolicy && draft.pod.restartPolicy !== 'Always'
      ? [`--restart=${draft.pod.restartPolicy}`]
      : []),
    `--image=${container.image}`,
    ...(container.imagePullPolicy ? [`--image-pull-policy=${container.imagePullPolicy}`] : []),
    ...(container.env ?? []).filter(isPlainVariable).map(({ name, value }) => `--env=${name}=${value}`),
    ...(port ? [`--port=${port.containerPort}`] : []),
    ...(exposes ? ['--expose'] : []),
    ...(securityContext ? ['--privileged'] : []),
    ...(container.command ? ['--command', '--', ...container.command] : []),
    ...(container.args ? ['--', ...container.args] : []),
  ];
  const why = [
    'Makes the Pod',
    exposes ? ' and its Service' : '',
    attached ? ', waits until it runs, and shows you its output' : '',
    container.stdin && attached ? '; what you type goes in' : '',
    removed && attached ? '. `--rm` deletes it afterwards' : '',
    '.',
  ].join('');
  return [{ argv, why }, ...(published && !exposes ? [expose(draft, 'pod')] : [])];
}

function createDeployment(draft: WorkloadDraft): SuggestedCommand[] | undefined {
  const { container, name } = draft;
  const [port] = container.ports ?? [];
  const given = nameByKubectl(container.image);
  if (!onlyHas(container, ofDeployment) || given === undefined || container.name !== given) return undefined;
  const argv = [
    'kubectl',
    'create',
    'deployment',
    name,
    `--image=${container.image}`,
    ...(draft.replicas === 1 ? [] : [`--replicas=${draft.replicas}`]),
    ...(port ? [`--port=${port.containerPort}`] : []),
    ...(container.command ? ['--', ...container.command] : []),
  ];
  const variables = (container.env ?? []).filter(isPlainVariable);
  return [
    { argv, why: 'Makes the Deployment, which makes the Pod and keeps it running.' },
    ...(variables.length > 0
      ? [
          {
            argv: [
              'kubectl',
              'set',
              'env',
              `deployment/${name}`,
              ...variables.map((each) => `${each.name}=${each.value}`),
            ],
            why: 'Sets the variables. A changed template means new Pods.',
          },
        ]
      : []),
    ...setResources(draft),
    ...(draft.service.ports.length > 0 ? [expose(draft, 'deployment')] : []),
  ];
}

function setResources({ container, name }: WorkloadDraft): SuggestedCommand[] {
  const { resources } = container;
  if (!resources) return [];
  const flags = (['limits', 'requests'] as const).flatMap((kind) => {
    const amounts = Object.entries(resources[kind] ?? {}).map(
      ([resource, quantity]) => `${resource}=${quantity}`,
    );
    return amounts.length > 0 ? [`--${kind}=${amounts.join(',')}`] : [];
  });
  return [
    {
      argv: ['kubectl', 'set', 'resources', `deployment/${name}`, ...flags],
      why: 'Sets what the container may use.',
    },
  ];
}

function expose(draft: WorkloadDraft, kind: 'deployment' | 'pod'): SuggestedCommand {
  const [{ port = 0, targetPort = 0, protocol = 'TCP' } = {}] = draft.service.ports;
  return {
    argv: [
      'kubectl',
      'expose',
      kind,
      draft.name,
      `--port=${port}`,
      ...(targetPort === port ? [] : [`--target-port=${targetPort}`]),
      ...(protocol === 'TCP' ? [] : [`--protocol=${protocol}`]),
    ],
    why: `Makes the Service: \`${draft.name}:${port}\` in the cluster leads to port ${targetPort} of the container.`,
  };
}

function onlyHas(container: object, fields: readonly (keyof Container)[]): boolean {
  return Object.entries(container).every(
    ([field, value]) => value === undefined || (fields as readonly string[]).includes(field),
  );
}

function isPlainVariable(variable: EnvVar): variable is PlainVariable {
  return 'value' in variable;
}

/**
 * What `kubectl create deployment` calls the container: the last part of the image, without tag and digest.
 * Undefined where kubectl would put random letters behind it (sanitizeAndUniquify of create_deployment.go).
 */
export function nameByKubectl(image: string): string | undefined {
  const name = baseName(image).replace(/[:@].*$/s, '');
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name) ? name : undefined;
}
