import { sharedRules } from './compose/project-keys.ts';
import { serviceRules } from './compose/service-rules.ts';
import { instructionRules } from './dockerfile-rules.ts';
import { kindSources } from './run/choose-kind.ts';
import { flagRules } from './run/flag-rules.ts';

/** Ids of the pages that the rules in code rest on; those of rows stand in lessons/mapping/. */
export function citedByRules(): string[] {
  return [
    ...flagRules.flatMap((rule) => [...rule.sources, ...(rule.alsoCites ?? [])]),
    ...[...serviceRules, ...sharedRules, ...Object.values(instructionRules)].flatMap((rule) => rule.sources),
    ...kindSources,
    'docker-compose-application-model',
    'docker-container-create',
    'docker-container-run',
    'kompose-readme',
  ];
}
