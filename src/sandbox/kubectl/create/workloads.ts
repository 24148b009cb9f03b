import type { CronJob } from '../../../kubernetes/api.ts';
import type { Steps } from '../../effects.ts';
import { demandFlags, onlyName } from '../changing/usage.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { namespaceFor, readObjects } from '../selecting/selection.ts';
import { get, pathOf } from '../server/client.ts';
import { nameOf } from '../server/served-object.ts';
import { fiveLetters } from './five-letters.ts';
import { createGenerated, type GeneratedObject } from './generated.ts';

/** `kubectl create deployment NAME --image=… [-- COMMAND]` */
export function* runCreateDeployment(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandFlags(options, '--image');
  const name = onlyName(context);
  const images = options.list('--image');
  const command = options.command.afterDashes;
  if (images.length > 1 && command.length > 0) {
    throw new CommandFailure('cannot specify multiple --image options and command');
  }
  const port = options.number('--port', -1);
  const containers = images.map((image, index) => ({
    name: containerName(image),
    image,
    ...(command.length > 0 ? { command } : {}),
    ...(port >= 0 && index === 0 ? { ports: [{ containerPort: port }] } : {}),
  }));
  const labels = { app: name };
  return yield* createGenerated(
    context,
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels },
      spec: {
        replicas: options.number('--replicas', 1),
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    },
    'deployment:',
  );
}

/** The last part of the image's name, without its tag. */
function containerName(image: string): string {
  const name = image.replace(/^.*\//s, '').replace(/[:@].*$/s, '');
  // kubectl adds five letters by chance here; these are the same for the same image.
  return /[_.]/.test(name) ? `${name.replaceAll(/[_.]/g, '-')}-${fiveLetters(image)}` : name;
}

/** `kubectl create job NAME --image=…|--from=cronjob/NAME [-- COMMAND]` */
export function* runCreateJob(context: KubectlContext): Steps<number> {
  const { options } = context;
  const name = onlyName(context);
  const image = options.text('--image', '');
  const from = options.text('--from', '');
  if ((image === '') === (from === ''))
    throw new CommandFailure('either --image or --from must be specified');
  if (from !== '' && options.command.afterDashes.length > 0) {
    throw new CommandFailure('cannot specify --from and command');
  }
  const job =
    from === ''
      ? { metadata: { name }, spec: { template: { spec: podSpec(options, name, image, 'Never') } } }
      : jobOf(name, yield* cronJobNamed(context, from));
  return yield* createGenerated(context, { apiVersion: 'batch/v1', kind: 'Job', ...job }, 'job:');
}

function* cronJobNamed(context: KubectlContext, word: string): Steps<CronJob> {
  const [{ resource, name }] = readObjects([word], yield* context.known());
  const object = yield* get(pathOf(resource, namespaceFor(resource, yield* context.target()), name));
  if (resource.kind === 'CronJob') return object as CronJob;
  throw new CommandFailure(`unknown object type *${resource.version}.${resource.kind}`);
}

function jobOf(name: string, { metadata, spec }: CronJob): Pick<GeneratedObject, 'metadata'> {
  const { annotations, labels } = spec?.jobTemplate.metadata ?? {};
  return {
    metadata: {
      name,
      ...(labels ? { labels } : {}),
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...annotations },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          name: nameOf(metadata),
          uid: `${metadata.uid}`,
          controller: true,
        },
      ],
    },
    spec: spec?.jobTemplate.spec,
  } as Pick<GeneratedObject, 'metadata'>;
}

/** `kubectl create cronjob NAME --image=… --schedule=… [-- COMMAND]` */
export function* runCreateCronJob(context: KubectlContext): Steps<number> {
  const { options } = context;
  demandFlags(options, '--image', '--schedule');
  const name = onlyName(context);
  const spec = podSpec(options, name, options.text('--image', ''), options.text('--restart') || 'OnFailure');
  return yield* createGenerated(
    context,
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name },
      spec: {
        schedule: options.text('--schedule', ''),
        jobTemplate: { metadata: { name }, spec: { template: { spec } } },
      },
    },
    'cronjob:',
  );
}

function podSpec({ command }: Options, name: string, image: string, restartPolicy: string): unknown {
  const { afterDashes } = command;
  const container = { name, image, ...(afterDashes.length > 0 ? { command: afterDashes } : {}) };
  return { containers: [container], restartPolicy };
}
