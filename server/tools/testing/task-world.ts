import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { catalogue } from '@/lib/nodes/catalogue';
import type { HttpRequest } from '@/lib/nodes/node-type/define-node';
import type { Role } from '@/lib/people/schema';
import { planStep } from '@/lib/runs/engine/readiness';
import type { StepOutcome, WaitEnd } from '@/lib/runs/schema';
import type { ToolGrant } from '@/lib/tools/settings';
import { compile } from '@/lib/workflows/compile';
import { createNodeRunner } from '@/server/runs/worker/run-node';
import type { Services } from '@/server/services';
import { type Gate, type ModelRequest, open, type Script, scripted } from './scripted';

export type World = {
  workspaceId: string;
  userId: string;
  runId: string;
  /** Requests that were sent. */
  sent: HttpRequest[];
  /** How often the model was asked for each turn. */
  asked: Map<number, number>;
  requests: ModelRequest[];
  /** One attempt of the step, as a worker makes it. */
  attempt(number: number, gate?: Gate): Promise<StepOutcome>;
};

type Given = Script & {
  role?: Role;
  grants: ToolGrant[];
  prompt?: string;
  config?: Record<string, unknown>;
  /** Another one, in whose workspace it is and whose person starts it. */
  in?: { workspaceId: string; userId: string };
};

/** An agent's step in a run of its own, with a model and a network that are scripts; the rows are real. */
export async function openWorld(services: Services, given: Given): Promise<World> {
  const { pool } = services;
  const { workspaceId, userId } = given.in ?? (await aMember(pool, given.role ?? 'editor'));
  const handle = `a-${randomUUID().slice(0, 8)}`;
  await pool.query(
    `insert into agent (id, workspace_id, handle, name, instructions, model, tools)
     values (gen_random_uuid(), $1, $2, 'Helper', 'Help.', '"auto"', $3)`,
    [workspaceId, handle, JSON.stringify(given.grants)],
  );
  const config = { agent: handle, prompt: given.prompt ?? 'Do it.', ...given.config };
  const plan = compile(
    {
      schema: 1,
      name: 'Task',
      description: '',
      nodes: [
        {
          id: 'task',
          key: 'task',
          type: 'agent',
          name: 'Helper',
          position: { x: 0, y: 0 },
          config,
        },
      ],
      edges: [],
    },
    catalogue,
  );
  const { id: runId } = await services.engine.start({
    ...{ workspaceId, name: 'Task', mode: 'live', trigger: 'manual', startedBy: userId },
    ...{ plan, definitionHash: 'test', input: {} },
  });
  const sent: HttpRequest[] = [];
  const asked = new Map<number, number>();
  const requests: ModelRequest[] = [];
  return {
    ...{ workspaceId, userId, runId, sent, asked, requests },
    async attempt(number, gate = open) {
      const own = scripted(services, given, { gate, sent, asked, requests });
      const state = await services.engine.load(runId);
      const step = state && planStep(state.plan, 'task');
      if (!state || !step) throw new Error('no step');
      const task = { runId, workspaceId, state, step, attempt: number, calls: [] };
      const { signal } = new AbortController();
      return createNodeRunner(own, catalogue)({ ...task, signal, onDelta: () => undefined });
    },
  };
}

export async function aMember(
  pool: Pool,
  role: Role,
): Promise<{ workspaceId: string; userId: string }> {
  const [workspaceId, userId] = [randomUUID(), randomUUID()];
  await pool.query(
    'insert into organization (id, name, slug, "createdAt") values ($1, $1, $1, now())',
    [workspaceId],
  );
  await pool.query(
    `insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
     values ($1, 'Ada', $2, true, now(), now())`,
    [userId, `${userId}@example.com`],
  );
  await pool.query(
    `insert into member (id, "organizationId", "userId", role, "createdAt")
     values (gen_random_uuid(), $1, $2, $3, now())`,
    [workspaceId, userId, role],
  );
  return { workspaceId, userId };
}

/** How a wait of an outcome is; throws when it does not wait. */
export function waitOf(outcome: StepOutcome): {
  kind: string;
  ask: unknown;
  end: WaitEnd | undefined;
} {
  if (outcome.ok !== 'wait') throw new Error(`it does not wait: ${JSON.stringify(outcome)}`);
  const { kind, ask, end } = outcome.wait;
  return { kind, ask, end };
}
