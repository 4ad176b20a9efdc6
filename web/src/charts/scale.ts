import type { Money } from "../money/Money.ts";

/**
 * The one place where an amount becomes a float: a position on the screen, where a
 * quarter of a pixel is exact enough. Nothing here is ever turned back into money.
 */
export function pixelPosition(amount: Money, domain: Domain, length: number): number {
  const span = domain.high - domain.low;
  if (span <= 0n) return 0;
  const parts = ((amount.tenThousandths - domain.low) * 1_000_000n) / span;
  return (Number(parts) / 1_000_000) * length;
}

/** Lowest and highest value of an axis, in ten-thousandths. */
export type Domain = { low: bigint; high: bigint };

export type Axis = { domain: Domain; ticks: bigint[] };

/** An axis over the values with round steps (1, 2 or 5 times a power of ten). */
export function axisFor(values: readonly Money[], steps: number, hasZero: boolean): Axis {
  const sizes = values.map(({ tenThousandths }) => tenThousandths);
  if (hasZero || sizes.length === 0) sizes.push(0n);
  let low = sizes.reduce((a, b) => (b < a ? b : a));
  let high = sizes.reduce((a, b) => (b > a ? b : a));
  if (low === high) {
    // A flat line needs some height to be drawn in.
    low -= low === 0n ? 0n : 10_000n;
    high += 10_000n;
  }
  const step = roundStep((high - low) / BigInt(steps));
  const first = floorTo(low, step);
  const ticks: bigint[] = [first];
  for (let tick = first + step; tick < high + step; tick += step) ticks.push(tick);
  return { domain: { low: first, high: ticks.at(-1) ?? high }, ticks };
}

function roundStep(wanted: bigint): bigint {
  let power = 1n;
  while (power * 10n <= wanted) power *= 10n;
  for (const factor of [1n, 2n, 5n, 10n]) {
    if (power * factor >= wanted) return power * factor;
  }
  return power * 10n;
}

function floorTo(value: bigint, step: bigint): bigint {
  const rest = value % step;
  if (rest === 0n) return value;
  return value < 0n ? value - rest - step : value - rest;
}
