import { z } from 'zod';

/** Pico-dollars (1e-12 US dollars), the unit of all money: a price per million tokens has whole ones per token. */
export type Pico = bigint;

const scale = 12;
/** The database counts to 9.2 million dollars: sums of amounts that people enter must fit. */
const mostPico = 10n ** 18n;

/** A decimal text of US dollars as pico-dollars; undefined where it is none, or finer than one. */
export function picoOf(usd: string): Pico | undefined {
  const parts = /^(\d{1,7})(?:\.(\d{1,12}))?$/.exec(usd);
  if (parts === null) return undefined;
  return BigInt(`${parts[1]}${(parts[2] ?? '').padEnd(scale, '0')}`);
}

/** US dollars as the shortest decimal text that is exact. */
export function usdOf(pico: Pico): string {
  const digits = (pico < 0n ? -pico : pico).toString().padStart(scale + 1, '0');
  const rest = digits.slice(-scale).replace(/0+$/, '');
  return `${pico < 0n ? '-' : ''}${digits.slice(0, -scale)}${rest === '' ? '' : `.${rest}`}`;
}

/**
 * Pico-dollars of a number of dollars. Exact for what {@link numberOf} made of less than 2^51 of them, which are 2,251
 * dollars: a double has 53 bits, and each of the two conversions may lose half of the last one.
 */
export const picoOfNumber = (usd: number): Pico => BigInt(Math.round(usd * 10 ** scale));

/** Dollars as a number, for people and charts; sums are made of pico-dollars. */
export const numberOf = (pico: Pico): number => Number(pico) / 10 ** scale;

/** The sum of dollars that are whole pico-dollars, as such a number again: adding floats would lose some on the way. */
export const sumUsd = (...amounts: readonly number[]): number =>
  numberOf(amounts.reduce((sum, usd) => sum + picoOfNumber(usd), 0n));

/** An amount of US dollars as programs write it: "0.05". */
export const usdSchema = z
  .string()
  .refine((text) => picoOf(text) !== undefined, 'Enter US dollars as a decimal, like "0.05".');
/** An amount above 0 that programs write as a number or as a decimal text; steps and limits count with the number. */
export const usdNumberSchema = (most: number) =>
  z.union([z.number(), usdSchema.transform(Number)]).pipe(z.number().positive().max(most));
export const positiveUsdSchema = usdSchema.refine((text) => {
  const pico = picoOf(text) ?? 0n;
  return pico > 0n && pico <= mostPico;
}, 'Enter an amount above 0 and at most 1,000,000.');
