import { byTemplate } from './by-template';
import type { Drafted } from './drafted';
import { byRules } from './rules/by-rules';
import type { Known } from './rules/weave';
import { titleOf } from './title-of';

export type WithoutModel = Drafted & { template?: string };

/** The best that can be made of a description without a model: a ready-made template that does it all, or steps by its words. */
export function withoutModel(
  description: string,
  name: string | undefined,
  known: Known,
): WithoutModel {
  const title = name ?? titleOf(description);
  const ruled = byRules(description, title, known);
  const { asked: _, ...plain } = ruled;
  return byTemplate(description, name, ruled, known) ?? plain;
}
