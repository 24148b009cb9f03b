import { z } from 'zod';
import { categories } from '../mapping/command-row.ts';
import { id, likeness, prose, sources } from './schema.ts';

/** What authors write under lessons/mapping/; what it means stands beside the types in src/mapping/. */

const template = prose(200);
const flagName = z.string().regex(/^--[a-z0-9][a-z0-9-]*$/, 'is the long name of a flag, such as --tail');

/** Rows of lessons/mapping/*.yaml; what they mean is written in src/mapping/command-row.ts. */
export const commandRowsSchema = z.array(
  z.strictObject({
    command: z.string().regex(/^docker( [a-z0-9-]+)*$/, 'is a docker command by its long name'),
    category: z.enum(categories),
    intents: z.array(prose(80)),
    grade: likeness,
    kubernetes: prose(120),
    summary: prose(500),
    positionals: z.array(z.string().regex(/^[a-z][a-z0-9-]*(\.\.\.)?$/)).optional(),
    commands: z
      .array(
        z.strictObject({
          run: template,
          why: prose(240),
          when: z
            .string()
            .regex(/^!?(--)?[a-z][\w-]*(=[\w-]+)?( !?(--)?[a-z][\w-]*(=[\w-]+)?)*$/)
            .optional(),
        }),
      )
      .optional(),
    caveats: z.array(prose(400)).optional(),
    flags: z
      .array(
        z.strictObject({
          flag: flagName,
          grade: likeness,
          kubernetes: prose(120),
          adds: template.optional(),
          why: prose(400),
          sources,
          values: z
            .array(
              z.strictObject({
                starts: z.string().min(1),
                grade: likeness,
                kubernetes: prose(120),
                adds: template.optional(),
                why: prose(400),
              }),
            )
            .optional(),
        }),
      )
      .optional(),
    lesson: id,
    sources,
  }),
);

const condition = z.string().regex(/^!?(--)?[a-z][\w-]*(=[\w-]+)?( !?(--)?[a-z][\w-]*(=[\w-]+)?)*$/);
const flagMeaning = { grade: likeness, docker: prose(120), adds: template.optional(), why: prose(400) };
const kubectlFlag = z.strictObject({
  flag: flagName,
  ...flagMeaning,
  sources: sources.optional(),
  values: z.array(z.strictObject({ starts: z.string().min(1), ...flagMeaning })).optional(),
});
const sharedFlag = kubectlFlag.extend({ sources });
const answer = {
  positionals: z.array(z.string()).optional(),
  commands: z
    .array(z.strictObject({ run: template, why: prose(240), when: condition.optional() }))
    .optional(),
  caveats: z.array(prose(400)).optional(),
  flags: z.array(kubectlFlag).optional(),
};

/** lessons/mapping/kubectl.yaml; the form is that of src/mapping/way-back/kubectl-row.ts. */
export const kubectlRowsSchema = z.strictObject({
  globals: z.array(sharedFlag),
  common: z.array(sharedFlag),
  rows: z.array(
    z.strictObject({
      command: z.string().regex(/^kubectl( [a-z0-9-]+)*$/, 'is a kubectl command'),
      grade: likeness,
      docker: prose(120),
      summary: prose(500),
      ...answer,
      resources: z
        .array(
          z
            .strictObject({
              kinds: z.array(z.string().min(1)).min(1),
              grade: likeness.optional(),
              docker: prose(120).optional(),
              summary: prose(500).optional(),
              ...answer,
            })
            .omit({ positionals: true }),
        )
        .optional(),
      lesson: id,
      sources,
    }),
  ),
});
