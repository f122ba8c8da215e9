import type { NodeType } from '@/lib/nodes/node-type/define-node';
import type { Each } from '@/lib/nodes/node-type/scope-functions';
import type { PlanStep } from '@/lib/runs/schema';
import { type FieldPath, textFields } from '@/lib/workflows/config-fields';

export type Preview = {
  /** What each text becomes, by the path of its field. */
  input: Record<string, string>;
  /** Those that cannot be worked out. */
  problems: { path: FieldPath; message: string }[];
};

/** Of one text, and of all together: a preview stands in the journal. */
const maxCharacters = 20_000;
const maxTogether = 60_000;

/** What the texts of the settings become now, for people who look at a step before it runs. */
export async function previewOf(
  type: NodeType,
  { config }: Pick<PlanStep, 'config'>,
  each: Each,
): Promise<Preview> {
  const preview: Preview = { input: {}, problems: [] };
  const fields = textFields(type, config).flatMap(({ kind, ...field }) =>
    // Code gives its result when it runs, and nothing before.
    kind === 'code' || field.text.trim() === '' ? [] : [{ ...field, kind }],
  );
  const results = await each(
    fields.map(({ text, kind }) => ({ as: kind, text, shown: maxCharacters })),
  );
  let left = maxTogether;
  for (const [index, { path, names }] of fields.entries()) {
    const result = results[index];
    if (result?.ok) {
      const shown = String(result.value).slice(0, left);
      left -= shown.length;
      preview.input[path.join('.')] = shown;
    } else if (names.length === 0 && result) {
      // Where it names more: that is known only while the step works.
      preview.problems.push({ path, message: result.error.message });
    }
  }
  return preview;
}
