import type { LocalDate } from "../../dates/LocalDate.ts";
import { add, compare, type Money, money } from "../../money/Money.ts";
import type { CalendarAccount, CalendarDay, CalendarMonth } from "../../api/types.ts";

/** What came and went on a day, with what is still expected of it. */
export function flowOf(month: CalendarMonth, day: CalendarDay): { in: Money; out: Money } {
  const at = (text: string) => money(text, month.currency);
  return {
    in: add(at(day.money_in), at(day.expected_in)),
    out: add(at(day.money_out), at(day.expected_out)),
  };
}

/** What is on an account at the end of a day of the month. */
export function balanceOn(
  month: CalendarMonth,
  account: CalendarAccount,
  date: LocalDate,
): Money | null {
  const index = month.days.findIndex((day) => day.date === date);
  const text = account.balances[index];
  return text === undefined ? null : money(text, account.currency);
}

/** Whether an account has less than it should keep, today or later: the past is as it was. */
export function isShort(month: CalendarMonth, account: CalendarAccount, date: LocalDate): boolean {
  if (account.floor === null || date < month.today) return false;
  const balance = balanceOn(month, account, date);
  return balance !== null && compare(balance, money(account.floor, account.currency)) < 0;
}

export function isBelow(month: CalendarMonth, date: LocalDate): boolean {
  return month.accounts.some((account) => isShort(month, account, date));
}

/** The day on which an account falls below, as against those on which it still is. */
export function isFirstBelow(month: CalendarMonth, date: LocalDate): boolean {
  return month.accounts.some((account) => account.short_on === date);
}
