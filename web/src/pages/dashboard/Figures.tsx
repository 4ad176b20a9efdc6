import type { ReactNode } from "react";
import type { Dashboard } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { changePerMille, type Money, money } from "../../money/Money.ts";
import { formatMoney, formatPercent, formatPerMille } from "../../money/format.ts";
import { AmountText } from "../../ui/AmountText.tsx";

/** The period in four figures, each beside the period before. */
export function Figures({ dashboard }: { dashboard: Dashboard }) {
  const { locale } = useSession();
  const { currency, previous, savings_rate: rate } = dashboard;
  const read = (amount: string) => money(amount, currency);
  return (
    <dl className="figures card">
      <Figure name="Income" now={read(dashboard.income)} before={read(previous.income)} />
      <Figure name="Expenses" now={read(dashboard.expenses)} before={read(previous.expenses)} />
      <Figure name="Saved" now={read(dashboard.savings)} before={read(previous.savings)} />
      <FigureFrame name="Savings rate" note="of income">
        {rate === null ? "–" : formatPercent(rate, locale)}
      </FigureFrame>
    </dl>
  );
}

function FigureFrame({
  name,
  note,
  children,
}: {
  name: string;
  note: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="figure-value">{children}</dd>
      <dd className="figure-note">{note}</dd>
    </div>
  );
}

function Figure({ name, now, before }: { name: string; now: Money; before: Money }) {
  const { locale } = useSession();
  const change = changePerMille(now, before);
  const note =
    change === null ? (
      "nothing in the period before"
    ) : (
      <>
        <span className="figure-change">{formatPerMille(change, locale)}</span> from{" "}
        {formatMoney(before, locale)}
      </>
    );
  return (
    <FigureFrame name={name} note={note}>
      <AmountText amount={now} />
    </FigureFrame>
  );
}
