import { askEngine, complain, print, type Steps, terminal } from '../effects.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Program } from '../shell/shell-context.ts';
import { listedContainers } from './docker-listed.ts';
import type { InspectedContainer } from './findings/docker-finding.ts';
import type { Account } from './why/account.ts';
import { accountOf, containerAccount, wholeAccount } from './why/make-account.ts';
import { type Subject, sortOf, subjectOf, subjectsNamed } from './why/scope.ts';

/** Draws an account, as it is to be printed. */
export type AccountDrawing = (account: Account) => string;

const usage = 'usage: why, why KIND/NAME, why NAME [-n NAMESPACE]; why container/NAME\n';

/**
 * `why`: what the controllers, the kubelets and the Docker Engine did since the last line that changed something,
 * or what became of one object, and what does not go on.
 *
 * @param namespace that is meant where none is named
 */
export function whyProgram(
  sandbox: Sandbox,
  namespace: () => string,
  drawingFor: (isTerminal: boolean) => AccountDrawing,
): Program {
  return function* why(given) {
    const line = readLine(given.slice(1), namespace());
    if (line === undefined) {
      yield* complain(usage);
      return 2;
    }
    const drawn = drawingFor((yield* terminal()).isTerminal);
    if (line.name === undefined) {
      yield* print(drawn(wholeAccount(sandbox, yield* allInspected())));
      return 0;
    }
    const account = yield* accountFor(sandbox, line.kind, line.name, line.namespace);
    if (typeof account === 'string') {
      yield* complain(account);
      return 1;
    }
    yield* print(drawn(account));
    return 0;
  };
}

interface WhyLine {
  readonly kind: string | undefined;
  /** Undefined for everything. */
  readonly name: string | undefined;
  readonly namespace: string;
}

function readLine(words: readonly string[], usual: string): WhyLine | undefined {
  const args: string[] = [];
  let namespace = usual;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, joined] = /^(?:-n=?|--namespace=)(.+)$/.exec(word) ?? [];
    if (word === '-n' || word === '--namespace') namespace = rest.shift() ?? '';
    else if (joined !== undefined) namespace = joined;
    else if (word.startsWith('-')) return undefined;
    else args.push(...(args.length === 0 ? word.split('/') : [word]));
  }
  if (args.length > 2 || args.includes('') || namespace === '') return undefined;
  const [first, second] = args;
  return second === undefined
    ? { kind: undefined, name: first, namespace }
    : { kind: first, name: second, namespace };
}

/** @returns a complaint where there is nothing of that name, or too much */
function* accountFor(
  sandbox: Sandbox,
  kind: string | undefined,
  name: string,
  namespace: string,
): Steps<Account | string> {
  if (kind === 'container' || kind === 'containers' || kind === 'docker') {
    const found = yield* inspected(name);
    return found
      ? containerAccount(sandbox, found)
      : `why: there is no container ${name}; docker ps -a lists them\n`;
  }
  if (kind !== undefined) {
    const sort = sortOf(kind);
    if (!sort) return `why: there is no kind ${kind}; kubectl api-resources lists them\n`;
    const subject = subjectOf(sandbox.cluster, sort, namespace, name);
    if (subject) return accountOf(sandbox, subject);
    return `why: there is no ${kind} ${name} in the namespace ${namespace}\n`;
  }
  const subjects = subjectsNamed(sandbox.cluster, namespace, name);
  const container = yield* inspected(name);
  const meant = [...subjects.map(wordFor), ...(container ? [`container/${name}`] : [])];
  const [only] = subjects;
  if (meant.length > 1) return `why: several things have the name ${name}: ${meant.join(', ')}\n`;
  if (only) return accountOf(sandbox, only);
  if (container) return containerAccount(sandbox, container);
  return `why: there is nothing of the name ${name} here; show lists what there is\n`;
}

function wordFor({ kind, object }: Subject): string {
  return `${kind.toLowerCase()}/${object.metadata.name}`;
}

function* allInspected(): Steps<readonly InspectedContainer[]> {
  const found: InspectedContainer[] = [];
  for (const { Id } of yield* listedContainers()) {
    const one = yield* inspected(Id);
    if (one) found.push(one);
  }
  return found;
}

function* inspected(name: string): Steps<InspectedContainer | undefined> {
  const path = `/containers/${encodeURIComponent(name)}/json`;
  const response = (yield* askEngine({ method: 'GET', path, query: {}, headers: {} })) as {
    readonly status: number;
    readonly body?: unknown;
  };
  return response.status === 200 ? (response.body as InspectedContainer) : undefined;
}
