import type { z } from 'zod';

/** Whether a value is JSON, through and through. Depth and size are for whoever calls to bound first. */
export function isJson(value: unknown): value is z.core.util.JSONType {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value !== 'object') return false;
  const proto: unknown = Object.getPrototypeOf(value);
  return (proto === Object.prototype || proto === null) && Object.values(value).every(isJson);
}
