import * as Y from 'yjs';
import { DraftConnection } from '@/components/realtime/draft/draft-connection';
import type { DraftCopy } from '@/components/realtime/draft-status';
import {
  nothingOrphaned,
  type OfflineStore,
} from '@/components/realtime/offline-store/offline-store';
import { createWire } from '@/components/realtime/socket';
import { createMemoryOfflineStore } from '@/components/realtime/testing/memory-disk';
import type { Wire } from '@/components/realtime/wire';
import { catalogue } from '@/lib/nodes/catalogue';
import { canonicalDefinition } from '@/lib/workflows/definition/canonical';
import { readDraft } from '@/lib/workflows/draft/draft';
import { textOf } from '@/lib/workflows/edits/edits';
import type { Person } from './fixture';
import type { Ledger } from './ledger';
import { editAtRandom } from './updates';

/** Somebody with the workflow open, as the product's own client runs in a browser. */
export type TabEditor = {
  readonly name: string;
  readonly connection: () => DraftConnection;
  doc(): Y.Doc | undefined;
  /** One edit, chosen at random; most type into the text that all share. */
  edit(random: () => number): void;
  /** The tab is gone from one moment to the next, and the page is opened again. */
  reload(): void;
  /** Copies that were given up because the server could not follow them. */
  startedOver(): number;
  close(): void;
};

export type TabParts = {
  name: string;
  url: string;
  person: Person;
  workflowId: string;
  /** Notes what the server answered for, at the moment of its answer. */
  promised: Ledger;
  /** Notes what was edited, saved or not. */
  made: Ledger;
  keep: OfflineStore;
};

/** The text that everybody types into. */
export const sharedNode = 'shared';

/** Opens a tab. */
export function openTab(parts: TabParts): TabEditor {
  let count = 0;
  let over = 0;
  let now = life(parts, () => (over += 1));
  return {
    name: parts.name,
    connection: () => now.connection,
    doc: () => now.copy()?.doc,
    edit(random) {
      const copy = now.copy();
      if (!copy) return;
      count += 1;
      editAs(copy, random, `${parts.name}_${count}`);
    },
    reload() {
      now.crash();
      now = life(parts, () => (over += 1));
    },
    startedOver: () => over,
    close: () => now.crash(),
  };
}

function editAs(copy: DraftCopy, random: () => number, id: string): void {
  const choice = random();
  const text = textOf(copy.draft, sharedNode, ['prompt']);
  if (text && choice < 0.55) {
    const at = Math.floor(random() * (text.length + 1));
    if (choice < 0.42 || text.length < 20) text.insert(at, `${id} `);
    else text.delete(Math.min(at, text.length - 3), 3);
  } else if (choice < 0.62) copy.undo.undo();
  else if (choice < 0.65) copy.undo.redo();
  else editAtRandom(copy.doc, random, id, copy.draft);
}

/** One life of a tab. */
function life(parts: TabParts, onStartedOver: () => void) {
  const { name, url, person, workflowId, made, keep } = parts;
  const real = createWire(url, { cookie: person.cookie, 'x-editor': name });
  const wire: Wire = { ...real, request: listening(real, parts.promised) };
  const connection = new DraftConnection({ wire, workflowId, catalogue, keep });
  const followed = new Set<DraftCopy>();
  let last: DraftCopy | undefined;
  const stop = connection.status.subscribe(() => {
    const { copy } = connection.status.get();
    if (!copy || followed.has(copy)) return;
    if (last) {
      onStartedOver();
      // Its edits are made again under the new copy's id.
      made.forget(last.clientId);
    }
    last = copy;
    followed.add(copy);
    copy.doc.on('update', (update: Uint8Array, _origin, _doc, transaction: Y.Transaction) => {
      if (transaction.local) made.add(update);
    });
  });
  connection.start();
  return {
    connection,
    copy: () => connection.status.get().copy,
    crash() {
      // First the wire: a tab that dies sends nothing more.
      real.close();
      stop();
      connection.stop();
    },
  };
}

function listening(wire: Wire, promised: Ledger): Wire['request'] {
  return async (name, message) => {
    const answer = await wire.request(name, message);
    if (name === 'draft.update' && answer.ok) {
      promised.add(Buffer.from((message as { update: string }).update, 'base64'));
    }
    return answer;
  };
}

/** How two documents differ, down to each struct and deletion; undefined when they hold the same. */
export function difference(a: Y.Doc, b: Y.Doc): string | undefined {
  const [one, two] = [Y.snapshot(a), Y.snapshot(b)];
  const said = [a, b].map((doc) => JSON.stringify(canonicalDefinition(readDraft(doc, catalogue))));
  if (Y.equalSnapshots(one, two) && said[0] === said[1]) return undefined;
  const clients = new Set([...one.sv.keys(), ...two.sv.keys()]);
  const clocks = [...clients].flatMap((client) => {
    const [here, there] = [one.sv.get(client) ?? 0, two.sv.get(client) ?? 0];
    return here === there ? [] : [`client ${client} ${here}/${there}`];
  });
  const only = (here: Y.Snapshot, there: Y.Snapshot) =>
    [...here.ds.clients].flatMap(([client, ranges]) =>
      ranges.flatMap(({ clock, len }) =>
        Array.from({ length: len }, (_, i) => Y.createID(client, clock + i))
          .filter((id) => !Y.isDeleted(there.ds, id))
          .map((id) => `${id.client} ${id.clock}`),
      ),
    );
  const deletions = Y.equalDeleteSets(one.ds, two.ds)
    ? []
    : [`deleted only here: [${only(one, two)}], only there: [${only(two, one)}]`];
  const at = [...(said[0] ?? '')].findIndex((letter, i) => letter !== [...(said[1] ?? '')][i]);
  const text = said[0] === said[1] ? [] : said.map((each) => each.slice(at - 40, at + 40));
  return [...clocks, ...deletions, ...text].join('; ');
}

/** A disk that finds nothing again. */
export const createForgetfulKeep = (): OfflineStore => ({
  ...createMemoryOfflineStore(),
  orphaned: async () => nothingOrphaned,
});
