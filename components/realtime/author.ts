import type * as Y from 'yjs';

/** Origin of the transactions that bring in what the server sent. `author` is absent where nobody knows it. */
export class RemoteOrigin {
  readonly author: string | undefined;

  constructor(author: string | undefined) {
    this.author = author;
  }
}

/** Origin of an edit that the server made at this person's request: they can undo it like their own. */
export class RequestedOrigin extends RemoteOrigin {}

/**
 * Who made the edits of a transaction that came from the server: a person's id, or `productAuthor`. Undefined for own
 * edits (`transaction.local`), and for the state at opening or reconnecting, which many wrote.
 */
export function authorOf(transaction: Pick<Y.Transaction, 'origin'>): string | undefined {
  return transaction.origin instanceof RemoteOrigin ? transaction.origin.author : undefined;
}
