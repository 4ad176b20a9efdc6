import type { ReactNode } from "react";
import { useSession } from "../../app/session.ts";
import { formatMoney } from "../../money/format.ts";
import { money } from "../../money/Money.ts";
import { monthWords } from "../../dates/month.ts";
import { durationWords } from "./debtWords.ts";
import type { DebtPlan } from "../../api/types.ts";

/** When it is over, what it costs, and what that saves. */
export function PlanFigures({ plan }: { plan: DebtPlan }) {
  const { locale } = useSession();
  const { plan: course, minimums_only: alone, currency, months_saved: sooner } = plan;
  const show = (amount: string) => formatMoney(money(amount, currency), locale);
  const isFree = course.end === "free" && course.month !== null;
  const never = alone.end === "free" ? undefined : "minimums alone never end";
  return (
    <dl className="card figures" aria-live="polite">
      <Figure
        name="Free of debt"
        value={isFree && course.month ? monthWords(course.month, locale, "short") : "Never"}
        note={isFree ? `in ${durationWords(course.months)}` : undefined}
      />
      <Figure name="Owed" value={show(plan.owed)} note={`${show(plan.monthly_payment)} a month`} />
      <Figure
        name="Interest"
        value={isFree ? show(course.interest) : "Without end"}
        note={never ?? `${show(alone.interest)} with minimums alone`}
      />
      <Figure
        name="Saved"
        value={plan.interest_saved === null ? "–" : show(plan.interest_saved)}
        note={sooner === null ? never : `and ${durationWords(sooner)}, against minimums alone`}
      />
    </dl>
  );
}

type FigureProps = { name: string; value: ReactNode; note: string | undefined };

function Figure({ name, value, note }: FigureProps) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="figure-value">{value}</dd>
      {note && <dd className="figure-note">{note}</dd>}
    </div>
  );
}
