import type { ApiObject } from '../../cluster/object.ts';
import { print, type Steps, terminal } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { outcomePrinter } from '../changing/outcome.ts';
import { onlyName } from '../changing/usage.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, ServerFailure } from '../failures.ts';
import type { Options } from '../options.ts';
import { create } from '../server/client.ts';

const boundKinds = ['Node', 'Pod', 'Secret'];

/** `kubectl create token SERVICE_ACCOUNT_NAME` */
export function* runCreateToken(context: KubectlContext): Steps<number> {
  const { options } = context;
  const name = onlyName(context);
  const printer = yield* outcomePrinter(options, 'created', 'none', true);
  const { namespace } = yield* context.target();
  const request = requestOf(options, name);
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/serviceaccounts/${encodeURIComponent(name)}/token`;
  const answer = yield* asked(path, request);
  const { token } = answer.status;
  if (printer.showsObject) yield* print(printer.text(answer));
  else yield* print((yield* terminal()).isTerminal ? `${token}\n` : token);
  return 0;
}

interface TokenRequest extends ApiObject {
  readonly status: { readonly token: string };
}

function* asked(path: string, request: unknown): Steps<TokenRequest> {
  try {
    return yield* create<TokenRequest>(path, request);
  } catch (failure) {
    throwUnless(failure, ServerFailure);
    throw new CommandFailure(`failed to create token: ${failure.message}`);
  }
}

function requestOf(options: Options, name: string): unknown {
  const duration = options.duration('--duration', 0);
  const audiences = options.all('--audience');
  const kind = options.text('--bound-object-kind', '');
  const bound = options.text('--bound-object-name', '');
  const uid = options.text('--bound-object-uid', '');
  if (name === '') throw new CommandFailure('service account name is required');
  if (duration < 0) throw new CommandFailure('--duration must be greater than or equal to 0');
  if (duration % 1000 !== 0) {
    throw new CommandFailure('--duration cannot be expressed in units less than seconds');
  }
  if (audiences.includes('')) throw new CommandFailure('--audience must not be an empty string');
  if (kind === '') {
    const flag = bound === '' ? 'uid' : 'name';
    if (bound !== '' || uid !== '') {
      throw new CommandFailure(`--bound-object-${flag} can only be set if --bound-object-kind is provided`);
    }
  } else if (!boundKinds.includes(kind)) {
    throw new CommandFailure(`supported --bound-object-kind values are ${boundKinds.join(', ')}`);
  } else if (bound === '') {
    throw new CommandFailure('--bound-object-name is required if --bound-object-kind is provided');
  }
  const spec = {
    audiences,
    ...(duration > 0 ? { expirationSeconds: duration / 1000 } : {}),
    ...(kind === ''
      ? {}
      : { boundObjectRef: { kind, apiVersion: 'v1', name: bound, ...(uid === '' ? {} : { uid }) } }),
  };
  return { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: {}, spec };
}
