import { expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { importWorkflow } from '@/lib/workflows/definition/import';
import { findProblems } from '@/lib/workflows/problems/problems';
import { contracts } from './contracts';
import { curlOf } from './curl';
import { bodyExamples, workflowExample } from './examples';
import { takesBody } from './openapi';

const withJson = contracts.filter(
  (each) => takesBody(each) && each.accepts.join() === 'application/json',
);

test('every contract with a JSON body has an example that it accepts', () => {
  expect(Object.keys(bodyExamples).sort()).toEqual(withJson.map(({ id }) => id).sort());
  for (const { id, body } of withJson)
    expect(body.safeParse(bodyExamples[id]).error, id).toBeUndefined();
});

test('a call names what is to be filled in', () => {
  const [start, upload] = ['runs.start', 'files.upload'].map((id) =>
    contracts.find((each) => each.id === id),
  );
  expect(start && curlOf(start, 'https://x.test', { mode: 'live' })).toBe(
    `curl https://x.test/api/v2/workflows/$ID/runs \\
  -X POST \\
  -H "Authorization: Bearer $ENSEMBLE_KEY" \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -H "Content-Type: application/json" \\
  -d '{"mode":"live"}'`,
  );
  expect(upload && curlOf(upload, 'https://x.test', undefined)).toContain('/files?name=$NAME');
});

test('the workflow of the first steps can be imported and has no problem', () => {
  const imported = importWorkflow(workflowExample, catalogue, 'yaml');
  expect(imported.ok).toBe(true);
  expect(imported.ok && findProblems(imported.definition, catalogue)).toEqual([]);
});
