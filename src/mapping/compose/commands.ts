import type { SuggestedCommand } from '../translation.ts';
import type { ComposeOptions } from './compose-translation.ts';
import { around, type Survey } from './survey.ts';
import type { TranslatedService } from './translate-service.ts';

/** A chain of Jobs that is longer than this is left to the reader. */
const mostRounds = 12;

/** How long one waits for a Job. */
const patience = '10m';

/** What to type, in order: images, data, objects, and the way in. */
export function commandsOf(
  services: readonly TranslatedService[],
  data: readonly SuggestedCommand[],
  survey: Survey,
  { namespace, file = 'manifests.yaml' }: ComposeOptions,
): SuggestedCommand[] {
  const inSpace = namespace === undefined ? [] : ['-n', namespace];
  const intoNamespace = ({ argv, why }: SuggestedCommand): SuggestedCommand => ({
    argv: argv[0] === 'kubectl' ? [...argv, ...inSpace] : argv,
    why,
  });
  const all = [
    ...services.flatMap(({ extras }) => extras.builds),
    ...(namespace === undefined
      ? []
      : [
          {
            argv: ['kubectl', 'create', 'namespace', namespace],
            why: 'Makes the namespace, where it is not there.',
          },
        ]),
    ...[
      ...data,
      ...services.flatMap(({ draft }) => draft.preparations),
      ...applies(services, survey, file),
      ...services.flatMap((each) => forwards(each, survey)),
    ].map(intoNamespace),
  ];
  return withoutDoubles(all);
}

/** Where some wait for Jobs of others, the first go first. */
function applies(services: readonly TranslatedService[], survey: Survey, file: string): SuggestedCommand[] {
  const everything: SuggestedCommand = {
    argv: ['kubectl', 'apply', '-f', file],
    why: `Save the manifest as ${file}; this makes the objects in it, and again after a change.`,
  };
  const rounds = roundsOf(services);
  if (rounds.length <= 1) return [everything];
  if (rounds.length > mostRounds) {
    return [
      {
        ...everything,
        why: `${everything.why} The Jobs wait for each other ${rounds.length} deep: apply them one by one, with \`kubectl wait\` between.`,
      },
    ];
  }
  const steps = rounds.slice(0, -1).flatMap((round, index): SuggestedCommand[] => {
    const later = rounds
      .slice(index + 1)
      .flat()
      .map(({ service }) => around(survey, service.name).name);
    const jobs = waitedFor(rounds.slice(index + 1).flat(), round).map(
      (name) => `job/${around(survey, name).name}`,
    );
    return [
      {
        argv: ['kubectl', 'apply', '-f', file, '-l', `app notin (${later.join(',')})`],
        why:
          index === 0
            ? `Save the manifest as ${file}; this makes all but what waits for a Job.`
            : 'Makes what waited for it.',
      },
      ...jobs.map(
        (job): SuggestedCommand => ({
          argv: ['kubectl', 'wait', '--for=condition=complete', job, `--timeout=${patience}`],
          why: 'Waits until it has completed, as `service_completed_successfully` does.',
        }),
      ),
    ];
  });
  return [...steps, { argv: everything.argv, why: 'Makes the rest.' }];
}

/** Services by how many Jobs in a row have to end before them. */
function roundsOf(services: readonly TranslatedService[]): TranslatedService[][] {
  const byName = new Map(services.map((each) => [each.service.name, each]));
  const waitsFor = ({ service }: TranslatedService): string[] =>
    Object.entries(service.config.depends_on ?? {}).flatMap(([name, { condition }]) =>
      byName.has(name) && condition === 'service_completed_successfully' ? [name] : [],
    );
  const depths = new Map<string, number>();
  // Not by recursion: a chain can be as long as the file. Circles were refused before.
  const open = services.map(({ service }) => service.name).reverse();
  while (open.length > 0) {
    const name = open.at(-1) ?? '';
    const each = byName.get(name);
    const others = each && !depths.has(name) ? waitsFor(each) : [];
    const unknown = others.filter((other) => !depths.has(other));
    if (unknown.length > 0) open.push(...unknown);
    else {
      if (!depths.has(name))
        depths.set(name, Math.max(0, ...others.map((other) => (depths.get(other) ?? 0) + 1)));
      open.pop();
    }
  }
  const rounds: TranslatedService[][] = [];
  for (const each of services) {
    const depth = depths.get(each.service.name) ?? 0;
    const round = rounds[depth];
    if (round) round.push(each);
    else rounds[depth] = [each];
  }
  return rounds.filter((round) => round !== undefined);
}

function waitedFor(later: readonly TranslatedService[], round: readonly TranslatedService[]): string[] {
  const wanted = new Set(
    later.flatMap(({ service }) =>
      Object.entries(service.config.depends_on ?? {}).flatMap(([name, { condition }]) =>
        condition === 'service_completed_successfully' ? [name] : [],
      ),
    ),
  );
  return round.map(({ service }) => service.name).filter((name) => wanted.has(name));
}

function forwards({ draft, service }: TranslatedService, survey: Survey): SuggestedCommand[] {
  const { serviceName, host } = around(survey, service.name);
  if (draft.forwards.length === 0 || host !== undefined || draft.pod.hostNetwork) return [];
  const ports = draft.forwards.map(({ local, remote }) =>
    local === 0 ? `:${remote}` : local === remote ? `${remote}` : `${local}:${remote}`,
  );
  return [
    {
      argv: ['kubectl', 'port-forward', `service/${serviceName}`, ...new Set(ports)],
      why: `Opens the published ports of \`${service.name}\` on your machine, for as long as it runs.${draft.forwards.some(({ local }) => local > 0 && local < 1024) ? ' Ports below 1024 may need more rights than you have.' : ''}`,
    },
  ];
}

function withoutDoubles(commands: readonly SuggestedCommand[]): SuggestedCommand[] {
  return [...new Map(commands.map((each) => [each.argv.join('\0'), each])).values()];
}
