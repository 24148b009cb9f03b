import type { SuggestedCommand } from '../translation.ts';
import type { WorkloadDraft } from '../workload/draft.ts';
import { imperativeCommands } from '../workload/imperative.ts';
import type { KindChoice } from './choose-kind.ts';
import { isOn, type RunContext } from './flag-rule.ts';
import { isOpen } from './shell-text.ts';

/** What to type, in order: what has to exist before, the objects, and what docker would have done besides. */
export function suggestCommands(
  draft: WorkloadDraft,
  choice: KindChoice,
  context: RunContext,
): SuggestedCommand[] {
  const { command } = context;
  const attachment = {
    attached: choice.kind === 'pod' && !isOn(command, '--detach') && !isCreated(context),
    removed: isOn(command, '--rm'),
  };
  const plain = draft.preparations.length === 0 && !hasLiteralDollar(context);
  const imperative = plain ? imperativeCommands(draft, choice.kind, attachment) : undefined;
  return [
    ...draft.preparations,
    ...(imperative ?? applied(draft, choice, attachment.attached)),
    ...started(draft, choice, context),
    ...forwarded(draft, choice, attachment.attached),
    ...(imperative === undefined && attachment.attached && attachment.removed ? [removed(draft)] : []),
  ];
}

/** A dollar that stood in quotes: in a line to be typed again, a shell could take it for a variable. */
function hasLiteralDollar({ args, open }: RunContext): boolean {
  return args.some((word) => /^\S*\$\w\S*$/.test(word) && !isOpen(word, open));
}

/** Whether docker would only have made it, not started it. */
export function isCreated({ command }: Pick<RunContext, 'command'>): boolean {
  return command.command === 'docker container create';
}

function applied(draft: WorkloadDraft, { kind }: KindChoice, attached: boolean): SuggestedCommand[] {
  const { name, container } = draft;
  const file = `${name}.yaml`;
  const apply = {
    argv: ['kubectl', 'apply', '-f', file],
    why: `Save the manifest as ${file}; this makes the objects in it, and again after a change.`,
  };
  if (kind !== 'pod' || !attached) return [apply];
  const terminal = `${container.stdin ? 'i' : ''}${container.tty ? 't' : ''}`;
  return [
    apply,
    terminal
      ? {
          argv: ['kubectl', 'attach', `-${terminal}`, `pod/${name}`],
          why: 'Puts you in front of it, once it runs.',
        }
      : { argv: ['kubectl', 'logs', '-f', `pod/${name}`], why: 'Shows what it prints, once it runs.' },
  ];
}

function removed({ name }: WorkloadDraft): SuggestedCommand {
  return { argv: ['kubectl', 'delete', '-f', `${name}.yaml`], why: 'Removes it afterwards, as `--rm` does.' };
}

/** `docker create` starts nothing, so what starts it is a step of its own. */
function started(draft: WorkloadDraft, { kind }: KindChoice, context: RunContext): SuggestedCommand[] {
  if (!isCreated(context)) return [];
  const why = 'Starts it, as `docker start` does.';
  if (kind === 'job') {
    const patch = '{"spec":{"suspend":false}}';
    return [{ argv: ['kubectl', 'patch', `job/${draft.name}`, '--type=merge', '-p', patch], why }];
  }
  if (kind === 'pod') return [];
  return [{ argv: ['kubectl', 'scale', `${kind}/${draft.name}`, '--replicas=1'], why }];
}

function forwarded(draft: WorkloadDraft, { kind }: KindChoice, attached: boolean): SuggestedCommand[] {
  if (draft.forwards.length === 0) return [];
  const ports = draft.forwards.map(({ local, remote }) =>
    local === 0 ? `:${remote}` : `${local}:${remote}`,
  );
  const [first] = draft.forwards;
  const where =
    draft.forwards.length > 1 || first === undefined
      ? 'these ports of your machine'
      : first.local === 0
        ? 'a free port of your machine'
        : `port ${first.local} of your machine`;
  const low = draft.forwards.some(({ local }) => local > 0 && local < lowestOpenPort)
    ? ' Ports below 1024 may need root; any other will do.'
    : '';
  return [
    {
      argv: ['kubectl', 'port-forward', `${kind}/${draft.name}`, ...ports],
      why: `${attached ? 'In another terminal, once the Pod runs' : 'Once the Pod runs'}: opens ${where}, on localhost only, until you press Ctrl-C; \`--address 0.0.0.0\` lets others in.${low}`,
    },
  ];
}

const lowestOpenPort = 1024;
