import type { DebtStrategy } from "../../api/debts.ts";
import { decimalSeparator, formatMoney } from "../../money/format.ts";
import { compare, isNegative, isZero, magnitude, money, subtract } from "../../money/Money.ts";
import type { Debt, DebtCourse, DebtPlan } from "../../api/types.ts";

export const strategyNames: Record<DebtStrategy, string> = {
  avalanche: "Dearest first",
  snowball: "Smallest first",
  own: "Own order",
};

export const strategyHints: Record<DebtStrategy, string> = {
  avalanche: "What is left over goes to the highest rate. It costs the least interest.",
  snowball: "What is left over goes to the smallest debt. The first one is gone soonest.",
  own: "What is left over goes down your own list. Drag the handles, or press arrow keys on them.",
};

/** "2 years 6 months". */
export function durationWords(months: number): string {
  const parts: string[] = [];
  const years = Math.floor(months / 12);
  const rest = months % 12;
  if (years > 0) parts.push(`${years} ${years === 1 ? "year" : "years"}`);
  if (rest > 0 || years === 0) parts.push(`${rest} ${rest === 1 ? "month" : "months"}`);
  return parts.join(" ");
}

/** "19.9" for the server's "19.90", in the locale's writing; nothing is rounded. */
export function writtenRate(rate: string, locale: string): string {
  const short = rate.includes(".") ? rate.replace(/\.?0+$/, "") : rate;
  return short.replace(".", decimalSeparator(locale));
}

export function rateWords(rate: string, locale: string): string {
  return `${writtenRate(rate, locale)}%`;
}

/** A decimal string of the server, as a number that compares exactly. */
function exactly(decimal: string): bigint {
  return money(decimal, "").tenThousandths;
}

/** Why a typed percentage was refused. */
export type PercentProblem = { problem: string };

/** "4,99 %" as the server writes it: "4.99". */
export function parsePercent(text: string, most: number): string | PercentProblem {
  const plain = text.replace(/[\s%]/g, "").replace(",", ".");
  if (plain === "") return { problem: "Enter a percentage" };
  if (!/^\d{1,6}(\.\d{1,4})?$/.test(plain)) {
    return { problem: "Use digits such as 4.99, with at most four decimals" };
  }
  if (exactly(plain) > BigInt(most) * 10_000n) return { problem: `At most ${most}` };
  return plain;
}

/** What each debt owes in the plan's currency, where that is known. */
function owedIn(plan: DebtPlan | undefined, debt: Debt): bigint {
  const planned = plan?.debts.find(({ account_id: id }) => id === debt.account_id);
  return exactly(planned?.owed ?? debt.owed);
}

const rateOf = ({ terms }: Debt) => exactly(terms?.yearly_rate ?? "0");

function order(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const dearer = (a: Debt, b: Debt) => order(rateOf(b), rateOf(a));

/** Debts with terms, the one that is paid off first before all others. */
export function ranked(
  debts: readonly Debt[],
  strategy: DebtStrategy,
  own: readonly string[],
  plan?: DebtPlan,
): Debt[] {
  const place = ({ account_id: id }: Debt) => (own.includes(id) ? own.indexOf(id) : own.length);
  const smaller = (a: Debt, b: Debt) => order(owedIn(plan, a), owedIn(plan, b));
  return debts
    .filter(({ terms }) => terms !== null)
    .sort((a, b) => {
      if (strategy === "avalanche") return dearer(a, b) || smaller(a, b);
      if (strategy === "snowball") return smaller(a, b) || dearer(a, b);
      return place(a) - place(b) || dearer(a, b);
    });
}

/** "3 months sooner and €120.00 less interest"; null where there is nothing to compare. */
export function differenceWords(
  course: DebtCourse,
  against: DebtCourse,
  currency: string,
  locale: string,
): string | null {
  if (course.end !== "free" || against.end !== "free") return null;
  const parts: string[] = [];
  const months = against.months - course.months;
  if (months !== 0) {
    parts.push(`${durationWords(Math.abs(months))} ${months > 0 ? "sooner" : "later"}`);
  }
  const saved = subtract(money(against.interest, currency), money(course.interest, currency));
  if (!isZero(saved)) {
    const amount = formatMoney(magnitude(saved), locale);
    parts.push(`${amount} ${isNegative(saved) ? "more" : "less"} interest`);
  }
  return parts.length > 0 ? parts.join(" and ") : "the same time and interest";
}

/** Whether two decimal strings say the same amount: "50" and "50.00" do. */
export function isSameAmount(left: string, right: string): boolean {
  return compare(money(left, ""), money(right, "")) === 0;
}
