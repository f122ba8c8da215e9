import { z } from 'zod';
import { toolNameSchema } from '@/lib/tools/settings';

/** A skill as one word or a few, always in lower case: “code review”. */
export const skillSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N} +#./&-]{0,39}$/u,
    'use letters, digits, blanks and + # . / & -, at most 40',
  );

export const maxSkills = 20;
export const skillsSchema = z
  .array(skillSchema)
  .max(maxSkills)
  .refine((skills) => new Set(skills).size === skills.length, 'a skill is named twice');

/** What a task needs of whoever does it. Every point counts. */
export const needsSchema = z.strictObject({
  skills: z.array(skillSchema).max(maxSkills).default([]),
  /** Tools that it must have, and that can be used now. */
  tools: z.array(toolNameSchema).max(maxSkills).default([]),
  /** `local`: nothing may be sent to a model that is not on this machine. */
  privacy: z.enum(['any', 'local']).default('any'),
  /** In US dollars, and in minutes: neither what its tasks usually take nor what this one takes may be more. */
  maxUsd: z.number().positive().max(10_000).optional(),
  maxMinutes: z.number().positive().max(1_440).optional(),
});
export type Needs = z.infer<typeof needsSchema>;

/** The needs of a task in words: “skills code review; tools files_read; local models”. */
export function needsText({ skills, tools, privacy, maxUsd, maxMinutes }: Needs): string {
  const parts = [
    ...(skills.length === 0 ? [] : [skills.join(', ')]),
    ...(tools.length === 0 ? [] : [`with ${tools.join(', ')}`]),
    ...(privacy === 'local' ? ['on this machine'] : []),
    ...(maxUsd === undefined ? [] : [`for at most $${maxUsd}`]),
    ...(maxMinutes === undefined ? [] : [`within ${maxMinutes} min`]),
  ];
  return parts.length === 0 ? 'any agent' : parts.join('; ');
}
