import { useState } from "react";
import { useSession } from "../../app/session.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { ChartLegend, type ChartLine, LinesChart } from "../../charts/LineChart.tsx";
import { thinned } from "../../charts/thinned.ts";
import { monthWords } from "../../dates/month.ts";
import { formatMoney } from "../../money/format.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { SelectField } from "../../ui/Field.tsx";
import { Pager } from "../../ui/Pager.tsx";
import type { DebtPlan, DebtPlanMonth, DebtPlanRow } from "../../api/types.ts";

/** All debts, or the one account. */
type Scope = "all" | (string & {});

type Course = {
  name: string;
  owed: string;
  rows: readonly (DebtPlanRow & Partial<Pick<DebtPlanMonth, "minimums_balance">>)[];
};

export function courseOf(plan: DebtPlan, scope: Scope): Course {
  const one = plan.debts.find(({ account_id: id }) => id === scope);
  if (one) return one;
  return { name: "All debts", owed: plan.owed, rows: plan.months };
}

/** What is owed month by month, as a picture and as a table. */
export function CourseSection({ plan }: { plan: DebtPlan }) {
  const [scope, setScope] = useState<Scope>("all");
  const course = courseOf(plan, scope);
  return (
    <>
      <header className="debt-course-head">
        <h2>Month by month</h2>
        {plan.debts.length > 1 && (
          <SelectField label="Of" isLabelHidden value={scope} onChange={setScope}>
            <option value="all">All debts</option>
            {plan.debts.map(({ account_id: id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
      </header>
      <BalancesChart plan={plan} course={course} />
      <Schedule key={scope} plan={plan} course={course} />
    </>
  );
}

type CourseProps = { plan: DebtPlan; course: Course };

const mostPoints = 370;

/** What is owed now, and then at the end of each month. */
export function balanceLines({ plan, course }: CourseProps) {
  const { currency } = plan;
  const points = thinned(
    [
      { month: null, balance: course.owed, minimums: course.owed as string | null },
      ...course.rows.map(({ month, balance, minimums_balance: minimums = null }) => ({
        month,
        balance,
        minimums,
      })),
    ],
    mostPoints,
  );
  const isCompared = course.rows.some(({ minimums_balance: minimums }) => minimums);
  const lines: ChartLine[] = [
    ...(isCompared
      ? [
          {
            name: "Minimums alone",
            look: "plan" as const,
            amounts: points.map(({ minimums }) => (minimums ? money(minimums, currency) : null)),
          },
        ]
      : []),
    {
      name: "This plan",
      look: "main",
      amounts: points.map(({ balance }) => money(balance, currency)),
    },
  ];
  return { months: points.map(({ month }) => month), lines };
}

function BalancesChart(props: CourseProps) {
  const { locale } = useSession();
  const { plan, course } = props;
  const { months, lines } = balanceLines(props);
  const show = (amount: string) => formatMoney(money(amount, plan.currency), locale);
  return (
    <ChartFrame
      title={`Owed: ${course.name}`}
      controls={lines.length > 1 && <ChartLegend lines={[...lines].reverse()} />}
      table={{
        columns: ["Month", "This plan", ...(lines.length > 1 ? ["Minimums alone"] : [])],
        rows: course.rows.map(({ month, balance, minimums_balance: minimums }) => [
          monthWords(month, locale, "short"),
          show(balance),
          ...(lines.length > 1 ? [minimums ? show(minimums) : ""] : []),
        ]),
      }}
    >
      <LinesChart
        label={`What is owed: ${course.name}`}
        stops={months.map((month) => ({
          key: month ?? "now",
          label: month ? monthWords(month, locale) : "Now",
          axisLabel: month ? monthWords(month, locale, "short") : "Now",
        }))}
        lines={lines}
        hasZero
      />
    </ChartFrame>
  );
}

const rowsAPage = 12;

function Schedule({ plan, course }: CourseProps) {
  const { locale } = useSession();
  const [page, setPage] = useState(1);
  const pages = Math.ceil(course.rows.length / rowsAPage);
  // Another plan may be shorter.
  const at = Math.min(page, Math.max(1, pages));
  const rows = course.rows.slice((at - 1) * rowsAPage, at * rowsAPage);
  const cell = (amount: string) => (
    <td className="right">
      <AmountText amount={money(amount, plan.currency)} />
    </td>
  );
  return (
    <div className="card table-card">
      <table className="table debt-schedule">
        <caption className="visually-hidden">Payments of {course.name} by month</caption>
        <thead>
          <tr>
            <th scope="col">Month</th>
            {["Payment", "Interest", "Paid off", "Left"].map((name) => (
              <th key={name} scope="col" className="right">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.month}>
              <th scope="row">{monthWords(row.month, locale, "short")}</th>
              {cell(row.payment)}
              {cell(row.interest)}
              {cell(row.principal)}
              {cell(row.balance)}
            </tr>
          ))}
        </tbody>
      </table>
      <Pager page={at} pages={pages} onChange={setPage} />
    </div>
  );
}
