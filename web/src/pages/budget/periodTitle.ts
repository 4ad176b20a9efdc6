import type { BudgetPeriod } from "../../api/types.ts";
import { formatDate } from "../../dates/LocalDate.ts";

/** "November 2026", "Week 47 of 2026", "Quarter 4 of 2026", "2026". */
export function periodTitle({ name }: Pick<BudgetPeriod, "name">, locale: string): string {
  if (/^\d{4}-\d{2}$/.test(name)) {
    return formatDate(`${name}-01`, locale, { month: "long", year: "numeric" });
  }
  const [, year, kind, number] = /^(\d{4})-([WQ])0?(\d+)$/.exec(name) ?? [];
  if (!year) return name;
  return `${kind === "W" ? "Week" : "Quarter"} ${number} of ${year}`;
}
