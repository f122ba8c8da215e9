/** A statement as a step hands it over: values go beside it, never into it. */
export type SqlQuery = {
  /** Name of the connection. */
  connection: string;
  statement: string;
  parameters: unknown[];
  /** Whether it may change something; else the database itself refuses. */
  write: boolean;
  maxRows: number;
  timeoutMs: number;
};

export type SqlAnswer = {
  columns: string[];
  rows: Record<string, unknown>[];
  rowCount: number;
  /** Rows that were added, changed or deleted; null for a query. */
  changed: number | null;
};

/** What an answer may weigh as JSON. */
export const maxSqlBytes = 8 * 1_048_576;
