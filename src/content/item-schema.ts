import { z } from 'zod';
import { id, prose, sources } from './schema.ts';

/** Questions as authors write them, in the fences of a lesson and in the quiz.yaml beside it. */

const correct = z.literal(true, 'is written as `correct: true`, or left out').optional();
const difficulty = z.union([z.literal(1), z.literal(2), z.literal(3)], 'is 1 (easy), 2 (fair) or 3 (hard)');
const language = z.enum(['console', 'yaml', 'dockerfile', 'text']).optional();

/** What is typed or printed keeps the blanks it begins with. */
const verbatim = (most: number) =>
  z
    .string()
    .regex(/\S/, 'must not be empty')
    .max(most, `is too long: at most ${most} characters`)
    .transform((text) => text.replace(/\s+$/, ''));

const option = z.strictObject({
  text: prose(120),
  explanation: prose(320),
  misconception: id.optional(),
  correct,
  says: z.boolean().optional(),
});

export const predictSchema = z.strictObject({
  id,
  prompt: prose(600),
  listing: z.string().optional(),
  language,
  options: z.array(option).min(2, 'needs 2 to 4 options').max(4, 'needs 2 to 4 options'),
  explanation: prose(420),
  contrast: prose(200).optional(),
  sources,
});

export const checkSchema = z.strictObject({
  ...predictSchema.shape,
  kind: z.enum(['one', 'several', 'true-false', 'order']),
  difficulty,
  options: z.array(option).min(3, 'needs at least 3 options').max(6, 'has room for 6 options'),
});

/** What belongs to which kind is for the linter to say: its words are those of a teacher. */
const quizOption = z.strictObject({
  ...option.shape,
  text: verbatim(400),
  match: prose(60).optional(),
  mixed: z
    .array(z.strictObject({ match: prose(60), misconception: id.optional(), explanation: prose(320) }))
    .min(1, 'needs at least one')
    .optional(),
  at: z.string().regex(/\S/, 'must not be empty').optional(),
});

export const quizSchema = z.array(
  z.strictObject({
    ...predictSchema.shape,
    kind: z.enum(['one', 'several', 'true-false', 'order', 'match', 'predict', 'command', 'mistake']),
    difficulty,
    options: z.array(quizOption).min(3, 'needs at least 3 options').max(6, 'has room for 6 options'),
    contrast: prose(200),
    rows: z.array(prose(60)).min(1, 'needs at least one').optional(),
  }),
);

type BankItem = z.infer<typeof quizSchema>[number];

/** A question of any of the three, as it was read. */
export type WrittenItem = Omit<BankItem, 'contrast'> & { readonly contrast?: string | undefined };
