import type { ComposeProject, ComposeService } from '../../docker/compose/project.ts';
import type { DockerCommand, FlagUse } from '../../docker/parse.ts';
import type { KubernetesObject } from '../../kubernetes/objects.ts';
import { buildObjects } from '../workload/build-objects.ts';
import { addCaveat, newDraft, type WorkloadDraft, type WorkloadKind } from '../workload/draft.ts';
import { declarePort, publishPort } from '../workload/ports.ts';
import { applyRule, flagText, verdictOf } from './apply-rule.ts';
import { chooseWorkload, type WorkloadChoice } from './choose-workload.ts';
import type { ComposeOptions, KeyVerdict } from './compose-translation.ts';
import { putVariables } from './environment-keys.ts';
import { finishObjects } from './finish-objects.ts';
import { type Extras, noExtras, type ServiceContext } from './key-rule.ts';
import { serviceRule, serviceTable } from './service-rules.ts';
import { around, type Survey } from './survey.ts';
import { type RuledUse, takeApart } from './take-apart.ts';
import { keepWithinLimits } from './within-limits.ts';

/** A service, translated as far as it can be by itself. */
export interface TranslatedService {
  readonly service: ComposeService;
  readonly choice: WorkloadChoice;
  readonly draft: WorkloadDraft;
  readonly extras: Extras;
  readonly objects: readonly KubernetesObject[];
  readonly verdicts: readonly KeyVerdict[];
}

/** Translates one service, key by key. */
export function translateService(
  service: ComposeService,
  survey: Survey,
  options: ComposeOptions,
): TranslatedService {
  const { project } = survey;
  const own = around(survey, service.name);
  const choice = chooseWorkload(service, survey);
  const draft = newDraft(own.name, imageOf(service, project.name), options.kubernetes);
  if (choice.restartPolicy !== undefined) draft.pod.restartPolicy = choice.restartPolicy;
  const extras = noExtras();
  const uses = takeApart(service.given, serviceTable, project.files);
  const context = contextOf(service, survey, choice, extras, uses);
  const verdicts = uses.map(({ rule, use }) => applyRule(draft, rule, use, context));
  putVariables(draft, extras);
  keepWithinLimits(draft);
  serveOthers(draft, context);
  tellNewName(draft, context);
  const kind = kindOf(choice);
  const objects = service.config.provider
    ? []
    : finishObjects(buildObjects(draft, kind), draft, extras, choice);
  return { service, choice, draft, extras, objects, verdicts: withExtends(verdicts, service, project) };
}

/** The image; compose names what it builds after the project and the service. */
function imageOf({ name, config }: ComposeService, project: string): string {
  return config.image ?? `${project}-${name}`.toLowerCase();
}

function kindOf({ kind }: WorkloadChoice): WorkloadKind {
  return kind === 'StatefulSet' ? 'statefulset' : kind === 'Job' ? 'job' : 'deployment';
}

function contextOf(
  service: ComposeService,
  survey: Survey,
  choice: WorkloadChoice,
  extras: Extras,
  uses: readonly RuledUse[],
): ServiceContext {
  const { project } = survey;
  const { command, network_mode: mode } = service.config;
  const empty: DockerCommand = {
    program: 'docker',
    command: 'docker container run',
    globals: [],
    flags: [],
    args: [],
    argv: [],
  };
  const context = {
    command: empty,
    open: '',
    kind: kindOf(choice),
    image: service.config.image ?? '',
    args: command ?? [],
    service,
    project,
    survey,
    around: around(survey, service.name),
    choice,
    extras,
  };
  const network = mode === undefined ? `${project.name}_default` : mode.replace(/^service:/, 'container:');
  const flags = uses.flatMap(({ rule, use }): FlagUse[] => {
    const value = rule.flag === undefined ? undefined : flagText(rule, use, context);
    return rule.flag === undefined || value === undefined
      ? []
      : [{ name: rule.flag, value, spelled: use.key, position: 0 }];
  });
  return {
    ...context,
    command: {
      ...empty,
      flags: [{ name: '--network', value: network, spelled: 'network_mode', position: 0 }, ...flags],
    },
  };
}

/** Gives others the Service that they need to find this one, though it publishes nothing. */
function serveOthers(draft: WorkloadDraft, { around: own, choice, service }: ServiceContext): void {
  if (own.host !== undefined || service.config.network_mode === 'none') return;
  const { mentions, namedBy, ports } = own;
  if (draft.service.headless && draft.service.ports.length === 0) return;
  if (namedBy.length === 0 && draft.service.ports.length === 0) return;
  const waitedFor = [...own.awaited].some((each) => each !== 'service_completed_successfully');
  if (choice.kind === 'Job' && mentions.length === 0 && !waitedFor && draft.service.ports.length === 0)
    return;
  if (choice.kind === 'StatefulSet' && draft.service.ports.length === 0) {
    // The headless Service that every StatefulSet has leads to the Pod, at any port, as docker's DNS does.
    for (const port of ports) declarePort(draft, port, 'TCP');
    draft.service.headless = true;
    return;
  }
  const before = draft.service.ports.length;
  for (const port of ports) publishPort(draft, { port, containerPort: port, protocol: 'TCP' });
  if (draft.service.ports.length === 0) {
    draft.service.headless = true;
    addCaveat(
      draft,
      `\`${service.name}\` names no port, so its Service \`${own.serviceName}\` is headless: the name leads straight to the Pods, at any port, as in docker. Give the ports in \`expose\` for a Service with an address of its own.`,
    );
  } else if (draft.service.ports.length > before) {
    const added = draft.service.ports
      .slice(before)
      .map(({ port }) => port)
      .join(', ');
    addCaveat(
      draft,
      `A Service passes on only the ports that it lists, where docker's network passes on all. ${added} came into the Service \`${own.serviceName}\` from what others connect to, or from what the image is known to listen on; name others in \`expose\`.`,
    );
  }
}

/** Names are what configuration refers to, so a name that changes has to be changed there as well. */
function tellNewName(draft: WorkloadDraft, { around: own, service }: ServiceContext): void {
  if (own.serviceName === service.name || service.config.provider) return;
  const places = own.mentions
    .filter(({ name }) => name === service.name)
    .map(({ by, where }) => `\`${where}\` of \`${by}\``);
  const change = places.length > 0 ? ` Change it in ${[...new Set(places)].join(', ')}.` : '';
  const isServed = draft.service.ports.length > 0 || draft.service.headless;
  const dns = isServed ? ", and so is its name in the cluster's DNS" : '';
  addCaveat(
    draft,
    `\`${service.name}\` is no name that the API takes: small letters, digits and hyphens only. It is \`${own.serviceName}\` here${dns}.${change}`,
  );
}

function withExtends(
  verdicts: readonly KeyVerdict[],
  { extends: base }: ComposeService,
  project: ComposeProject,
): readonly KeyVerdict[] {
  const rule = serviceRule('extends');
  if (!base || !rule) return verdicts;
  const use = { key: 'extends', name: '', index: 0, trees: [], value: base.text, place: base.place };
  return [verdictOf(rule, use, project), ...verdicts];
}
