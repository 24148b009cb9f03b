import type { Resource } from '../../docker/compose/project.ts';
import type { Place } from '../../docker/compose/refusal.ts';
import { verdictOf } from './apply-rule.ts';
import type { KeyVerdict } from './compose-translation.ts';
import { type KeyUse, valueText } from './key-rule.ts';
import { sharedRules } from './project-keys.ts';
import type { Survey } from './survey.ts';

type Section = 'networks' | 'volumes' | 'configs' | 'secrets' | 'models';

const byKey = new Map(sharedRules.map((rule) => [rule.key, rule]));

/** Verdicts on everything beside the services, in the order of the files. */
export function sharedVerdicts(survey: Survey): KeyVerdict[] {
  const { project } = survey;
  const order = new Map(project.files.map((file, index) => [file, index]));
  const top = project.topKeys.flatMap(({ key, place, tree }) =>
    judge(
      key.startsWith('x-') ? 'x-*' : key,
      { key, name: '', index: 0, trees: [tree], value: valueText(tree), place },
      survey,
    ),
  );
  const sections = (['networks', 'volumes', 'configs', 'secrets', 'models'] as const).flatMap((section) =>
    (project[section] as readonly Resource<object>[]).flatMap((resource) =>
      ofResource(section, resource, survey),
    ),
  );
  return [...top, ...sections]
    .map(({ place, verdict }) => ({ verdict, file: order.get(place.file) ?? 0, line: place.line }))
    .sort((one, other) => one.file - other.file || one.line - other.line)
    .map(({ verdict }) => verdict);
}

interface Placed {
  readonly verdict: KeyVerdict;
  readonly place: Place;
}

function ofResource(section: Section, { key, place, given }: Resource<object>, survey: Survey): Placed[] {
  if (given === undefined) return [];
  const whole = {
    key: `${section}.${key}`,
    name: key,
    index: 0,
    trees: [given],
    value: valueText(given),
    place,
  };
  const below = given.kind === 'dict' ? [...given.entries] : [];
  return [
    ...judge(`${section}.*`, whole, survey),
    ...below.flatMap(([name, { place: at, value }]) =>
      judge(
        name.startsWith('x-') ? 'x-*' : `${section}.*.${name}`,
        {
          key: `${section}.${key}.${name}`,
          name: key,
          index: 0,
          trees: [value],
          value: valueText(value),
          place: at,
        },
        survey,
      ),
    ),
  ];
}

function judge(path: string, use: KeyUse, survey: Survey): Placed[] {
  const rule = byKey.get(path);
  return rule
    ? [{ verdict: verdictOf(rule, use, survey.project, rule.judge?.(use, survey)), place: use.place }]
    : [];
}
