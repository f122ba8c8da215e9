import type { Page } from '@playwright/test';
import { io } from 'socket.io-client';
import * as Y from 'yjs';

export type Answer = {
  ok: boolean;
  error?: { code: string; message: string };
  canEdit?: boolean;
  clientId?: number;
  update?: Uint8Array;
};

/** Renames a workflow past the pages; see {@link editBySocket}. */
export const renameBySocket = (page: Page, workflowId: string, name: string) =>
  editBySocket(page, workflowId, (doc) => doc.getMap('meta').set('name', name));

/**
 * Edits a workflow past the pages: opens a socket of its own with the cookies of the page, joins the draft as the
 * editor does, and sends the edit whatever the answer said. Answers with what the server said to both.
 */
export async function editBySocket(page: Page, workflowId: string, edit: (doc: Y.Doc) => void) {
  const origin = new URL(page.url()).origin;
  const cookies = await page.context().cookies(origin);
  const socket = io(origin, {
    path: '/realtime',
    addTrailingSlash: false,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie: cookies.map((each) => `${each.name}=${each.value}`).join('; ') },
  });
  try {
    const ask = (event: string, message: object): Promise<Answer> =>
      socket.timeout(10_000).emitWithAck(event, message);
    const joined = await ask('draft.join', { workflowId });
    const doc = new Y.Doc();
    if (joined.update) Y.applyUpdate(doc, new Uint8Array(joined.update));
    if (joined.clientId !== undefined) doc.clientID = joined.clientId;
    const before = Y.encodeStateVector(doc);
    edit(doc);
    const update = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
    return { joined, answer: await ask('draft.update', { workflowId, update }) };
  } finally {
    socket.close();
  }
}
