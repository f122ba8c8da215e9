import type { z } from 'zod';
import { canonical } from '@/lib/values/canonical';

export type Json = z.core.util.JSONType;

/** A place in a value that both changed, each to something else. What is absent was not there. */
export type Leaf = { path: string; base?: Json; mine?: Json; theirs?: Json };

/** A value or that there is none, compared by what it means. */
export const same = (one: Json | undefined, other: Json | undefined): boolean =>
  one === other ||
  (one !== undefined && other !== undefined && canonical(one) === canonical(other));

export const isJsonObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
