// @module-tag long
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue as nodes } from '@/lib/nodes/catalogue';
import { catalogue } from '@/lib/templates/catalogue';
import { templateDefinition } from '@/lib/templates/define-template';
import { compile } from '@/lib/workflows/compile';
import { createServices } from '@/server/compose';
import { ended, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';

let services: Services;
let worker: Awaited<ReturnType<typeof startWorker>>;
let workspaceId: string;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  workspaceId = await makeWorkspace(services.pool);
  worker = await startWorker(services);
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

test.each(Object.values(catalogue).map((template) => [template.name, template] as const))(
  'the template %s rehearses to its end without a key or a network',
  async (name, template) => {
    const { id } = await services.engine.start({
      workspaceId,
      name,
      mode: 'rehearsal',
      trigger: 'manual',
      plan: compile(templateDefinition(template), nodes),
      definitionHash: name,
      input: {},
    });
    const state = await ended(services, id);
    const failures = Object.values(state.steps).flatMap((step) => step.error ?? []);
    expect(failures).toEqual([]);
    expect(state.status).toBe('succeeded');
    expect(JSON.stringify(state.output)).not.toContain('{{');
  },
);
