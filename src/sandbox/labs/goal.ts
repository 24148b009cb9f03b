import { findResource } from '../../kubernetes/resources.ts';
import { fitsSelector } from '../cluster/object.ts';
import { isResource, type Resource } from '../cluster/resources.ts';
import type { Sandbox } from '../sandbox.ts';
import { Laptop } from '../shell/laptop.ts';
import { linesOfScript } from '../shell/script-lines.ts';
import { otherThan, shortened } from './field-test.ts';
import type {
  AnswerCheck,
  Check,
  Condition,
  CountCheck,
  FieldTest,
  InsideCheck,
  LogCheck,
  ObjectCheck,
  ReadyCheck,
  Seen,
} from './lab.ts';
import { notReady } from './readiness.ts';
import { type Answer, Trial } from './trial.ts';

/**
 * Looks whether a world is as it should be. The world stays as it is: what has to be tried is tried in a copy.
 *
 * @throws Error when a condition names a kind or a path that there is not
 */
export function checkGoal(goal: readonly Condition[], sandbox: Sandbox): readonly Seen[] {
  const look = new Look(sandbox);
  return goal.map((condition) => {
    const instead = look.at(condition);
    return { says: condition.says, fulfilled: instead === undefined, instead: instead ?? '' };
  });
}

/** Whether everything was as it should be. */
export function isReached(seen: readonly Seen[]): boolean {
  return seen.every(({ fulfilled }) => fulfilled);
}

interface Named {
  readonly table: Resource;
  readonly namespaced: boolean;
  readonly name: string;
  /** As it was written. */
  readonly text: string;
}

/** A request is made so often, since a Service leads to another Pod each time. */
const asks = 6;
/** How long the world has to get over what was done to it, in milliseconds. */
const untilItIsMended = 60_000;

class Look {
  readonly #sandbox: Sandbox;
  #copy: Trial | undefined;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** @returns what is there instead; undefined when it is as it should be */
  at(check: Check): string | undefined {
    if ('object' in check) return this.#object(check);
    if ('absent' in check) return this.#absent(check);
    if ('count' in check) return this.#count(check);
    if ('ready' in check) return this.#ready(check);
    if ('answers' in check) return this.#answers(check);
    if ('log' in check) return this.#log(check);
    if ('inside' in check) return this.#inside(check);
    const text = new Laptop(this.#sandbox.cluster.store).read(check.file);
    if (text === undefined) return `there is no file \`${check.file}\``;
    if (new RegExp(check.matches).test(text)) return undefined;
    return text.trim() === '' ? 'the file is empty' : `the file ends with: ${shortened(text)}`;
  }

  get #trial(): Trial {
    this.#copy ??= new Trial(this.#sandbox);
    return this.#copy;
  }

  /** A copy in which something was done: one of its own, since others are not to see it. */
  #trialAfter(script: string | undefined): Trial {
    if (script === undefined) return this.#trial;
    const trial = new Trial(this.#sandbox);
    for (const line of linesOfScript(script)) trial.run(line);
    trial.sandbox.advance(untilItIsMended);
    return trial;
  }

  #object({ object, namespace, has = [] }: ObjectCheck): string | undefined {
    const named = readName(object);
    const found = this.#find(named, namespace);
    return found ? firstOther(has, found) : missing(named, namespace);
  }

  #absent({ absent, namespace }: { absent: string; namespace?: string | undefined }): string | undefined {
    const found = this.#find(readName(absent), namespace);
    if (!found) return undefined;
    return found.metadata.deletionTimestamp === undefined
      ? `\`${absent}\` is there`
      : `\`${absent}\` is being deleted`;
  }

  #count({ count, namespace = 'default', labels = {}, has = [], is, least, most }: CountCheck) {
    const { table, namespaced } = readKind(count);
    const all = this.#sandbox.cluster
      .list(table, namespaced ? namespace : undefined)
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .filter(({ metadata }) => fitsSelector({ matchLabels: labels }, metadata.labels));
    const fitting = all.filter((each) => firstOther(has, each) === undefined);
    const number = fitting.length;
    if ((is ?? number) === number && number >= (least ?? 0) && number <= (most ?? number)) return undefined;
    const [first] = all.flatMap((each) => firstOther(has, each) ?? []);
    if (number > (most ?? is ?? number)) return `there ${are(number)}`;
    if (first === undefined) return number === 0 ? 'there is none' : `there ${are(number)}`;
    return number === 0
      ? `none is like that; of one, ${first}`
      : `${number} ${number === 1 ? 'is' : 'are'} like that; of another, ${first}`;
  }

  #ready({ ready, namespace, least = 1 }: ReadyCheck): string | undefined {
    const named = readName(ready);
    const found = this.#find(named, namespace);
    return found ? notReady(named.table, found, least) : missing(named, namespace);
  }

  #answers({ answers, from, namespace = 'default', after, ...wanted }: AnswerCheck): string | undefined {
    const url = new URL(answers);
    const trial = this.#trialAfter(after);
    const askers = askersIn(trial, from, namespace);
    if (askers.length === 0) {
      return from === undefined
        ? 'no Pod that could ask gets a place on a node'
        : 'no Pod that could ask is running';
    }
    for (const network of askers) {
      for (let again = 0; again < asks; again++) {
        const wrong = wrongWith(trial.ask(url, network), wanted);
        if (wrong !== undefined) return wrong;
      }
    }
    return undefined;
  }

  #log({ log, namespace = 'default', matches }: LogCheck): string | undefined {
    const of =
      typeof log === 'string'
        ? log
        : `-l ${Object.entries(log)
            .map(([name, value]) => `${name}=${value}`)
            .join(',')}`;
    const { stdout, stderr } = this.#trial.run(
      `kubectl logs ${of} -n ${namespace} --all-containers --tail=-1`,
    );
    if (new RegExp(matches, 'm').test(stdout)) return undefined;
    if (stdout.trim() !== '') return `the log ends with: ${shortened(stdout)}`;
    return stderr.trim() === '' ? 'nothing was printed' : shortened(stderr);
  }

  #inside({
    inside,
    namespace = 'default',
    container,
    command,
    matches,
    after,
  }: InsideCheck): string | undefined {
    const where = `${inside} -n ${namespace}${container === undefined ? '' : ` -c ${container}`}`;
    const quoted = `'${command.replaceAll("'", "'\\''")}'`;
    const { stdout, stderr } = this.#trialAfter(after).run(`kubectl exec ${where} -- sh -c ${quoted}`);
    if (new RegExp(matches, 'm').test(stdout)) return undefined;
    if (stdout.trim() !== '') return `\`${command}\` prints: ${shortened(stdout)}`;
    const [why = ''] = stderr.trim().split('\n');
    return why === '' ? `\`${command}\` prints nothing` : `\`${command}\`: ${shortened(why)}`;
  }

  #find({ table, namespaced, name }: Named, namespace = 'default') {
    return this.#sandbox.cluster.get(table, namespaced ? namespace : undefined, name);
  }
}

/** Networks to ask from; undefined stands for the learner's machine. */
function askersIn(
  trial: Trial,
  from: AnswerCheck['from'],
  namespace: string,
): readonly (string | undefined)[] {
  if (from === 'outside') return [undefined];
  if (from !== undefined) return trial.networksOf(namespace, from);
  const visitor = trial.visitorIn(namespace);
  return visitor === undefined ? [] : [visitor];
}

function are(number: number): string {
  return number === 1 ? 'is 1' : `are ${number}`;
}

function firstOther(has: readonly FieldTest[], object: unknown): string | undefined {
  for (const test of has) {
    const other = otherThan(test, object);
    if (other !== undefined) return other;
  }
  return undefined;
}

function wrongWith(
  answer: Answer,
  { status, matches, never }: Pick<AnswerCheck, 'status' | 'matches' | 'never'>,
): string | undefined {
  if ('failure' in answer) return never ? undefined : answer.failure;
  if (never) return `it is answered, with status ${answer.status}`;
  const isRight = status === undefined ? answer.status < 400 : answer.status === status;
  if (!isRight) return `the answer has the status ${answer.status}: ${shortened(answer.body)}`;
  if (matches === undefined || new RegExp(matches).test(answer.body)) return undefined;
  return `the answer is: ${shortened(answer.body.replaceAll('\n', ' '))}`;
}

function missing({ text, namespaced }: Named, namespace = 'default'): string {
  return `there is no \`${text}\`${namespaced ? ` in the namespace ${namespace}` : ''}`;
}

function readName(text: string): Named {
  const [kind = '', name] = text.split('/');
  if (!name) throw new Error(`"${text}" names no object; it is written as in deployment/web`);
  return { ...readKind(kind), name, text };
}

function readKind(word: string): { readonly table: Resource; readonly namespaced: boolean } {
  const found = findResource(word);
  const table = found?.group ? `${found.plural}.${found.group}` : (found?.plural ?? '');
  if (!found || !isResource(table)) throw new Error(`the cluster serves no "${word}"`);
  return { table, namespaced: found.namespaced };
}
