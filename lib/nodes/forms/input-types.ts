/** Stored in workflows: they never change. */
export const inputTypes = [
  'text',
  'longtext',
  'number',
  'boolean',
  'choice',
  'date',
  'email',
  'file',
  'json',
] as const;
