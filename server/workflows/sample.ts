import { agentOfRole } from '@/lib/agents/define-role';
import { catalogue as roles } from '@/lib/agents/roles/catalogue';
import { agentInputSchema } from '@/lib/agents/schema';
import { sampleWorkflow } from '@/lib/workflows/sample';
import { createAgent } from '@/server/agents/create-agent';
import type { Services } from '@/server/services';
import { addWorkflow } from './create-workflow';
import { publishDefinition } from './publish-workflow';

/** Fills a new workspace: the built-in agents, and the sample workflow with its first version published. */
export async function seedWorkspace(
  services: Services,
  workspaceId: string,
  userId: string,
): Promise<void> {
  const actor = { workspaceId, userId, name: '', email: '', role: 'owner' as const };
  for (const role of Object.values(roles).filter(({ seeded }) => seeded)) {
    const body = agentInputSchema.parse(agentOfRole(role));
    await createAgent(services, actor, { params: {}, query: {}, body });
  }
  const id = await addWorkflow(services, actor, sampleWorkflow());
  // Published as the draft reads, so that the draft is not ahead of its first version.
  const draft = await services.drafts.read(id);
  await publishDefinition(services, actor, id, draft, 'Original sample');
}
