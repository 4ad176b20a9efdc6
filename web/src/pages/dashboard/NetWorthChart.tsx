import { useState } from "react";
import { analytics } from "../../api/endpoints.ts";
import type { NetWorthPoint } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { LineChart } from "../../charts/LineChart.tsx";
import { useResource } from "../../data/resource.ts";
import { addMonths, formatDate, type LocalDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { money, subtract } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Segments } from "../../ui/Segments.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";

const spans = { "6M": 6, "1Y": 12, "5Y": 60 } as const;
type Span = keyof typeof spans;

/** Net worth up to the period's end, or today if that is sooner. */
export function NetWorthChart({ until }: { until: LocalDate }) {
  const { today, locale } = useSession();
  const [span, setSpan] = useState<Span>("1Y");
  const to = until < today ? until : today;
  const query = {
    from: addMonths(to, -spans[span]),
    to,
    interval: span === "5Y" ? "month" : "week",
  };
  const { value, error } = useResource(`net worth ${JSON.stringify(query)}`, () =>
    analytics.netWorth(query),
  );
  const points = value?.points ?? [];
  const currency = value?.currency ?? "";
  const show = (amount: string) => formatMoney(money(amount, currency), locale);
  return (
    <ChartFrame
      title="Net worth"
      controls={
        <Segments
          label="Net worth over"
          segments={(Object.keys(spans) as Span[]).map((name) => ({ value: name, label: name }))}
          value={span}
          onChange={setSpan}
          isSmall
        />
      }
      table={{
        columns: ["Date", "Assets", "Debts", "Net worth"],
        rows: [...points]
          .reverse()
          .map(({ date, assets, liabilities, net_worth: worth }) => [
            formatDate(date, locale),
            show(assets),
            show(liabilities),
            show(worth),
          ]),
      }}
    >
      {error && !value ? <ProblemNote error={error} /> : null}
      {!value && !error ? <Loading rows={5} /> : null}
      {value && <Chart points={points} currency={currency} isLong={span === "5Y"} />}
    </ChartFrame>
  );
}

function Chart({
  points,
  currency,
  isLong,
}: {
  points: readonly NetWorthPoint[];
  currency: string;
  isLong: boolean;
}) {
  const { locale } = useSession();
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return <p className="muted">No values yet.</p>;
  const now = money(last.net_worth, currency);
  const change = subtract(now, money(first.net_worth, currency));
  return (
    <>
      <p className="chart-lead">
        <strong>
          <AmountText amount={now} />
        </strong>{" "}
        <span className="muted">
          <AmountText amount={change} sign="always" isTinted /> since{" "}
          {formatDate(first.date, locale, { month: "short", year: "numeric" })}
        </span>
      </p>
      <LineChart
        label="Net worth over time"
        points={points.map(({ date, net_worth: worth }) => ({
          key: date,
          label: formatDate(date, locale),
          axisLabel: formatDate(
            date,
            locale,
            isLong ? { year: "numeric" } : { month: "short", year: "2-digit" },
          ),
          amount: money(worth, currency),
        }))}
      />
    </>
  );
}
