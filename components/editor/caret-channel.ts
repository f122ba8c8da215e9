/** A caret in a shared text, as Yjs relative positions in JSON: it stays in place while others type. */
export type Caret = { anchor: unknown; head: unknown };
export type RemoteCaret = Caret & { name: string; color: string };

/** How an editor tells others where its caret is, and learns of theirs. */
export type CaretChannel = {
  /** Undefined: this person's caret left the text. */
  move(caret: Caret | undefined): void;
  others(): RemoteCaret[];
  subscribe(listener: () => void): () => void;
};
