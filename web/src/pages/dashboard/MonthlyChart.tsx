import { analytics } from "../../api/endpoints.ts";
import type { Dashboard, MonthTotals } from "../../api/types.ts";
import { address, navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { MonthBars } from "../../charts/MonthBars.tsx";
import { useResource } from "../../data/resource.ts";
import { addMonths, formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { money } from "../../money/Money.ts";

const monthsShown = 12;

/** The period's own months where it has enough of them, else the year up to its end. */
function useMonths(dashboard: Dashboard, includesPending: boolean): MonthTotals[] {
  const { from, to, by_month: own } = dashboard;
  const isLong = own.length >= monthsShown;
  const query = {
    period: "custom",
    from: `${addMonths(to, 1 - monthsShown).slice(0, 8)}01`,
    to,
    include_pending: includesPending || null,
  };
  const key = isLong ? null : `months ${from} ${JSON.stringify(query)}`;
  const { value: year } = useResource(key, () => analytics.dashboard(query));
  return year?.by_month ?? own;
}

/** Income beside expenses, month by month; a month opens as the period. */
export function MonthlyChart({
  dashboard,
  includesPending,
}: {
  dashboard: Dashboard;
  includesPending: boolean;
}) {
  const { locale } = useSession();
  const { currency } = dashboard;
  const months = useMonths(dashboard, includesPending);
  const read = (amount: string) => money(amount, currency);
  const show = (amount: string) => formatMoney(read(amount), locale);
  const name = (month: string, options: Intl.DateTimeFormatOptions) =>
    formatDate(`${month}-01`, locale, options);
  return (
    <ChartFrame
      title="By month"
      controls={<Legend />}
      table={{
        columns: ["Month", "Income", "Expenses", "Saved"],
        rows: [...months]
          .reverse()
          .map(({ month, income, expenses, savings }) => [
            name(month, { month: "long", year: "numeric" }),
            show(income),
            show(expenses),
            show(savings),
          ]),
      }}
    >
      <MonthBars
        bars={months.map(({ month, income, expenses }) => ({
          month,
          label: name(month, { month: "long", year: "numeric" }),
          axisLabel: name(month, { month: "short" }),
          income: read(income),
          expenses: read(expenses),
        }))}
        onPick={(month) => navigate(address("/", { date: `${month}-01` }))}
      />
    </ChartFrame>
  );
}

function Legend() {
  return (
    <ul className="legend">
      <li>
        <span className="legend-mark legend-income" aria-hidden="true" />
        Income
      </li>
      <li>
        <span className="legend-mark legend-expenses" aria-hidden="true" />
        Expenses
      </li>
    </ul>
  );
}
