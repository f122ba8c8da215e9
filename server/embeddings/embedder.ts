/** A model that turns texts into vectors: of texts that mean alike they point the same way. */
export type Embedder = {
  /** Vectors of models with other ids are never compared. */
  id: string;
  dimensions: number;
  /**
   * Vectors, one a text, in their order; look whether each `isVector`. Rejects with `EmbedderAway` where the model cannot be had, or does
   * not answer within `patienceMs`.
   */
  embed(texts: readonly string[], patienceMs: number): Promise<Float32Array[]>;
  close(): Promise<void>;
};

const mark = Symbol.for('ensemble.EmbedderAway');

export class EmbedderAway extends Error {
  readonly [mark] = true;
  override name = 'EmbedderAway';
  static isInstance = (error: unknown): error is EmbedderAway =>
    typeof error === 'object' && error !== null && mark in error;
}

/** Where meaning is switched off. */
export const noEmbedder: Embedder = {
  id: 'none',
  dimensions: 0,
  embed: () => Promise.reject(new EmbedderAway('Search by meaning is switched off.')),
  close: () => Promise.resolve(),
};
