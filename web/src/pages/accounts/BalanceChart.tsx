import { useState } from "react";
import { accounts as endpoint } from "../../api/endpoints.ts";
import type { Account } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { LineChart } from "../../charts/LineChart.tsx";
import { thinned } from "../../charts/thinned.ts";
import { useResource } from "../../data/resource.ts";
import { addMonths, formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { money } from "../../money/Money.ts";
import { Segments } from "../../ui/Segments.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";

const spans = { "3M": 3, "1Y": 12, "5Y": 60 } as const;
type Span = keyof typeof spans;
const mostPoints = 370;

/** The account's balance day by day. */
export function BalanceChart({ account }: { account: Account }) {
  const { today, locale } = useSession();
  const [span, setSpan] = useState<Span>("1Y");
  const from = addMonths(today, -spans[span]);
  const { value, error } = useResource(`balances ${account.id} ${from} ${today}`, () =>
    endpoint.balances(account.id, from, today),
  );
  const points = thinned(value?.points ?? [], mostPoints).map(({ date, balance }) => ({
    key: date,
    label: formatDate(date, locale),
    axisLabel: formatDate(date, locale, { month: "short", year: "2-digit" }),
    amount: money(balance, account.currency),
  }));
  return (
    <ChartFrame
      title="Balance"
      controls={
        <Segments
          label="Balance over"
          segments={(Object.keys(spans) as Span[]).map((name) => ({ value: name, label: name }))}
          value={span}
          onChange={setSpan}
          isSmall
        />
      }
      table={{
        columns: ["Date", "Balance"],
        rows: [...points]
          .reverse()
          .map(({ label, amount }) => [label, formatMoney(amount, locale)]),
      }}
    >
      {error && !value ? <ProblemNote error={error} /> : null}
      {!value && !error ? <Loading rows={5} /> : null}
      {value && <LineChart label={`Balance of ${account.name}`} points={points} />}
    </ChartFrame>
  );
}
