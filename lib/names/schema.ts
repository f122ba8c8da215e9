import { z } from 'zod';
import { cleanName, fileNameProblem, nameProblem } from './name-problem';

/** Every schema of a name that people enter and others are shown; a test asks that each such field is one of them. */
export const nameSchemas = z.registry<{ of: 'name' | 'file' | 'label' }>();

const refusing =
  (problemOf: (name: string) => string | undefined) => (name: string, to: z.RefinementCtx) => {
    const message = problemOf(name);
    if (message !== undefined) to.addIssue({ code: 'custom', message });
  };

/** A name of at most `most` characters, without blanks around it and without what cannot be seen. */
export const nameSchema = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'enter a name')
    .max(most, `use at most ${most} characters`)
    .superRefine(refusing(nameProblem))
    .register(nameSchemas, { of: 'name' });

/** The same where no name is one, too. */
export const optionalNameSchema = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `use at most ${most} characters`)
    .superRefine(refusing(nameProblem))
    .register(nameSchemas, { of: 'name' });

/** The name of a file alone, never a place. */
export const fileNameSchema = z
  .string()
  .trim()
  .min(1, 'enter a name')
  .max(200, 'use at most 200 characters')
  .superRefine(refusing(fileNameProblem))
  .register(nameSchemas, { of: 'file' });

/** What something was called, as a program repeats it: cleaned rather than refused, since nobody entered it here. */
export const repeatedNameSchema = (most: number) =>
  z
    .string()
    .max(most, `use at most ${most} characters`)
    .overwrite(cleanName)
    .register(nameSchemas, { of: 'label' });
