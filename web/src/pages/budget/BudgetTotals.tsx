import { useState } from "react";
import { type BudgetView, budgets } from "../../api/budgets.ts";
import type { BudgetPeriod } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { isNegative, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button } from "../../ui/Button.tsx";
import { AmountDialog } from "./AmountDialog.tsx";

type TotalsProps = { period: BudgetPeriod; view: BudgetView };

/** What the whole comes to; it stays in view while the lines are gone through. */
export function BudgetTotals({ period, view }: TotalsProps) {
  const figures =
    view === "envelope" ? envelope(period) : view === "flex" ? flex(period) : limits(period);
  return (
    <section className="card budget-totals" aria-label="Totals">
      {figures.map(([label, text], index) => {
        const amount = money(text, period.currency);
        const isBad = index === 0 && isNegative(amount);
        return (
          <div
            key={label}
            className={index === 0 ? "budget-figure budget-figure-first" : "budget-figure"}
          >
            <span className="muted">{label}</span>
            <span className={isBad ? "budget-over" : undefined}>
              <AmountText amount={amount} />
            </span>
          </div>
        );
      })}
      <Change period={period} view={view} />
    </section>
  );
}

type Figures = [label: string, amount: string][];

function envelope({ totals }: BudgetPeriod): Figures {
  return [
    ["Ready to assign", totals.ready],
    ["Income", totals.income],
    ["Assigned", totals.assigned],
    ["Overspent before", totals.overspent],
    ["Held", totals.held],
    ["Cash", totals.cash],
  ];
}

function limits({ spending }: BudgetPeriod): Figures {
  return [
    ["Remaining", spending.remaining],
    ["Limits", spending.limit],
    ["Carried over", spending.carried],
    ["Spent", spending.spent],
    ["Expected by today", spending.pace.expected],
  ];
}

function flex({ flex: parts }: BudgetPeriod): Figures {
  return [
    ["Flexible left", parts.flexible.remaining],
    ["Flexible number", parts.flexible.limit],
    ["Fixed", parts.fixed.limit],
    ["Non-monthly", parts.non_monthly.limit],
    ["Expected income", parts.income.limit],
    ["Not planned", parts.unplanned],
  ];
}

/** Holding income, or setting the one number. */
function Change({ period, view }: TotalsProps) {
  const { isViewer } = useSession();
  const [isOpen, setOpen] = useState(false);
  if (isViewer || period.is_locked || view === "tracking") return null;
  const isEnvelope = view === "envelope";
  return (
    <div className="budget-change">
      <Button onClick={() => setOpen(true)}>{isEnvelope ? "Hold…" : "Set number…"}</Button>
      {isOpen && (
        <AmountDialog
          title={isEnvelope ? "Hold for the next period" : "The flexible number"}
          label={isEnvelope ? "Held" : "Flexible number"}
          amount={money(
            isEnvelope ? period.totals.held : period.flex.flexible.limit,
            period.currency,
          )}
          onClose={() => setOpen(false)}
          onSave={(amount) =>
            isEnvelope ? budgets.hold(period.name, amount) : budgets.flexible(period.name, amount)
          }
        />
      )}
    </div>
  );
}
