import { now, print, type Steps } from '../../effects.ts';
import { GoRecord } from '../../go/go-record.ts';
import type { DockerContext } from '../context.ts';
import { eachMessage, openMessages } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { filterQuery, readFilters } from '../filters.ts';
import { withIntegers } from '../format/typed.ts';
import { timestampOf } from '../timestamps.ts';
import { readTemplate } from './fill-template.ts';

/** A message of `GET /events`. */
interface EventMessage {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly scope?: string;
  readonly time?: number;
  readonly timeNano?: number;
}

/** Docker's exit code for a format that is none. */
const wrongFormat = 64;

/** `docker events` (cli/command/system/events.go of docker/cli). */
export function* runEvents({ flags }: DockerContext): Steps<number> {
  const format = flags.text('--format');
  const fill = readTemplate(format, { name: '', begin: 'Error parsing format: ' });
  if (format !== '') demandFields(fill);
  const present = yield* now();
  const stream = yield* openMessages('GET', '/events', {
    query: {
      since: timestampOf('', flags.text('--since'), present),
      until: timestampOf('', flags.text('--until'), present),
      filters: filterQuery(readFilters(flags.texts('--filter'))),
    },
  });
  yield* eachMessage(stream, function* (given) {
    const message = given as EventMessage;
    if (format === '') return yield* print(`${eventText(message)}\n`);
    const { text, failure } = fill(eventRecord(message));
    if (failure) throw failure;
    yield* print(`${text}\n`);
  });
  return 0;
}

/** A format that no event fits is refused before there is any. @throws CommandFailure */
function demandFields(fill: ReturnType<typeof readTemplate>): void {
  const { failure } = fill(eventRecord({ Type: '', Action: '', Actor: { ID: '', Attributes: {} } }, true));
  if (failure) throw new CommandFailure(`Error parsing format: ${failure.message}`, wrongFormat);
}

function eventText({ Type, Action, Actor, time = 0, timeNano = time * 1e9 }: EventMessage): string {
  const attributes = Object.entries(Actor.Attributes)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(', ');
  const what = `${Type} ${Action} ${Actor.ID}${attributes === '' ? '' : ` (${attributes})`}`;
  return timeNano === 0 ? what : `${momentText(timeNano)} ${what}`;
}

/** A moment with nine digits behind its seconds; numbers of JSON hold milliseconds exactly. */
function momentText(nanoseconds: number): string {
  return new Date(Math.round(nanoseconds / 1e6)).toISOString().replace('Z', '000000Z');
}

function eventRecord(message: EventMessage, isPointer = false): GoRecord {
  const { Actor } = message;
  const actor = new GoRecord(
    'events.Actor',
    { ID: Actor.ID, Attributes: Actor.Attributes ?? {} },
    { json: Actor },
  );
  const { scope = '', time = 0, timeNano = 0 } = message;
  const fields = {
    Type: message.Type,
    Action: message.Action,
    Actor: actor,
    Scope: scope,
    Time: withIntegers(time),
    TimeNano: withIntegers(timeNano),
  };
  const type = isPointer ? '*events.Message' : 'events.Message';
  return new GoRecord(type, fields, { json: message, isPointer });
}
