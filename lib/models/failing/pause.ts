import { hasMark } from '@/lib/api/has-mark';

const pauseMark = Symbol.for('ensemble.ModelPause');

/** All models that could answer want to be left alone for a while. Nothing was asked of them, or nothing came of it. */
export class ModelPause extends Error {
  readonly [pauseMark] = true;
  static isInstance(value: unknown): value is ModelPause {
    return hasMark(value, pauseMark);
  }
  /** How long until the first of them may be asked again. */
  readonly waitMs: number;
  /** Which ones, and why, for people. */
  readonly models: readonly string[];
  constructor(waitMs: number, models: readonly string[]) {
    super('The call waits until a model may be asked again.');
    this.waitMs = waitMs;
    this.models = models;
  }
}
