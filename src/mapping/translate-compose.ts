import type { ComposeProject } from '../docker/compose/project.ts';
import type { KubernetesObject } from '../kubernetes/objects.ts';
import type { Likeness } from '../lesson/lesson.ts';
import { commandsOf } from './compose/commands.ts';
import type {
  ComposeOptions,
  ComposeTranslation,
  KeyVerdict,
  ServiceTranslation,
} from './compose/compose-translation.ts';
import { moveGuests } from './compose/guests.ts';
import { networkPolicies, separates } from './compose/network-policies.ts';
import { sharedData } from './compose/project-data.ts';
import { sharedVerdicts } from './compose/project-verdicts.ts';
import { type Survey, surveyProject } from './compose/survey.ts';
import { type TranslatedService, translateService } from './compose/translate-service.ts';
import { withoutDoubles } from './workload/build-objects.ts';

/** A compose project in the terms of Kubernetes: objects, a verdict for every key, and what to type. */
export function translateCompose(project: ComposeProject, options: ComposeOptions): ComposeTranslation {
  const survey = surveyProject(project, options.kubernetes);
  const translated = moveGuests(
    project.services.map((service) => translateService(service, survey, options)),
    survey,
  );
  const data = sharedData(project, survey);
  const claims = withoutDoubles(translated.flatMap(({ objects }) => objects.filter(isClaim)));
  const objects = [...data.objects, ...claims, ...networkPolicies(project, survey)].map((each) =>
    placed(each, options),
  );
  const services = translated.map((each) => ofService(each, survey, options));
  const verdicts = sharedVerdicts(survey);
  const all = [...verdicts, ...services.flatMap((each) => each.verdicts)];
  return {
    grade: worst(all),
    services,
    shared: { objects, verdicts },
    commands: commandsOf(translated, data.commands, survey, options),
    summary: summaryOf(services, objects),
    caveats: caveatsOf(project, services),
    lesson: 'compose-to-kubernetes',
    sources: [
      'docker-compose-application-model',
      'kompose-readme',
      ...new Set(all.flatMap(({ sources }) => sources)),
    ].filter((each, index, list) => list.indexOf(each) === index),
  };
}

function isClaim({ kind }: KubernetesObject): boolean {
  return kind === 'PersistentVolumeClaim';
}

function placed(object: KubernetesObject, { namespace }: ComposeOptions): KubernetesObject {
  return namespace === undefined ? object : { ...object, metadata: { ...object.metadata, namespace } };
}

function ofService(
  { service, choice, draft, objects, verdicts }: TranslatedService,
  survey: Survey,
  options: ComposeOptions,
): ServiceTranslation {
  const own = survey.around.get(service.name);
  const host = own?.host;
  const isNone = service.config.provider !== undefined;
  return {
    name: service.name,
    kind: isNone ? 'none' : choice.kind,
    summary: isNone
      ? 'A provider outside of compose makes it, so there are no objects.'
      : host === undefined
        ? `A ${choice.kind}, because ${choice.because}.`
        : `A container in the Pod of \`${host}\`, because it shares the network of that service.`,
    objects: objects.filter((each) => !isClaim(each)).map((each) => placed(each, options)),
    verdicts,
    caveats: draft.caveats,
  };
}

const order: readonly Likeness[] = ['exact', 'approximate', 'false-friend', 'none'];

/** A project is as near as most of it; what has no counterpart is said where it stands. */
function worst(verdicts: readonly KeyVerdict[]): Likeness {
  const grades = verdicts.map(({ grade }) => order.indexOf(grade));
  return Math.max(0, ...grades) === 0 ? 'exact' : 'approximate';
}

function summaryOf(services: readonly ServiceTranslation[], shared: readonly KubernetesObject[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of [...shared, ...services.flatMap(({ objects }) => objects)])
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) =>
    `${count} ${kind}${count === 1 ? '' : kind.endsWith('y') ? '' : 's'}`.replace(
      'Policy',
      count === 1 ? 'Policy' : 'Policies',
    ),
  );
  const list =
    parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? 'nothing');
  return `${services.length === 1 ? 'One service becomes' : `${services.length} services become`} ${list}. Each service has a workload of its own, and the Service that it is found by keeps its name.`;
}

function caveatsOf(project: ComposeProject, services: readonly ServiceTranslation[]): string[] {
  const left = project.inactive.map(({ name, profiles }) => `\`${name}\` (${profiles.join(', ')})`);
  return [
    ...(left.length > 0
      ? [
          `Services of profiles that are not active are left out, as \`docker compose up\` does: ${left.join(', ')}. Name the profile with \`--profile\`.`,
        ]
      : []),
    ...(project.unset.length > 0
      ? [
          `Variables that are not set are empty, as in compose: ${project.unset.slice(0, 20).join(', ')}. Set them, and ask again.`,
        ]
      : []),
    ...(separates(project)
      ? [
          'The NetworkPolicies need a network plugin that enforces them (Calico, Cilium and others do). Without one they do nothing, in silence.',
        ]
      : []),
    ...(services.length > 0
      ? [
          '`enableServiceLinks: false` keeps the cluster from putting variables such as `REDIS_PORT=tcp://…` into Pods, which programs take for their own settings.',
        ]
      : []),
  ];
}
