import { useState } from "react";
import { type BudgetView, budgets } from "../../api/budgets.ts";
import type { BudgetPeriod } from "../../api/types.ts";
import { address } from "../../app/router.ts";
import { isNegative, isZero, type Money, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button } from "../../ui/Button.tsx";
import { Link } from "../../ui/Link.tsx";
import { AmountDialog } from "./AmountDialog.tsx";
import { useAnnounceChange, useCanPlan } from "./planning.ts";

type TotalsProps = { period: BudgetPeriod; view: BudgetView; onMove: (id: null) => void };

/** What the whole comes to; it stays in view while the lines are gone through. */
export function BudgetTotals({ period, view, onMove }: TotalsProps) {
  const isOpen = useCanPlan() && !period.is_locked;
  const [first, ...rest] = figuresOf(period, view);
  const canMove = isOpen && view === "envelope";
  return (
    <section className="card budget-totals" aria-label="Totals">
      {first && (
        <div className="budget-figure budget-figure-first">
          <span className="muted">{first.label}</span>
          <First
            amount={money(first.amount, period.currency)}
            onMove={canMove ? () => onMove(null) : undefined}
          />
        </div>
      )}
      <div className="budget-figures" role="group" aria-label="What it is made of" tabIndex={0}>
        {rest.map((figure) => (
          <FigureText key={figure.label} figure={figure} currency={period.currency} />
        ))}
      </div>
      {isOpen && view !== "tracking" && <Change period={period} view={view} />}
    </section>
  );
}

type FirstProps = { amount: Money; onMove: (() => void) | undefined };

/** Money that is ready goes into an envelope in two clicks, as it does from one to another. */
function First({ amount, onMove }: FirstProps) {
  const className = isNegative(amount) ? "budget-over" : undefined;
  const text = <AmountText amount={amount} />;
  if (!onMove || isZero(amount)) return <span className={className}>{text}</span>;
  return (
    <button
      type="button"
      className={`budget-edit ${className ?? ""}`}
      aria-label={isNegative(amount) ? "Cover Ready to assign" : "Move from Ready to assign"}
      onClick={onMove}
    >
      {text}
    </button>
  );
}

type Figure = { label: string; amount: string; to?: string; isBad?: boolean };

function FigureText({ figure, currency }: { figure: Figure; currency: string }) {
  const { label, to, isBad } = figure;
  const amount = money(figure.amount, currency);
  const text = <AmountText amount={amount} />;
  return (
    <div className="budget-figure">
      <span className="muted">{label}</span>
      {to ? (
        <Link to={to} className="budget-activity" aria-label={`Transactions of ${label}`}>
          {text}
        </Link>
      ) : (
        <span className={isBad && !isZero(amount) ? "budget-over" : undefined}>{text}</span>
      )}
    </div>
  );
}

function figuresOf(period: BudgetPeriod, view: BudgetView): Figure[] {
  const { totals, spending, flex, from, to } = period;
  const register = (type: string) => address("/transactions", { type, from, to });
  if (view === "envelope") {
    return [
      { label: "Ready to assign", amount: totals.ready },
      { label: "Income", amount: totals.income, to: register("income") },
      { label: "Assigned", amount: totals.assigned },
      { label: "Overspent before", amount: totals.overspent, isBad: true },
      { label: "Held for the next", amount: totals.held },
      { label: "Cash", amount: totals.cash },
    ];
  }
  if (view === "flex") {
    return [
      { label: "Flexible left", amount: flex.flexible.remaining },
      { label: "Flexible number", amount: flex.flexible.limit },
      { label: "Fixed", amount: flex.fixed.limit },
      { label: "Not every period", amount: flex.non_monthly.limit },
      { label: "Expected income", amount: flex.income.limit, to: register("income") },
      { label: "Left to plan", amount: flex.unplanned, isBad: flex.unplanned.startsWith("-") },
    ];
  }
  const { pace } = spending;
  return [
    { label: "Remaining", amount: spending.remaining },
    { label: "Limits", amount: spending.limit },
    { label: "Carried over", amount: spending.carried },
    { label: "Spent", amount: spending.spent, to: register("expense") },
    { label: "Expected by today", amount: pace.expected },
    ...(pace.per_day === null ? [] : [{ label: "Left for each day", amount: pace.per_day }]),
  ];
}

/** Holding income, or setting the one number. */
function Change({ period, view }: Pick<TotalsProps, "period" | "view">) {
  const [isOpen, setOpen] = useState(false);
  const announceChange = useAnnounceChange();
  const { name, currency, totals, flex } = period;
  const isEnvelope = view === "envelope";
  const close = () => setOpen(false);
  return (
    <div className="budget-change">
      <Button onClick={() => setOpen(true)}>{isEnvelope ? "Hold…" : "Set number…"}</Button>
      {isOpen &&
        (isEnvelope ? (
          <AmountDialog
            title="Hold for the next period"
            label="Held"
            hint="It is kept back from what is ready to assign, and ready in the next period. Zero gives it back."
            amount={money(totals.held, currency)}
            onClose={close}
            onSave={async (amount) => {
              await budgets.hold(name, amount);
              await announceChange(`Held ${amount}`);
            }}
          />
        ) : (
          <AmountDialog
            title="The flexible number"
            label="Flexible number"
            hint="It is divided among the flexible categories in proportion to what they have."
            amount={money(flex.flexible.limit, currency)}
            onClose={close}
            onSave={async (amount) => {
              await budgets.flexible(name, amount);
              await announceChange(`The flexible number is ${amount}`);
            }}
          />
        ))}
    </div>
  );
}
