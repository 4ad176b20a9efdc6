import { useSession } from "../../app/session.ts";
import { formatMoney } from "../../money/format.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Note } from "../../ui/Notices.tsx";
import type { GoalSummary } from "../../api/types.ts";

/** What all goals come to, and where more is set aside than there is. */
export function GoalFigures({ summary }: { summary: GoalSummary }) {
  const figures = [
    ["Set aside", summary.saved],
    ["Aimed at", summary.target],
    ["Still to go", summary.remaining],
    ["Left for this month", summary.due_this_month],
  ] as const;
  return (
    <>
      <dl className="card figures">
        {figures.map(([label, amount]) => (
          <div key={label} className="figure">
            <dt>{label}</dt>
            <dd className="figure-value">
              <AmountText amount={money(amount, summary.currency)} />
            </dd>
          </div>
        ))}
      </dl>
      {summary.missing_rates.length > 0 && (
        <Note>
          Goals in {summary.missing_rates.join(", ")} are left out of these sums: no rate to{" "}
          {summary.currency} is known.
        </Note>
      )}
      <Overcommitted summary={summary} />
    </>
  );
}

function Overcommitted({ summary }: { summary: GoalSummary }) {
  const { locale } = useSession();
  const over = summary.accounts.filter((account) => account.is_overcommitted);
  if (over.length === 0) return null;
  return (
    <div className="note note-warning">
      <Icon name="warning" />
      <ul>
        {over.map(({ account_id: id, name, currency, balance, earmarked, over_by: by }) => (
          <li key={id}>
            <strong>{name}</strong> holds {formatMoney(money(balance, currency), locale)}, but{" "}
            {formatMoney(money(earmarked, currency), locale)} of it is set aside:{" "}
            {formatMoney(money(by, currency), locale)} too much.
          </li>
        ))}
      </ul>
    </div>
  );
}
