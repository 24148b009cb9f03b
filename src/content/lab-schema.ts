import { z } from 'zod';
import { id, prose, sources } from './schema.ts';

/** Labs as authors write them, one file each in lessons/labs/. */

const script = z
  .string()
  .regex(/\S/, 'must not be empty')
  .transform((text) => `${text.trimEnd()}\n`);

const pattern = z.string().refine(isPattern, { message: 'is no regular expression' });

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** An object of the cluster, something of the Docker Engine's, or an image with registry, folder and tag. */
const reference = z
  .string()
  .regex(
    /^(image\/[a-z0-9][\w./:@-]*|(container|network|volume)\/[a-zA-Z0-9][\w.-]*|[a-z.]+\/[a-z0-9.-]+)$/,
    'names a kind and an object, such as deployment/web or container/web',
  );
const wrongAsker = "must be labels of Pods, 'outside' or a container, such as container/web";
const asker = z.string().regex(/^(outside|container\/[\w.-]+)$/, wrongAsker);
const place = z
  .string()
  .regex(/^[a-z0-9-]+$/, "is the name of a node, or 'registry'")
  .optional();
const kind = z.string().regex(/^[a-z.]+$/, 'names a kind, such as pods');
const labels = z
  .record(z.string(), z.string())
  .refine((all) => Object.keys(all).length > 0, { message: 'needs at least one label' });
const scalar = z.union([z.string(), z.number(), z.boolean()], 'must be a text, a number, true or false');
const amount = z.int().min(0, 'must not be negative').optional();

const fieldTest = z
  .strictObject({
    at: prose(120),
    is: scalar.optional(),
    least: z.union([z.string(), z.number()]).optional(),
    most: z.union([z.string(), z.number()]).optional(),
    matches: pattern.optional(),
    not: scalar.optional(),
    exists: z.boolean().optional(),
  })
  .refine((test) => Object.keys(test).length > 1, {
    message: 'needs what the field has to be: is, least, most, matches, not or exists',
  });

const common = { says: prose(120), namespace: z.string().optional() };
const has = z.array(fieldTest).min(1, 'needs at least one').optional();

const condition = z.union(
  [
    z.strictObject({ ...common, object: reference, on: place, has }),
    z.strictObject({ ...common, absent: reference, on: place }),
    z.strictObject({
      ...common,
      count: kind,
      labels: labels.optional(),
      has,
      is: amount,
      least: amount,
      most: amount,
    }),
    z.strictObject({ ...common, ready: reference, least: amount }),
    z.strictObject({
      ...common,
      answers: z.url({ protocol: /^http$/, error: 'must be an http address' }),
      from: z.union([labels, asker], wrongAsker).optional(),
      status: z.int().optional(),
      matches: pattern.optional(),
      after: script.optional(),
      never: z.literal(true, 'is written as `never: true`, or left out').optional(),
    }),
    z.strictObject({
      ...common,
      log: z.union([reference, labels], 'must be an object, such as job/report, or labels of Pods'),
      matches: pattern,
    }),
    z.strictObject({
      ...common,
      inside: z.union([reference, z.literal('laptop')], "must be an object, such as pod/web, or 'laptop'"),
      container: z.string().optional(),
      command: prose(120),
      after: script.optional(),
      matches: pattern,
    }),
    z.strictObject({ says: common.says, file: prose(80), matches: pattern }),
  ],
  'needs one of object, absent, count, ready, answers, log, inside and file, with what belongs to it',
);

export const labSchema = z.strictObject({
  id,
  title: prose(48),
  lesson: id,
  minutes: z.int().min(3, 'a lab takes 3 to 15 minutes').max(15, 'a lab takes 3 to 15 minutes'),
  broken: z.literal(true, 'is written as `broken: true`, or left out').optional(),
  story: z.array(prose(160)).length(3, 'has three lines'),
  files: z.record(z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/, 'is a path'), script).optional(),
  start: script.optional(),
  goal: z.array(condition).min(1, 'needs at least one condition').max(6, 'has room for 6 conditions'),
  hints: z.array(prose(260)).length(3, 'are exactly three: a nudge, a pointer, the answer'),
  solution: script,
  other: script,
  debrief: z.strictObject({ answer: prose(520), alternative: prose(420), contrast: prose(420) }),
  misconceptions: z.array(id).min(1, 'needs at least one').optional(),
  sources,
});
