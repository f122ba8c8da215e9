import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import { decideSuggestion } from '@/server/suggestions/decide-suggestion';
import { undoEdit } from '../edits/edit-undo';
import { editWorkflow } from '../edits/edit-workflow';
import { putWorkflow } from '../edits/put-workflow';
import type { Call } from './order-calls';

/** A process that writes drafts as the API does, one call for each message. Its argument is the environment, as JSON. */
export type Message = { id: number; workflowId: string; actor: Actor; call: Call };
export type Answer = { id: number; ok: boolean; code?: string };

const environment = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
const services = await createServices(withSecrets(loadConfig(environment)), 'writer');

async function perform({ workflowId, actor, call }: Message): Promise<unknown> {
  const params = { id: workflowId };
  switch (call.kind) {
    case 'put':
      return putWorkflow(services, actor, { params, query: {}, body: call.definition });
    case 'edits':
      return editWorkflow(services, actor, { params, query: {}, body: { edits: call.edits } });
    case 'undo':
      return undoEdit(services, actor, {
        params,
        query: {},
        body: { editId: call.editId, partial: true },
      });
    case 'accept': {
      const { suggestionId, keys } = call;
      const body = { accept: keys, refuse: [], take: [], apply: true as const };
      return decideSuggestion(services, actor, {
        params: { ...params, suggestionId },
        query: {},
        body,
      });
    }
    case 'editor':
      throw new Error('editors write over sockets');
  }
}

process.on('message', (message: Message) => {
  const { id } = message;
  perform(message).then(
    () => process.send?.({ id, ok: true } satisfies Answer),
    (error: unknown) => {
      const { code } = error as { code?: unknown };
      process.send?.({ id, ok: false, code: String(code ?? error) } satisfies Answer);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0, ok: true } satisfies Answer);
