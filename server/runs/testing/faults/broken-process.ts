import { join } from 'node:path';
import { Pool } from 'pg';
import { broken } from './broken';

/**
 * A process of the product that is broken on purpose, for the chaos that must find it out: `BREAK` says how, and
 * `BREAK_ENTRY` which process. Its statements are changed on their way out, so that the product needs no switch.
 */
const { BREAK = '', BREAK_ENTRY = '' } = process.env;
const change = Object.entries(broken).find(([name]) => name === BREAK)?.[1];
if (change === undefined) throw new Error(`There is no broken build "${BREAK}".`);
const query = Pool.prototype.query as (this: Pool, ...given: unknown[]) => Promise<unknown>;
Object.defineProperty(Pool.prototype, 'query', {
  value(this: Pool, ...given: unknown[]) {
    return change(query.bind(this), () => false)(...given);
  },
});
await import(join(import.meta.dirname, '../../../..', BREAK_ENTRY));
