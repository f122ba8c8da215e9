/** What one evaluation may use. Over a limit it ends in an `ExpressionError` that names the limit. */
export const expressionLimits = {
  /** Characters of an expression. */
  sourceLength: 20_000,
  /** Characters of a template around its expressions. */
  templateLength: 200_000,
  /** Small operations of a whole step: about 0.1 s of one core. A long text costs more than a short one. */
  steps: 5_000_000,
  /** Bytes that all texts of a step may make, whether they are kept or not. */
  bytes: 64_000_000,
  /** Items of a list that an expression makes. */
  listLength: 200_000,
  /** Characters of a text that an expression makes. */
  textLength: 2_000_000,
  /** Values and characters of a result, counted as JSON would write them. */
  resultValues: 2_000_000,
  resultLength: 16_000_000,
  depth: 64,
} as const;
