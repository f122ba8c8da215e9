import { answerSoFar, answerText } from '@/lib/chat/answer';
import type { Plan } from '@/lib/runs/schema';

/** As the store's client and its transactions have it. */
type Db = { $queryRaw<T>(text: TemplateStringsArray, ...values: unknown[]): PromiseLike<T> };
type Row = { run_id: string; plan: Plan; step_id: string; text: string | null; output: unknown };

/** What was written of answers whose runs failed or were cancelled, by run: texts cut off, and those of steps before. */
export async function cutOffTexts(db: Db, runIds: string[]): Promise<Map<string, string>> {
  if (runIds.length === 0) return new Map();
  const rows = await db.$queryRaw<Row[]>`
    select r.id as run_id, r.definition as plan, w.step_id, w.text, w.output from run r join lateral (
      select t.step_id, t.text, null::json as output from step_text t where t.run_id = r.id
      union all
      select e.data ->> 'stepId', null, e.data -> 'output' from run_event e
      where e.run_id = r.id and e.type = 'StepSucceeded') w on true
    where r.id = any(${runIds}::uuid[])`;
  const byRun = new Map<string, { plan: Plan; texts: Record<string, string> }>();
  for (const { run_id: id, plan, step_id: stepId, text, output } of rows) {
    const run = byRun.get(id) ?? { plan, texts: {} };
    byRun.set(id, run);
    run.texts[stepId] = text ?? answerText(output);
  }
  return new Map(
    [...byRun].map(([id, { plan, texts }]): [string, string] => [id, answerSoFar(plan, texts)]),
  );
}
