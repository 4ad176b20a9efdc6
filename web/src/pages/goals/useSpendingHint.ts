import { analytics } from "../../api/endpoints.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { addDays, addMonths } from "../../dates/LocalDate.ts";
import { formatRounded } from "../../money/format.ts";
import { isZero, type Money, money } from "../../money/Money.ts";

/** For the eye only: the server works out the target itself. */
export function monthlyShare(total: Money, months: number): Money {
  return { ...total, tenThousandths: total.tenThousandths / BigInt(months) };
}

/** "You spent about €2,140 a month …", so that a number of months means something. */
export function useSpendingHint(averageMonths: number, months: number): string | null {
  const { today, locale } = useSession();
  const isKnown = Number.isInteger(averageMonths) && averageMonths > 0;
  const firstOfMonth = `${today.slice(0, 8)}01`;
  const from = addMonths(firstOfMonth, -averageMonths);
  const to = addDays(firstOfMonth, -1);
  const { value } = useResource(isKnown ? `spending ${from} ${to}` : null, () =>
    analytics.dashboard({ period: "custom", from, to }),
  );
  if (!value) return null;
  const each = monthlyShare(money(value.expenses, value.currency), averageMonths);
  if (isZero(each)) return null;
  const lead = `You spent about ${formatRounded(each, locale)} a month.`;
  if (!Number.isInteger(months) || months < 1) return lead;
  const all = { ...each, tenThousandths: each.tenThousandths * BigInt(months) };
  const span = months === 1 ? "One month is" : `${months} months are`;
  return `${lead} ${span} about ${formatRounded(all, locale)}.`;
}
