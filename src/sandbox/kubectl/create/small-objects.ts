import type { Steps } from '../../effects.ts';
import { toLabelSelector } from '../changing/label-selector.ts';
import { readAmounts } from '../changing/quantities.ts';
import { onlyName } from '../changing/usage.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { createGenerated } from './generated.ts';

/** `kubectl create namespace NAME` */
export function* runCreateNamespace(context: KubectlContext): Steps<number> {
  const metadata = { name: named(context) };
  return yield* createGenerated(context, { apiVersion: 'v1', kind: 'Namespace', metadata });
}

/** `kubectl create serviceaccount NAME` */
export function* runCreateServiceAccount(context: KubectlContext): Steps<number> {
  const metadata = { name: named(context) };
  return yield* createGenerated(
    context,
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    'serviceaccount:',
  );
}

/** `kubectl create priorityclass NAME --value=…` */
export function* runCreatePriorityClass(context: KubectlContext): Steps<number> {
  const { options } = context;
  const description = options.text('--description');
  return yield* createGenerated(
    context,
    {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: onlyName(context) },
      value: options.number('--value', 0),
      ...(options.on('--global-default') ? { globalDefault: true } : {}),
      ...(description ? { description } : {}),
      preemptionPolicy: options.text('--preemption-policy', 'PreemptLowerPriority'),
    },
    'priorityclass:',
  );
}

/** `kubectl create poddisruptionbudget NAME --selector=… --min-available=…|--max-unavailable=…` */
export function* runCreatePodDisruptionBudget(context: KubectlContext): Steps<number> {
  const { options } = context;
  const name = named(context);
  const selector = options.text('--selector', '');
  const least = options.text('--min-available', '');
  const most = options.text('--max-unavailable', '');
  if (selector === '') throw new CommandFailure('a selector must be specified');
  if (least === '' && most === '') {
    throw new CommandFailure('one of min-available or max-unavailable must be specified');
  }
  if (least !== '' && most !== '') {
    throw new CommandFailure('min-available and max-unavailable cannot be both specified');
  }
  if (!/^\d+%?$/.test(least || most)) {
    throw new CommandFailure(
      `invalid format specified for ${least === '' ? 'max-unavailable' : 'min-available'}`,
    );
  }
  const bound = least === '' ? { maxUnavailable: intOrText(most) } : { minAvailable: intOrText(least) };
  return yield* createGenerated(
    context,
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name },
      spec: { ...bound, selector: toLabelSelector(selector) },
    },
    'poddisruptionbudgets:',
  );
}

function intOrText(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** `kubectl create quota NAME --hard=… --scopes=…` */
export function* runCreateQuota(context: KubectlContext): Steps<number> {
  const { options } = context;
  const name = named(context);
  const hard = readAmounts(options.text('--hard'));
  const scopes = options.text('--scopes', '').split(',');
  const hasScopes = scopes.join('') !== '' || scopes.length > 1;
  if (hasScopes && scopes.includes('')) throw new CommandFailure('invalid resource quota scope ""');
  return yield* createGenerated(
    context,
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name },
      spec: { ...(hard ? { hard } : {}), ...(hasScopes ? { scopes } : {}) },
    },
    'quota:',
  );
}

function named(context: KubectlContext): string {
  const name = onlyName(context);
  if (name === '') throw new CommandFailure('name must be specified');
  return name;
}
