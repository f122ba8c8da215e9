import { setTimeout as sleep } from 'node:timers/promises';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Draft } from '@/lib/workflows/draft/draft';
import { moveNodes } from '@/lib/workflows/edits/edits';
import { openEditor } from '@/server/realtime/testing/client';
import { addPerson } from '@/server/realtime/testing/fixture';
import type { Services } from '@/server/services';

const movers = [41, 43, 81, 83, 85];

/** Five others, each of whom moves a step twenty times a second until told to stop. */
export async function startMovers(
  services: Services,
  url: string,
  workspaceId: string,
  workflowId: string,
): Promise<() => Promise<void>> {
  let over = false;
  const work = movers.map(async (at) => {
    const person = await addPerson(services, workspaceId, 'editor', `Mover ${at}`);
    const { doc, socket, answers } = await openEditor(url, person.cookie, workflowId);
    const draft: Draft = { doc, catalogue, origin: 'bench' };
    const [x, y] = [(at % 40) * 328, Math.floor(at / 40) * 160];
    for (let step = 0; !over; step += 1) {
      const position = { x: x + Math.round(Math.sin(step / 10) * 30), y };
      moveNodes(draft, [{ id: `n${at}`, position }]);
      // A machine that is too busy to answer in time shows in the figures of the page.
      answers.pop()?.catch(() => undefined);
      await sleep(50);
    }
    socket.close();
  });
  return async () => {
    over = true;
    await Promise.all(work);
  };
}
