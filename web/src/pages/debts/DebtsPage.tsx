import { useState } from "react";
import { debts as endpoint } from "../../api/debts.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { Link } from "../../ui/Link.tsx";
import { EmptyState, Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { CourseSection } from "./CourseSection.tsx";
import { DebtList } from "./DebtList.tsx";
import { PlanControls } from "./PlanControls.tsx";
import { PlanFigures } from "./PlanFigures.tsx";
import { TermsDialog } from "./TermsDialog.tsx";
import { useWish } from "./useWish.ts";
import type { Debt, DebtPlan, DebtSettings } from "../../api/types.ts";

export default function DebtsPage() {
  const { value: debts, error } = useResource("debts", endpoint.all);
  const { value: settings, error: trouble } = useResource("debts settings", endpoint.settings);
  const problem = error ?? trouble;
  const isKnown = debts !== undefined && settings !== undefined;
  return (
    <div className="page page-medium">
      <PageHead title="Debts" />
      {problem && !isKnown ? <ProblemNote error={problem} /> : null}
      {!problem && !isKnown ? <Loading rows={8} /> : null}
      {isKnown && debts.length === 0 && <NoDebts />}
      {isKnown && debts.length > 0 && <Payoff debts={debts} settings={settings} />}
    </div>
  );
}

function NoDebts() {
  return (
    <EmptyState
      icon="card"
      title="No debts"
      actions={
        <Link to="/accounts" className="button">
          <span>To the accounts</span>
        </Link>
      }
    >
      <p>
        Loans, cards and mortgages that are among the accounts appear here, with the way to be rid
        of them.
      </p>
    </EmptyState>
  );
}

function Payoff({ debts, settings }: { debts: readonly Debt[]; settings: DebtSettings }) {
  const { isViewer } = useSession();
  const trial = useWish(settings, debts);
  const [edited, setEdited] = useState<Debt | null>(null);
  const { plan } = trial;
  const hasTerms = debts.some(({ terms }) => terms !== null);
  return (
    <>
      {trial.error && !plan ? <ProblemNote error={trial.error} /> : null}
      {!hasTerms && (
        <Note>
          {isViewer
            ? "No rate and payment is known of any of them, so there is no plan yet."
            : "Add the rate and the payment of at least one of them to see when you are free of it."}
        </Note>
      )}
      {hasTerms && plan && <Warnings plan={plan} />}
      {hasTerms && plan && plan.plan.end !== "nothing_owed" && (
        <>
          <PlanFigures plan={plan} />
          <PlanControls trial={trial} settings={settings} />
        </>
      )}
      <DebtList
        debts={debts}
        plan={plan}
        wish={trial.wish}
        onOrder={(order) => trial.change({ order })}
        onEdit={setEdited}
      />
      {plan && plan.months.length > 0 && <CourseSection plan={plan} />}
      {edited && <TermsDialog debt={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

/** What keeps the plan from an end, or from being whole. */
function Warnings({ plan }: { plan: DebtPlan }) {
  const { locale } = useSession();
  const names = new Intl.ListFormat(locale, { type: "conjunction" });
  const nameOf = (id: string) =>
    plan.debts.find(({ account_id: known }) => known === id)?.name ?? "a debt";
  const stuck = names.format(plan.plan.stuck.map(nameOf));
  return (
    <>
      {plan.plan.end === "never" && (
        <ProblemNote>
          With these payments {stuck} will never be paid off: they do not cover the interest. Pay
          more each month, or ask for a lower rate.
        </ProblemNote>
      )}
      {plan.plan.end === "too_long" && (
        <ProblemNote>
          With these payments it would take more than 100 years. Pay more each month.
        </ProblemNote>
      )}
      {plan.plan.end === "nothing_owed" && <Note icon="check">Nothing is owed.</Note>}
      {plan.missing_rates.length > 0 && (
        <Note>
          Debts in {plan.missing_rates.join(", ")} are not in the plan: no rate to {plan.currency}{" "}
          is known.
        </Note>
      )}
    </>
  );
}
