/**
 * An exact amount: a BigInt count of 1/10 000 of the currency's unit, as the server keeps it.
 * No amount ever passes through a floating-point number; charts turn one into a position in
 * `charts/scale.ts` and nowhere else.
 */
export type Money = { readonly tenThousandths: bigint; readonly currency: string };

const scale = 10_000n;
const decimalPattern = /^([+-]?)(\d+)(?:\.(\d{1,4}))?$/;

/** Reads the server's decimal string ("-12.30"). Throws on anything else. */
export function money(text: string, currency: string): Money {
  const match = decimalPattern.exec(text);
  if (!match) throw new TypeError(`Not a decimal amount: ${text}`);
  const [, sign, whole = "0", fraction = ""] = match;
  const size = BigInt(whole) * scale + BigInt(fraction.padEnd(4, "0"));
  return { tenThousandths: sign === "-" ? -size : size, currency };
}

export function zero(currency: string): Money {
  return { tenThousandths: 0n, currency };
}

export function add(left: Money, right: Money): Money {
  if (left.currency !== right.currency) {
    throw new TypeError(`Cannot add ${right.currency} to ${left.currency}`);
  }
  return {
    tenThousandths: left.tenThousandths + right.tenThousandths,
    currency: left.currency,
  };
}

export function negate(amount: Money): Money {
  return { tenThousandths: -amount.tenThousandths, currency: amount.currency };
}

export function subtract(left: Money, right: Money): Money {
  return add(left, negate(right));
}

export function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(add, zero(currency));
}

export function magnitude(amount: Money): Money {
  return amount.tenThousandths < 0n ? negate(amount) : amount;
}

export function isZero(amount: Money): boolean {
  return amount.tenThousandths === 0n;
}

export function isNegative(amount: Money): boolean {
  return amount.tenThousandths < 0n;
}

export function compare(left: Money, right: Money): number {
  if (left.tenThousandths === right.tenThousandths) return 0;
  return left.tenThousandths < right.tenThousandths ? -1 : 1;
}

/** Decimal string with at least `digits` decimals and no more than the amount needs. */
export function decimal(amount: Money, digits = 2): string {
  const size = magnitude(amount).tenThousandths;
  const fraction = (size % scale).toString().padStart(4, "0");
  const needed = Math.max(digits, fraction.replace(/0+$/, "").length);
  const tail = needed > 0 ? `.${fraction.slice(0, needed)}` : "";
  return `${isNegative(amount) ? "-" : ""}${size / scale}${tail}`;
}

/**
 * How `part` changed against `base`, in tenths of a percent rounded half away from zero;
 * null when the base is zero and a percentage would say nothing.
 */
export function changePerMille(now: Money, base: Money): bigint | null {
  if (isZero(base)) return null;
  const size = magnitude(base).tenThousandths;
  const difference = (now.tenThousandths - base.tenThousandths) * 1000n;
  const half = difference < 0n ? -(size / 2n) : size / 2n;
  return (difference + half) / size;
}
