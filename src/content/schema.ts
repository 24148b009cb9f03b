import { z } from 'zod';

/** What authors write, as it must be. Each message says what to do, not only what is wrong. */

export const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case: small letters, digits and single hyphens');
const sourceId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9.]+)*$/, 'must be kebab-case, as the ids of pages in lessons/sources.yaml are');

/** A text of at most so many characters. */
export const prose = (most: number) =>
  z.string().trim().min(1, 'must not be empty').max(most, `is too long: at most ${most} characters`);

export const sources = z.array(sourceId).min(1, 'needs at least one source');
export const likeness = z.enum(['exact', 'approximate', 'none', 'false-friend']);

export const frontMatterSchema = z.strictObject({
  id,
  title: prose(48),
  minutes: z.int().min(5, 'a lesson takes 5 to 10 minutes').max(10, 'a lesson takes 5 to 10 minutes'),
  objectives: z.array(prose(110)).min(3, 'needs 3 or 4 objectives').max(4, 'needs 3 or 4 objectives'),
  misconceptions: z.array(id),
  sources,
});

export const trySchema = z.strictObject({
  id,
  needs: z.enum(['docker', 'kubectl', 'cluster', 'nothing']),
  start: z.string().min(1, 'must not be empty').optional(),
  outside: prose(160).optional(),
  goal: prose(420),
  hints: z.array(prose(240)).length(2, 'are exactly two: a nudge, then a pointer'),
  solution: z.strictObject({ from: prose(80), text: z.string().min(1, 'must not be empty') }),
  alternative: prose(420),
  debrief: prose(520),
});

export const counterpartsSchema = z
  .array(z.strictObject({ docker: prose(60), kubernetes: prose(60), grade: likeness, note: prose(130) }))
  .min(5, 'needs 5 to 9 rows')
  .max(9, 'needs 5 to 9 rows');

export const sourcesSchema = z.record(
  sourceId,
  z.strictObject({
    title: prose(160),
    url: z.url({ protocol: /^https$/, error: 'must be an https address' }),
    versions: prose(80),
  }),
);

export const courseSchema = z.strictObject({
  units: z
    .array(z.strictObject({ id, title: prose(40), lessons: z.array(id).min(1, 'needs at least one lesson') }))
    .min(1, 'needs at least one unit'),
});

export const diagramSchema = z.strictObject({
  title: prose(60),
  description: prose(600),
  sources: sources.optional(),
});

export const misconceptionsSchema = z.array(
  z.strictObject({
    id,
    about: z.enum(['relationship', 'commands']),
    belief: prose(120),
    tempting: prose(500),
    truth: prose(700),
    shows: prose(600),
    contrast: prose(240),
    lesson: id,
    sources,
  }),
);

const counterpart = z.strictObject({ counterpart: prose(80), grade: likeness, note: prose(400) });

export const glossarySchema = z.array(
  z
    .strictObject({
      id,
      term: prose(48),
      aliases: z.array(prose(48)).optional(),
      side: z.enum(['kubernetes', 'docker', 'both']),
      means: prose(600),
      docker: counterpart.optional(),
      kubernetes: counterpart.optional(),
      lesson: id,
      see: z.array(id).optional(),
      diagram: id.optional(),
      sources,
    })
    .refine((entry) => entry.side !== 'kubernetes' || entry.docker, {
      message: 'needs `docker:`, its counterpart there, or `counterpart: none`',
    })
    .refine((entry) => entry.side !== 'docker' || entry.kubernetes, {
      message: 'needs `kubernetes:`, its counterpart there, or `counterpart: none`',
    }),
);

const recommendationId = z.enum(['docker', 'compose', 'swarm', 'kubernetes-managed', 'kubernetes-own']);
const verdict = {
  weight: z.union([z.literal(1), z.literal(2), z.literal(3)], 'is 1 (a hint), 2 (strong) or 3 (decisive)'),
  because: prose(130),
};

export const chooseSchema = z.strictObject({
  recommendations: z.array(
    z.strictObject({
      id: recommendationId,
      title: prose(48),
      summary: prose(500),
      costs: z.array(prose(240)).min(2, 'needs at least two'),
      gains: z.array(prose(240)).min(2, 'needs at least two'),
      'first-steps': z.array(prose(240)).min(2, 'needs at least two'),
      lesson: id,
      sources,
    }),
  ),
  questions: z.array(
    z.strictObject({
      id,
      prompt: prose(160),
      why: prose(320),
      options: z
        .array(
          z.strictObject({
            id,
            text: prose(120),
            speaks: z.array(
              z.union([
                z.strictObject({ for: recommendationId, ...verdict }),
                z.strictObject({ against: recommendationId, ...verdict }),
              ]),
            ),
          }),
        )
        .min(2, 'needs at least two options'),
      sources: sources.optional(),
    }),
  ),
});
