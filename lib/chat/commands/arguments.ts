import { z } from 'zod';

/** The name of a workflow. */
export const workflowArgument = z
  .string()
  .trim()
  .min(1, 'Name the workflow.')
  .max(200, 'That is no name of a workflow.');

export const noArgument = z.string().trim().max(0, 'This command takes nothing behind its name.');
