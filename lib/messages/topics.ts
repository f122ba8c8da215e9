import { z } from 'zod';

/** Parts of a topic between its dots. */
export const maxSegments = 8;
const segment = String.raw`[\p{L}\p{N}_-]{1,50}`;
const topicPattern = new RegExp(String.raw`^${segment}(?:\.${segment})*$`, 'u');
const patternPattern = new RegExp(
  String.raw`^(?:${segment}|\*)(?:\.(?:${segment}|\*))*(?:\.>)?$`,
  'u',
);
const segmentsOf = (text: string) => text.split('.');
const fits = (text: string) => segmentsOf(text).length <= maxSegments;

/** What a message is about, from the general to the particular: `orders.eu.new`. */
export const topicSchema = z
  .string()
  .trim()
  .max(200)
  .regex(topicPattern, 'use letters, digits, - and _, with dots between the parts: orders.new')
  .refine(fits, `use at most ${maxSegments} parts`);

/** Topics that somebody wants messages of: `*` stands for one part, `>` at the end for one and all behind it. */
export const topicPatternSchema = z
  .string()
  .trim()
  .max(200)
  .regex(patternPattern, 'use a topic such as orders.new, with * for any one part, or > at its end')
  .refine(fits, `use at most ${maxSegments} parts`)
  .refine(
    (text) => segmentsOf(text).some((one) => one !== '*' && one !== '>'),
    'name at least one part: this would match every topic',
  );

/**
 * Every pattern that a topic fits, so that a statement finds subscriptions by equality: each part as it is or `*`, and
 * each beginning of that followed by `>`.
 */
export function patternsOf(topic: string): string[] {
  const parts = segmentsOf(topic);
  const found: string[] = [];
  let beginnings: string[][] = [[]];
  for (const part of parts) {
    // `>` alone is no pattern that anybody can subscribe to.
    found.push(
      ...beginnings.filter(({ length }) => length > 0).map((one) => [...one, '>'].join('.')),
    );
    beginnings = beginnings.flatMap((one) => [
      [...one, part],
      [...one, '*'],
    ]);
  }
  return [...found, ...beginnings.map((one) => one.join('.'))];
}
