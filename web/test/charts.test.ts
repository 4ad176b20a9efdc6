import { assert, test } from "./harness.mjs";
import { axisFor, pixelPosition } from "../src/charts/scale.ts";
import { money } from "../src/money/Money.ts";
import { thinned } from "../src/charts/thinned.ts";

const eur = (...amounts: string[]) => amounts.map((amount) => money(amount, "EUR"));

test("an axis has round steps and holds every value", () => {
  const { ticks, domain } = axisFor(eur("1037.12", "4981.00"), 4, true);

  assert.deepEqual(ticks, [0n, 20_000_000n, 40_000_000n, 60_000_000n]);
  assert.deepEqual(domain, { low: 0n, high: 60_000_000n });
});

test("negative values go below a zero that has a line of its own", () => {
  const { ticks } = axisFor(eur("-700", "1200"), 4, true);

  assert.ok(ticks.includes(0n));
  assert.ok((ticks[0] ?? 0n) <= -7_000_000n);
});

test("a flat line and an empty one can still be drawn", () => {
  for (const values of [eur("5", "5"), eur("0"), eur("-3")]) {
    const { domain } = axisFor(values, 4, false);
    assert.ok(domain.high > domain.low);
  }
});

test("a position is within the chart for amounts that no float can hold", () => {
  const [low, high] = eur("-900000000000000.0001", "900000000000000.0001");
  assert.ok(low && high);
  const domain = { low: low.tenThousandths, high: high.tenThousandths };

  assert.equal(pixelPosition(low, domain, 500), 0);
  assert.equal(pixelPosition(high, domain, 500), 500);
});

test("thinning keeps the newest point", () => {
  const points = Array.from({ length: 1826 }, (_, index) => index);
  const kept = thinned(points, 370);

  assert.ok(kept.length <= 370);
  assert.equal(kept.at(-1), 1825);
  assert.deepEqual(thinned([1, 2], 370), [1, 2]);
});
