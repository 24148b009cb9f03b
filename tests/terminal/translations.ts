import type { Source } from '../../src/lesson/lesson.ts';
import type { CatalogueLine } from '../../src/mapping/catalogue.ts';
import type { CommandRow } from '../../src/mapping/command-row.ts';
import type { Translation } from '../../src/mapping/translation.ts';

// Answers made for the views: what they say may be old, how they look is what counts.

export const pages: readonly Source[] = [
  {
    id: 'docker-container-run',
    title: 'docker container run',
    url: 'https://docs.docker.com/reference/cli/docker/container/run/',
    versions: 'Docker Engine 28 and 29',
  },
  {
    id: 'k8s-kustomize',
    title: 'Declarative Management of Kubernetes Objects Using Kustomize',
    url: 'https://kubernetes.io/docs/tasks/manage-kubernetes-objects/kustomization/',
    versions: 'Kubernetes 1.32 to 1.36',
  },
];

export const run: Translation = {
  input: 'docker run -d --name web …',
  argv: ['docker', 'run', '-d', '--name', 'web'],
  command: 'docker container run',
  grade: 'approximate',
  summary:
    'A Deployment, `web`, because `--restart always` asks for something that keeps it running, and that is what a Deployment does. With it come the PersistentVolumeClaim `data` and the Service `web`.',
  commands: [
    {
      argv: ['kubectl', 'apply', '-f', 'web.yaml'],
      why: 'Save the manifest as web.yaml; this makes the objects in it, and again after a change.',
    },
    {
      argv: [
        'kubectl',
        'create',
        'deployment',
        'web',
        '--image=registry.example.com/shop/storefront:2026-01-02',
        '--replicas=3',
        '--port=80',
        '--',
        'sh',
        '-c',
        "echo 'it works' && exec nginx -g 'daemon off;'",
      ],
      why: 'Without the manifest, as far as kubectl can say it.',
    },
    {
      argv: ['kubectl', 'set', 'env', 'deployment/web', `TOKEN=${'a'.repeat(130)}`, '--overwrite'],
      why: 'A word that is wider than a line stays whole.',
    },
  ],
  objects: [],
  flags: [
    {
      flag: '--detach',
      grade: 'exact',
      kubernetes: 'the way Kubernetes runs everything',
      why: 'Nothing you apply stays attached to your terminal. `kubectl logs -f` shows what it prints.',
      sources: [],
    },
    {
      flag: '--publish',
      value: '127.0.0.1:8080:80',
      grade: 'approximate',
      kubernetes: 'Service `spec.ports`, `kubectl port-forward`',
      why: 'In the cluster, port 8080 of the Service `web` leads to port 80 of the container. A Service does not reach your machine.',
      sources: [],
    },
    {
      flag: '--volume',
      value: 'data:/var/lib/postgresql/data/pgdata/base',
      grade: 'approximate',
      kubernetes: 'PersistentVolumeClaim',
      why: 'The volume `data` is the claim `data`, of 1Gi since some size has to be given.',
      sources: [],
    },
    {
      flag: '--user',
      value: '1000:1000',
      grade: 'exact',
      kubernetes: 'securityContext.runAsUser, securityContext.runAsGroup',
      why: 'Numbers only.',
      sources: [],
    },
    {
      flag: '--interactive',
      value: 'false',
      grade: 'exact',
      kubernetes: 'nothing',
      why: "`--interactive=false` is docker's default, so nothing comes of it.",
      sources: [],
    },
    {
      flag: '--add-host',
      value: 'evil\x1b[31m\u202e:1.2.3.4',
      grade: 'false-friend',
      kubernetes: 'pod.spec.hostAliases',
      why: 'A name with control characters, `evil\x1b[31m\u202e`, is shown with them made visible.',
      sources: [],
    },
    {
      flag: '--storage-opt',
      value: 'size=120G',
      grade: 'none',
      kubernetes: 'none',
      why: 'A Pod sets no size for its writable layer. `ephemeral-storage` limits what it may write.',
      sources: [],
    },
  ],
  positionals: { image: 'nginx:1.27', args: [] },
  caveats: [
    'The image has a tag that moves… name a version.',
    'The Deployment has the strategy Recreate: the old Pod ends before the new one starts, since both could not have the claim on two nodes.',
  ],
  lesson: 'deployments',
  sources: [],
};

export const manifest = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    note: ${'a long line in a manifest is cut into pieces, '.repeat(3)}
spec:
  selector:
    app: web
`;

export const list: Translation = {
  input: 'docker ps -a --filter label=tier=web --filter status=running --format {{.Names}}',
  argv: ['docker', 'ps', '-a'],
  command: 'docker container ls',
  grade: 'approximate',
  summary: 'Lists the Pods of the current namespace, on all nodes. A Pod may hold several containers.',
  commands: [
    {
      argv: [
        'kubectl',
        'get',
        'pods',
        '--selector=tier=web',
        '--field-selector=status.phase=Running',
        '-o',
        'custom-columns=NAME:.metadata.name',
        '--no-headers',
      ],
      why: 'The Pods of the current namespace. Add `-A` for all namespaces.',
    },
  ],
  objects: [],
  flags: [
    {
      flag: '--filter',
      value: 'status=running',
      grade: 'approximate',
      kubernetes: '--field-selector=status.phase=Running',
      why: "The phase is the Pod's, not the container's.",
      sources: [],
    },
  ],
  positionals: {},
  caveats: [],
  lesson: 'looking-inside',
  sources: [],
};

export const none: Translation = {
  input: 'docker commit web shop:2',
  argv: ['docker', 'commit', 'web', 'shop:2'],
  command: 'docker container commit',
  grade: 'none',
  summary:
    "There is no counterpart: kubectl makes no images, and a container's state is not kept. Write the change into the Dockerfile, build, push, and let the Deployment roll out the new tag.",
  commands: [],
  objects: [],
  flags: [],
  positionals: { container: 'web' },
  caveats: ['To look around without changing anything, `kubectl debug` can copy the Pod.'],
  lesson: 'image-contract',
  sources: [],
};

export const row: CommandRow = {
  command: 'docker container logs',
  category: 'container',
  intents: ['see what a container printed'],
  grade: 'approximate',
  kubernetes: 'kubectl logs',
  summary: 'Prints what the container wrote. kubectl asks for one container of one Pod.',
  positionals: ['container', 'args...'],
  commands: [
    { run: 'kubectl logs deploy/{container}', why: 'kubectl picks one Pod of the Deployment.' },
    {
      run: "kubectl get pods --selector=app={container} -o jsonpath='{range .items[*]}{.metadata.name}{end}' --field-selector=status.phase={flag.since}",
      why: 'Only the names.',
      when: '--since !--follow container',
    },
  ],
  caveats: ['After a restart the earlier output is under `--previous`.'],
  flags: [
    {
      flag: '--follow',
      grade: 'exact',
      kubernetes: '--follow',
      why: 'Streams new lines.',
      sources: [],
    },
    {
      flag: '--details',
      grade: 'none',
      kubernetes: 'none',
      why: 'A Pod has labels instead, and `kubectl logs` shows none of them.',
      sources: [],
    },
    {
      flag: '--since',
      grade: 'false-friend',
      kubernetes: '--since, --since-time',
      why: 'A length of time only; a date goes to `--since-time`.',
      sources: [],
    },
  ],
  lesson: 'looking-inside',
  sources: [],
};

export const lines: readonly CatalogueLine[] = [
  {
    command: 'docker container ls',
    typed: 'docker ps',
    category: 'container',
    intents: [],
    grade: 'approximate',
    kubernetes: 'kubectl get pods',
    caveat: 'docker ps hides what has stopped. kubectl get pods shows finished Pods until they are deleted.',
  },
  {
    command: 'docker container pause',
    typed: 'docker pause',
    category: 'container',
    intents: [],
    grade: 'false-friend',
    kubernetes: 'none; `kubectl rollout pause` is another thing',
    caveat: 'What rollout pause holds up is a rollout: the containers run on.',
  },
  {
    command: 'docker container exec',
    typed: 'docker exec',
    category: 'container',
    intents: [],
    grade: 'exact',
    kubernetes: 'kubectl exec … --',
    caveat: 'The two dashes | keep the options apart.',
  },
  {
    command: 'docker buildx history inspect attachment',
    typed: 'docker buildx history inspect attachment',
    category: 'build',
    intents: [],
    grade: 'none',
    kubernetes: 'none',
    caveat: 'A cluster keeps no record of builds.',
  },
];
