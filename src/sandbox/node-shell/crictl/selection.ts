import { type CriContainer, type CriSandbox, sandboxLabels } from '../cri/pods-on-node.ts';
import { containerState } from './entries.ts';
import type { CrictlOptions } from './options.ts';
import { CrictlFailure, LoggedExit } from './output.ts';
import type { CrictlRun } from './run.ts';

/** Labels that were asked for with `--label`. @throws CrictlFailure */
export function labelsAsked(options: CrictlOptions): Readonly<Record<string, string>> {
  return Object.fromEntries(
    options.all('label').map((text) => {
      const parts = text.split('=');
      if (parts.length !== 2) throw new CrictlFailure(`incorrectly specified label: ${text}`);
      return parts as [string, string];
    }),
  );
}

/**
 * Containers as the flags of `ps`, `inspect` and `exec` choose them, the newest first.
 *
 * @throws CrictlFailure, LoggedExit
 */
export function chosenContainers(run: CrictlRun): readonly CriContainer[] {
  const { options } = run;
  const labels = labelsAsked(options);
  const state = options.text('state').toLowerCase();
  if (state !== '' && !['created', 'running', 'exited', 'unknown'].includes(state)) {
    throw new LoggedExit('--state should be one of created, running, exited or unknown');
  }
  const newest = options.on('latest') ? 1 : options.number('last');
  const anyState = newest > 0 || (options.on('all') && state === '');
  const image = options.text('image');
  const imageId = image === '' ? undefined : (run.image(image)?.image.id ?? '');
  const name = expressionOf(options.text('name'));
  const namespace = expressionOf(options.text('namespace'));
  const found = run.containers().filter((each) => {
    const { container, sandbox } = each;
    return (
      container.id.startsWith(options.text('id')) &&
      sandbox.id.startsWith(options.text('pod')) &&
      (anyState || containerState(each).toLowerCase() === (state || 'running')) &&
      hasLabels(container.spec.labels, labels) &&
      (imageId === undefined || imageId === container.imageId) &&
      name.test(each.name) &&
      namespace.test(sandbox.namespace)
    );
  });
  return newest > 0 ? found.slice(0, newest) : found;
}

/** Sandboxes as the flags of `pods` and `inspectp` choose them, the newest first. @throws CrictlFailure, LoggedExit */
export function chosenSandboxes(run: CrictlRun): readonly CriSandbox[] {
  const { options } = run;
  const labels = labelsAsked(options);
  const state = options.text('state').toLowerCase();
  if (!['', 'ready', 'notready'].includes(state)) throw new LoggedExit('--state should be ready or notready');
  const name = expressionOf(options.text('name'));
  const namespace = expressionOf(options.text('namespace'));
  const found = run.sandboxes().filter((sandbox) => {
    return (
      sandbox.id.startsWith(options.text('id')) &&
      (state === '' || sandbox.isReady === (state === 'ready')) &&
      hasLabels(sandboxLabels(sandbox), labels) &&
      name.test(sandbox.name) &&
      namespace.test(sandbox.namespace)
    );
  });
  const newest = options.on('latest') ? 1 : options.number('last');
  return newest > 0 ? found.slice(0, newest) : found;
}

function hasLabels(
  labels: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** A pattern of Go is nearly one of JavaScript; nothing fits one that is none. */
function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    return /(?!)/;
  }
}
