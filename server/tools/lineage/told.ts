import type { Pool } from 'pg';
import type { CallerPlace } from '../place';
import { familyOf } from './family';
import { taintBefore } from './taint';

type Step = Pick<CallerPlace, 'runId' | 'stepId' | 'taint'>;

/**
 * Whether the step was given this text as it stands, by somebody who did not put private data into it: by whoever began the
 * run, in its agent's instructions, at its beginning unless an agent that had read both may have written that, or by a tool
 * that reads and was not given the text itself.
 */
export async function wasTold(pool: Pool, step: Step, text: string): Promise<boolean> {
  const escaped = JSON.stringify(text).slice(1, -1);
  const { rows } = await pool.query<{ told: boolean; opened: boolean }>(
    `${familyOf}
     select exists (select from line join run r on r.id = line.id
         where r.trigger <> 'message' and position($4 in
           case when r.thread_id is null then r.input::text else concat(r.input ->> 'text', r.input ->> 'message') end) > 0)
       or exists (select from agent_turn o join agent a on a.id::text = o.data #>> '{agent,id}'
         where o.run_id = $1 and o.step_id = $2 and o.turn = 0 and position($3 in a.instructions) > 0)
       or exists (select from tool_call c where c.run_id = $1 and c.step_id = $2 and c.round is null and ${readsText}
         and (position($3 in c.result) > 0 or position($4 in c.result) > 0)
         and position($4 in c.args::text) = 0) as told,
       exists (select from agent_turn where run_id = $1 and step_id = $2 and turn = 0
         and position($4 in data::text) > 0) as opened`,
    [step.runId, step.stepId, text, escaped],
  );
  const { told = false, opened = false } = rows[0] ?? {};
  if (told || !opened) return told;
  const before = await taintBefore(pool, step);
  return !(before.outside && before.private);
}

/** Agents write to memory and tables, too: those count unless one had read content from outside. */
const readsText = `(case when c.tool like 'memory\\_%' or c.tool like 'table\\_%' then c.private and not c.outside
  else c.outside or c.private end)`;
