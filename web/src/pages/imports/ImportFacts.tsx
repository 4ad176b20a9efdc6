import type { ReactNode } from "react";
import type { Import } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";

/** What was understood of the file, in figures a person can hold against the paper. */
export function ImportFacts({ batch }: { batch: Import }) {
  const { locale } = useSession();
  const { totals, period } = batch;
  const format = batch.format?.toUpperCase() ?? "Unknown";
  return (
    <dl className="facts card">
      <Fact name="Format">
        {batch.encoding ? `${format}, ${batch.encoding.toUpperCase()}` : format}
      </Fact>
      <Fact name="Period">
        {period ? `${formatDate(period.from, locale)} – ${formatDate(period.to, locale)}` : "–"}
      </Fact>
      <Fact name="Money in">
        {totals ? <AmountText amount={money(totals.income, totals.currency)} isTinted /> : "–"}
      </Fact>
      <Fact name="Money out">
        {totals ? <AmountText amount={money(totals.expenses, totals.currency)} /> : "–"}
      </Fact>
      <Fact name="Net">
        {totals ? <AmountText amount={money(totals.net, totals.currency)} sign="always" /> : "–"}
      </Fact>
      <Fact name="Rows">{batch.rows.toLocaleString(locale)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
