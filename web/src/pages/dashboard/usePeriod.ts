import { address, navigate, useLocation } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { isLocalDate, type LocalDate } from "../../dates/LocalDate.ts";
import type { PeriodKind } from "../../dates/period.ts";

export type Period = {
  kind: PeriodKind;
  date: LocalDate;
  from: LocalDate;
  to: LocalDate;
  includesPending: boolean;
};

const kinds: readonly string[] = ["week", "month", "quarter", "year", "custom"];

/** The period stands in the address, so that it can be kept, shared and gone back to. */
export function usePeriod(): Period {
  const { query } = useLocation();
  const { today } = useSession();
  const dateIn = (name: string, otherwise: LocalDate) => {
    const text = query.get(name) ?? "";
    return isLocalDate(text) ? text : otherwise;
  };
  const kind = query.get("period") ?? "month";
  const firstOfMonth = `${today.slice(0, 8)}01`;
  const from = dateIn("from", firstOfMonth);
  return {
    kind: kinds.includes(kind) ? (kind as PeriodKind) : "month",
    date: dateIn("date", today),
    from,
    to: dateIn("to", from > today ? from : today),
    includesPending: query.get("pending") === "yes",
  };
}

export function showPeriod(period: Period): void {
  const isCustom = period.kind === "custom";
  navigate(
    address("/", {
      period: period.kind === "month" ? null : period.kind,
      date: isCustom ? null : period.date,
      from: isCustom ? period.from : null,
      to: isCustom ? period.to : null,
      pending: period.includesPending ? "yes" : null,
    }),
  );
}
