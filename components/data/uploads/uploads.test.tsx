import { act, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { show } from '@/components/testing/show';
import type { FileInfo } from '@/lib/files/contract';
import {
  cancelUpload,
  claimUpload,
  createUpload,
  finishUpload,
  sendChunk,
} from '@/lib/files/uploads/contract';
import { chunkBytes } from '@/lib/files/uploads/limits';
import { sendFile } from './send-file';
import { useUploads } from './use-uploads';

const expiresAt = '2026-12-02T10:00:00.000Z';
const text = 'x'.repeat(2 * chunkBytes + 10);
const big = () => new File([text], 'big.eml');

/** A server that keeps what comes, as the real one does. */
function aServer() {
  const kept = { id: '', name: '', size: 0, received: 0, claim: 1 };
  const now = () => ({ ...kept, expiresAt });
  const made = (): FileInfo => ({
    ...{ id: kept.id, name: kept.name, size: kept.size, mediaType: 'message/rfc822' },
    createdAt: '2026-12-01T10:00:00.000Z',
  });
  api.on(createUpload, ({ body: { id = '', name, size } }) => {
    Object.assign(kept, { id, name, size });
    return now();
  });
  const take = (offset: number) => {
    kept.received = Math.min(kept.size, offset + chunkBytes);
    return now();
  };
  api.on(sendChunk, ({ query }) => take(query.offset));
  api.on(claimUpload, ({ params }) => {
    Object.assign(kept, {
      id: params.id,
      name: 'big.eml',
      size: text.length,
      claim: kept.claim + 1,
    });
    return now();
  });
  api.on(finishUpload, made);
  return { kept, take };
}

const taken: string[] = [];

function Place() {
  const uploads = useUploads('somebody:here', ({ name }) => taken.push(name));
  return (
    <>
      <button type="button" onClick={() => uploads.add([{ file: big() }])}>
        Add
      </button>
      {uploads.all.map((one) => (
        <p key={one.id}>
          {one.name}: {one.state === 'uploading' ? (one.waiting ?? 'moving') : one.state}
          <button type="button" onClick={() => uploads.cancel(one.id)}>
            Cancel
          </button>
        </p>
      ))}
    </>
  );
}

test('stands still while nothing gets through, and goes on from there by itself', async () => {
  taken.length = 0;
  const { take } = aServer();
  api.on(sendChunk, ({ query }) => {
    if (query.offset > 0) api.goOffline();
    return take(query.offset);
  });
  const { user } = show(<Place />);
  await user.click(screen.getByRole('button', { name: 'Add' }));
  // The answer to the second chunk came; the third finds no network.
  await screen.findByText(/big.eml: offline/);
  api.on(sendChunk, ({ query }) => take(query.offset));
  api.goOnline();
  act(() => void dispatchEvent(new Event('online')));
  await expect.poll(() => taken).toEqual(['big.eml']);
  expect(api.asked(sendChunk).map(({ query }) => query.offset)).toEqual([
    ...[0, chunkBytes, 2 * chunkBytes],
  ]);
  expect(screen.queryByText(/big.eml/)).toBeNull();
});

test('says that another browser goes on with it, and does not send more', async () => {
  aServer();
  api.refuse(sendChunk, 'conflict', 'It goes on elsewhere.', { reason: 'claimed' });
  const { user } = show(<Place />);
  await user.click(screen.getByRole('button', { name: 'Add' }));
  await screen.findByText(/big.eml: elsewhere/);
  expect(api.asked(sendChunk)).toHaveLength(1);
  api.on(cancelUpload, ({ params }) => params);
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByText(/big.eml/)).toBeNull();
  await expect.poll(() => api.asked(cancelUpload)).toHaveLength(1);
});

const options = () => ({
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onWaiting: () => undefined,
});

test('a place that the server names is believed: an answer was lost', async () => {
  const { kept } = aServer();
  let sends = 0;
  const id = crypto.randomUUID();
  api.refuse(sendChunk, 'conflict', 'All bytes are stored.', {
    ...{ reason: 'offset', received: text.length },
  });
  api.on(claimUpload, () => {
    sends += 1;
    Object.assign(kept, { id, name: 'big.eml', size: text.length });
    return { ...kept, received: chunkBytes, expiresAt };
  });
  const file = await sendFile(id, big(), { ...options(), begun: true });
  expect([sends, file.size]).toEqual([1, text.length]);
  expect(api.asked(sendChunk).map(({ query }) => query.offset)).toEqual([chunkBytes]);
  expect(api.asked(createUpload)).toEqual([]);
});

test('a file that was finished while nobody looked is not sent again', async () => {
  aServer();
  const id = crypto.randomUUID();
  api.refuse(claimUpload, 'not_found', 'This upload does not exist.');
  api.on(finishUpload, {
    ...{ id, name: 'big.eml', size: 5, mediaType: 'message/rfc822' },
    createdAt: '2026-12-01T10:00:00.000Z',
  });
  const file = await sendFile(id, big(), { ...options(), begun: true });
  expect(file.id).toBe(id);
  expect(api.asked(sendChunk)).toEqual([]);
});
