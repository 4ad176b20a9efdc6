import { analytics } from "../../api/endpoints.ts";
import type { Dashboard } from "../../api/types.ts";
import { useAccounts } from "../../data/household.ts";
import { useResource } from "../../data/resource.ts";
import { Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { CategorySpending } from "./CategorySpending.tsx";
import { Figures } from "./Figures.tsx";
import { MonthlyChart } from "./MonthlyChart.tsx";
import { NetWorthChart } from "./NetWorthChart.tsx";
import { PeriodHead } from "./PeriodHead.tsx";
import { RecentTransactions } from "./RecentTransactions.tsx";
import { TopPayees } from "./TopPayees.tsx";
import { type Period, usePeriod } from "./usePeriod.ts";
import { Welcome } from "./Welcome.tsx";

export default function DashboardPage() {
  const period = usePeriod();
  const { value: accounts } = useAccounts();
  const { value: dashboard, error } = useDashboard(period);
  if (error && !dashboard) return <ProblemNote error={error} />;
  const isNew =
    accounts !== undefined && accounts.every((account) => account.transaction_count === 0);
  if (isNew) return <Welcome hasAccounts={accounts.length > 0} />;
  return (
    <div className="page">
      <PeriodHead period={period} dashboard={dashboard} />
      {dashboard && accounts ? (
        <Report dashboard={dashboard} includesPending={period.includesPending} />
      ) : (
        <Loading rows={8} />
      )}
    </div>
  );
}

function useDashboard({ kind, date, from, to, includesPending }: Period) {
  const query = {
    period: kind,
    date: kind === "custom" ? null : date,
    from: kind === "custom" ? from : null,
    to: kind === "custom" ? to : null,
    include_pending: includesPending || null,
  };
  return useResource(`dashboard ${JSON.stringify(query)}`, () => analytics.dashboard(query));
}

type ReportProps = { dashboard: Dashboard; includesPending: boolean };

function Report({ dashboard, includesPending }: ReportProps) {
  const range = { from: dashboard.from, to: dashboard.to };
  return (
    <>
      <Figures dashboard={dashboard} />
      {dashboard.unconverted.length > 0 && (
        <Note>
          Amounts in {dashboard.unconverted.join(", ")} are left out of these figures: no rate to{" "}
          {dashboard.currency} is known.
        </Note>
      )}
      <div className="dashboard-grid">
        <NetWorthChart until={dashboard.to} />
        <CategorySpending key={`${range.from} ${range.to}`} dashboard={dashboard} />
        <MonthlyChart dashboard={dashboard} includesPending={includesPending} />
        <TopPayees dashboard={dashboard} />
      </div>
      <RecentTransactions range={range} />
    </>
  );
}
