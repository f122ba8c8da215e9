import type { NodeContext, NodeType } from '@/lib/nodes/define-node';
import type { PlanStep } from '@/lib/runs/schema';
import { type FieldPath, textFields } from '@/lib/workflows/config-fields';

export type Preview = {
  /** What each text becomes, by the path of its field. */
  input: Record<string, string>;
  /** Those that cannot be worked out. */
  problems: { path: FieldPath; message: string }[];
};

/** Of one text, and of all together: a preview stands in the journal. */
const mostCharacters = 20_000;
const mostTogether = 60_000;

/** What the texts of the settings become now, for people who look at a step before it runs. */
export function previewOf(
  type: NodeType,
  { config }: Pick<PlanStep, 'config'>,
  { render, evaluate }: Pick<NodeContext, 'render' | 'evaluate'>,
): Preview {
  const preview: Preview = { input: {}, problems: [] };
  let left = mostTogether;
  for (const { path, text, kind, names } of textFields(type, config)) {
    if (text.trim() === '') continue;
    try {
      const value = kind === 'template' ? render(text) : JSON.stringify(evaluate(text), null, 2);
      const shown = String(value).slice(0, Math.min(mostCharacters, left));
      left -= shown.length;
      preview.input[path.join('.')] = shown;
    } catch (error) {
      // What it names is known only while the step works.
      if (names.length > 0) continue;
      const message = error instanceof Error ? error.message : String(error);
      preview.problems.push({ path, message: message.slice(0, mostCharacters) });
    }
  }
  return preview;
}
