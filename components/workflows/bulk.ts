import { toast } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';

export type Named = { id: string; name: string };

/** Calls at a time. */
const together = 4;

/**
 * Does the same to several workflows and says what came of it: those that failed are named with the first reason. Resolves
 * to those that it was done to.
 */
export async function forEach(
  workflows: readonly Named[],
  act: (workflow: Named) => Promise<unknown>,
  done: string,
): Promise<Named[]> {
  const waiting = [...workflows];
  const good: Named[] = [];
  const failed: { workflow: Named; error: unknown }[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const workflow = next;
      await act(workflow).then(
        () => good.push(workflow),
        (error: unknown) => failed.push({ workflow, error }),
      );
    }
  };
  await Promise.all(Array.from({ length: together }, lane));
  const [first] = failed;
  if (good.length > 0) toast.success(`${nameOf(good)} ${done}`);
  if (first) {
    toast.error(`${nameOf(failed.map(({ workflow }) => workflow))} could not be changed`, {
      description: first.error instanceof Error ? first.error.message : undefined,
    });
  }
  return good;
}

/** “Invoices”, or "3 workflows". */
export function nameOf(workflows: readonly Named[]): string {
  const [only] = workflows;
  return only && workflows.length === 1 ? `“${only.name}”` : plural(workflows.length, 'workflow');
}
