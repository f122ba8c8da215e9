import { exactNumber } from '@/lib/api/json/exact-number';

/** A decimal number with all its digits: `digits` × 10^−`scale`. */
export type Decimal = { digits: bigint; scale: number };

const written = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const maxCharacters = 400;

/**
 * The number that a value is: a number, or a text that writes one as JSON does, which is how numbers come that have more
 * digits than a number keeps. `007`, `+1` and `1,5` are texts.
 */
export function isNumeric(value: unknown): value is number | string {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' && value.length <= maxCharacters && written.test(value);
}

/** Its digits as people read them: 0.1 is one tenth. */
export function decimalOf(value: number | string): Decimal {
  const [base = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = base.split('.');
  const digits = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** Digits behind the point that count: more of them come of measuring or dividing, and no sum of money has them. */
const maxPlaces = 6;

/** A number where a number holds it, else text with every digit. */
export function fromDecimal({ digits, scale }: Decimal): number | string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  const written = `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  const exact = exactNumber(written);
  if (fraction === '' || fraction.length > maxPlaces || typeof exact === 'string') return exact;
  return compareNumbers(exact, written) === 0 ? exact : written;
}

/** Which of two numbers is larger, to the last digit. */
export function compareNumbers(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [one, other] = [decimalOf(a), decimalOf(b)];
  const scale = Math.max(one.scale, other.scale);
  const difference = atScale(one, scale) - atScale(other, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function atScale({ digits, scale }: Decimal, wanted: number): bigint {
  return wanted === scale ? digits : digits * 10n ** BigInt(wanted - scale);
}

/** A sum without rounding: 0.1 and 0.2 are 0.3, and no digit of a large one is lost. */
export class ExactSum {
  #whole = 0;
  readonly #byScale = new Map<number, bigint>();
  #count = 0;

  add(value: number | string): void {
    this.#count += 1;
    if (typeof value === 'number' && Number.isSafeInteger(value)) {
      const next = this.#whole + value;
      if (Number.isSafeInteger(next)) {
        this.#whole = next;
        return;
      }
    }
    const { digits, scale } = decimalOf(value);
    this.#byScale.set(scale, (this.#byScale.get(scale) ?? 0n) + digits);
  }

  get count(): number {
    return this.#count;
  }

  get total(): number | string {
    return this.#byScale.size === 0 ? this.#whole + 0 : fromDecimal(this.#sum());
  }

  /** Null for nothing; exact where it is a whole number. */
  get average(): number | string | null {
    if (this.#count === 0) return null;
    const { digits, scale } = this.#sum();
    const count = BigInt(this.#count);
    if (digits % count === 0n) return fromDecimal({ digits: digits / count, scale });
    return Number(fromDecimal({ digits, scale })) / this.#count;
  }

  #sum(): Decimal {
    const scale = Math.max(0, ...this.#byScale.keys());
    let digits = atScale({ digits: BigInt(this.#whole), scale: 0 }, scale);
    for (const [own, part] of this.#byScale) digits += atScale({ digits: part, scale: own }, scale);
    return { digits, scale };
  }
}
