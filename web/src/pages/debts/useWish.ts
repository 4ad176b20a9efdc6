import { useEffect, useState } from "react";
import { type DebtStrategy, type DebtWish, debts as endpoint } from "../../api/debts.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, isNegative, isZero, money } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { isSameAmount, ranked } from "./debtWords.ts";
import type { Debt, DebtPlan, DebtSettings } from "../../api/types.ts";

/** How the debts could be paid off; what is kept is the household's plan. */
export type Wish = { strategy: DebtStrategy; extra: string; order: readonly string[] };

const pauseMilliseconds = 250;

/** The value once it has stood still: no question to the server for every key. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** The answer to the last question stays until the next one is there. */
function usePlan(wish: DebtWish | null): { plan: DebtPlan | undefined; error: unknown } {
  const key = wish && `debts plan ${JSON.stringify(wish)}`;
  const { value, error } = useResource(key, () => endpoint.plan(wish ?? {}));
  const [kept, setKept] = useState<DebtPlan>();
  useEffect(() => {
    if (value) setKept(value);
  }, [value]);
  return { plan: value ?? kept, error: value ? undefined : error };
}

export function wishOf(settings: DebtSettings, debts: readonly Debt[], locale: string): Wish {
  const extra = money(settings.extra_amount, settings.currency);
  return {
    strategy: settings.strategy,
    extra: isZero(extra) ? "" : formatPlain(extra, locale),
    // All that have terms stand in the list, also those that nobody put anywhere.
    order: ranked(debts, "own", settings.order).map(({ account_id: id }) => id),
  };
}

/** The typed extra payment as the server writes it, or what is wrong with it. */
export function readExtra(text: string, currency: string, locale: string) {
  if (text.trim() === "") return "0.00";
  const amount = parseAmount(text, currency, locale);
  if (isProblem(amount)) return amount;
  if (isNegative(amount)) return { problem: "It cannot be below zero" };
  return decimal(amount);
}

/** Tries out a plan beside the one that is kept. */
export function useWish(settings: DebtSettings, debts: readonly Debt[]) {
  const { locale } = useSession();
  const kept = wishOf(settings, debts, locale);
  const [wish, setWish] = useState(kept);
  const begin = JSON.stringify(kept);
  useEffect(() => setWish(JSON.parse(begin) as Wish), [begin]);
  const extra = readExtra(wish.extra, settings.currency, locale);
  const problem = typeof extra === "string" ? undefined : extra.problem;
  const amount = typeof extra === "string" ? extra : settings.extra_amount;
  const isOrdered = wish.strategy === "own";
  const isChanged =
    problem === undefined &&
    (wish.strategy !== kept.strategy ||
      !isSameAmount(amount, settings.extra_amount) ||
      (isOrdered && wish.order.join() !== kept.order.join()));
  const question = JSON.stringify({
    strategy: wish.strategy,
    extra: amount,
    ...(isOrdered && { order: wish.order.join() }),
  });
  const settled = useSettled(isChanged ? question : "{}");
  const base = usePlan({});
  const tried = usePlan(settled === "{}" ? null : (JSON.parse(settled) as DebtWish));
  const isTried = isChanged && settled !== "{}" && tried.plan !== undefined;
  return {
    wish,
    change: (part: Partial<Wish>) => setWish({ ...wish, ...part }),
    reset: () => setWish(kept),
    amount,
    problem,
    isChanged,
    base: base.plan,
    plan: isTried ? tried.plan : base.plan,
    error: base.error ?? tried.error,
  };
}
