import { decimal } from "../src/money/Money.ts";
import { balanceOn, flowOf, isBelow, isShort } from "../src/pages/bills/calendarDays.ts";
import { assert, test } from "./harness.mjs";
import type { CalendarAccount, CalendarDay, CalendarMonth } from "../src/api/types.ts";

const day = (date: string, part: Partial<CalendarDay> = {}): CalendarDay => ({
  date,
  money_in: "0.00",
  money_out: "0.00",
  expected_in: "0.00",
  expected_out: "0.00",
  balance: "0.00",
  is_expected: true,
  occurrences: [],
  ...part,
});

const account = (floor: string | null, balances: string[]): CalendarAccount => ({
  account_id: "a",
  name: "Checking",
  currency: "EUR",
  in_total: true,
  minimum_balance: floor,
  floor,
  balance_start: "0.00",
  balance_end: "0.00",
  lowest: "0.00",
  lowest_on: "2026-11-21",
  short_on: null,
  balances,
});

const month = (accounts: CalendarAccount[]) =>
  ({
    today: "2026-11-21",
    currency: "EUR",
    days: [day("2026-11-20"), day("2026-11-21"), day("2026-11-22")],
    accounts,
  }) as unknown as CalendarMonth;

test("what happened and what is still expected of a day are one flow", () => {
  const flow = flowOf(
    month([]),
    day("2026-11-21", {
      money_in: "0.10",
      expected_in: "0.20",
      money_out: "-5.00",
      expected_out: "-7.50",
    }),
  );

  assert.deepEqual([decimal(flow.in), decimal(flow.out)], ["0.30", "-12.50"]);
});

test("a day is below where an account has less than it should keep, but not in the past", () => {
  const own = account("100.00", ["0.00", "100.00", "99.99"]);
  const all = month([own, account(null, ["-9.00", "-9.00", "-9.00"])]);

  assert.deepEqual(
    ["2026-11-20", "2026-11-21", "2026-11-22"].map((date) => isBelow(all, date)),
    [false, false, true],
  );
  assert.equal(isShort(all, own, "2026-11-22"), true);
  assert.equal(isShort(all, own, "2026-12-01"), false);
});

test("a balance is that of its day, and none of another month", () => {
  const own = account("0.00", ["1.00", "2.00", "3.00"]);
  const text = (date: string) => {
    const balance = balanceOn(month([own]), own, date);
    return balance && decimal(balance);
  };

  assert.equal(text("2026-11-22"), "3.00");
  assert.equal(text("2026-12-22"), null);
});
