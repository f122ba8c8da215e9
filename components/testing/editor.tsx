import { fireEvent, screen } from '@testing-library/react';
import { WorkflowEditor } from '@/components/editor/workflow-editor';
import { listComments } from '@/lib/comments/contract';
import { getAhead, getBlame } from '@/lib/history/contract';
import { listProviders, providerViewSchema } from '@/lib/models/contract';
import type { Role } from '@/lib/people/schema';
import { estimateWorkflow } from '@/lib/spending/contract';
import { getWorkflow, workflowViewSchema } from '@/lib/workflows/contract';
import type { Definition } from '@/lib/workflows/schema';
import { api } from './api';
import { openRoom } from './room';
import { idOf, sampleMoment, sampleOf } from './sample';
import { show } from './show';

let opened = 0;

type Given = { role?: Role; liveVersion?: number | null; query?: string };

/** The whole editor on a draft of the test, as somebody with this role; it has loaded when this resolves. */
export async function openEditor(definition: Definition, given: Given = {}) {
  const { role = 'editor', liveVersion = null, query = '' } = given;
  // A draft stays open for a moment after its page is left: each test has its own.
  opened += 1;
  const workflowId = idOf(900_000 + opened);
  const view = sampleOf(workflowViewSchema, {
    ...{ id: workflowId, name: definition.name, definition, liveVersion },
    ...{ ahead: true, lastVersion: liveVersion },
  });
  api.usually(getWorkflow, view);
  api.usually(listProviders, { items: [sampleOf(providerViewSchema, { state: 'ready' })] });
  const nothing = { p50: '0', p95: '0' };
  api.usually(estimateWorkflow, { costUsd: nothing, durationMs: null, ifModels: [], steps: [] });
  const made = { at: sampleMoment, by: null, origin: 'person' };
  api.usually(getBlame, { fields: {}, created: made });
  api.usually(getAhead, { live: null, people: [], touchedBy: {} });
  api.usually(listComments, { items: [], counts: { open: 0, resolved: 0, unread: 0 } });
  const room = openRoom(workflowId, definition, { role });
  const shown = show(<WorkflowEditor workflowId={workflowId} />, {
    role,
    path: `/workflows/${workflowId}${query}`,
    params: { id: workflowId },
  });
  await screen.findByRole('textbox', { name: 'Workflow name' });
  return { ...shown, workflowId, room, view };
}

/** The card of a step on the canvas. */
export function cardOf(nodeId: string): HTMLElement {
  const card = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${nodeId}"]`);
  if (!card) throw new Error(`There is no card of ${nodeId}.`);
  return card;
}

/** Opens the settings of a step, as Enter on its card does. */
export function chooseStep(nodeId: string): HTMLElement {
  const card = cardOf(nodeId);
  fireEvent.keyDown(card, { key: 'Enter' });
  return card;
}
