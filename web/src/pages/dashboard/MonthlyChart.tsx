import type { Dashboard } from "../../api/types.ts";
import { address, navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { MonthBars } from "../../charts/MonthBars.tsx";
import { formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { money } from "../../money/Money.ts";

/** Income beside expenses, month by month; a month opens as the period. */
export function MonthlyChart({ dashboard }: { dashboard: Dashboard }) {
  const { locale } = useSession();
  const { currency, by_month: months } = dashboard;
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
