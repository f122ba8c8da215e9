import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Draft } from '@/lib/workflows/draft/draft';
import { moveNodes, textOf } from '@/lib/workflows/edits/edits';
import { type Link, type LinkKind, openLink } from './link';

/** What the conductor asks of this process: to be some of the people who type. */
export type Command =
  | {
      do: 'open';
      kind: LinkKind;
      url: string;
      room: string;
      /** The document before anybody types, in base64. */
      base: string;
      people: { node: string; cookie?: string; clientId: number; reads: boolean; seeds: boolean }[];
    }
  | { do: 'type'; warmUpMs: number; forMs: number; everyMs: number }
  | { do: 'close' };

/** Milliseconds of the machine's own clock: the same in all processes. */
const now = () => Number(process.hrtime.bigint()) / 1e6;

export type Typed = {
  /** When each edit was sent, by `<client> <clock>`; those of the warm-up are not there. */
  sent: Record<string, number>;
  /** When each reader had it in its document; one record per reader. */
  seen: { clientId: number; at: Record<string, number> }[];
  /** Milliseconds from sending to the answer. */
  answered: number[];
  refused: number;
};

type Person = { link: Link; draft: Draft; node: string; text: Y.Text };
let people: Person[] = [];
let typed: Typed = { sent: {}, seen: [], answered: [], refused: 0 };

async function open(command: Extract<Command, { do: 'open' }>): Promise<void> {
  typed = { sent: {}, seen: [], answered: [], refused: 0 };
  const base = Buffer.from(command.base, 'base64');
  for (const person of command.people) {
    const { kind, url, room } = command;
    const { cookie, clientId, reads, seeds } = person;
    const seen = { clientId, at: {} };
    if (reads) typed.seen.push(seen);
    const onUpdates = reads ? reader(base, seen.at) : undefined;
    const seed = seeds ? base : undefined;
    const link = await openLink({ kind, url, room, cookie, clientId, seed, onUpdates });
    seen.clientId = link.clientId;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, base);
    doc.clientID = link.clientId;
    const draft = { doc, catalogue, origin: 'bench' };
    const text = textOf(draft, person.node, ['prompt']);
    if (!text) throw new Error(`there is no text in ${person.node}`);
    people.push({ link, draft, node: person.node, text });
  }
}

/** Applies what arrives to a document of its own and notes the moment. */
function reader(base: Uint8Array, at: Record<string, number>): (updates: Uint8Array[]) => void {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, base);
  doc.on('afterTransaction', ({ beforeState, afterState }: Y.Transaction) => {
    const moment = now();
    for (const [client, end] of afterState) {
      for (let clock = beforeState.get(client) ?? 0; clock < end; clock += 1) {
        at[`${client} ${clock}`] = moment;
      }
    }
  });
  return (updates) => {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
  };
}

/** Types at the end of a prompt; each fifth edit moves the node instead. */
async function type(person: Person, from: number, until: number, everyMs: number): Promise<void> {
  const { link, draft, node, text } = person;
  const { doc } = draft;
  // Everybody starts at another moment of the first pause, and keeps to the beat.
  let due = now() + Math.random() * everyMs;
  for (let i = 0; due < until; i += 1) {
    await sleep(Math.max(0, due - now()));
    due += everyMs;
    const clock = Y.getState(doc.store, doc.clientID);
    // Prepared before the clock runs: what is measured is the way, not the making.
    const updates: Uint8Array[] = [];
    const note = (update: Uint8Array) => updates.push(update);
    doc.on('update', note);
    if (i % 5 === 4) moveNodes(draft, [{ id: node, position: { x: i * 10, y: i } }]);
    else text.insert(text.length, 'x');
    doc.off('update', note);
    const [update] = updates;
    const at = now();
    const answer = update && link.send(update);
    if (at >= from) typed.sent[`${doc.clientID} ${clock}`] = at;
    void answer?.then((ok) => {
      if (!ok) typed.refused += 1;
      else if (at >= from) typed.answered.push(now() - at);
    });
  }
}

async function perform(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'open':
      return open(command);
    case 'type': {
      const from = now() + command.warmUpMs;
      await Promise.all(
        people.map((person) => type(person, from, from + command.forMs, command.everyMs)),
      );
      await sleep(1_000);
      return typed;
    }
    case 'close':
      for (const { link } of people) link.close();
      people = [];
      return undefined;
  }
}

process.on('message', (command: Command) => {
  perform(command).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ result: 'ready' });
