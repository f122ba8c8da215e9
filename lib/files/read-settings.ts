import { z } from 'zod';
import { numberStyles } from './cell-values';
import { encodingChoices } from './encodings';

/** How a file is read, as the step's settings and a preview say it. */
export const readSettings = {
  format: z.enum(['auto', 'csv', 'json', 'jsonl', 'text', 'workbook', 'document']),
  encoding: z.enum(encodingChoices),
  delimiter: z.enum(['auto', 'comma', 'semicolon', 'tab', 'pipe']),
  numbers: z.enum(numberStyles),
} as const;

export const maxHeadingRow = 1_000;
