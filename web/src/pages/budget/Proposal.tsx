import { budgets } from "../../api/budgets.ts";
import type { BudgetFillRow, BudgetPeriod } from "../../api/types.ts";
import { useResource } from "../../data/resource.ts";
import { compare, isZero, money, sum } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState, Loading, ProblemNote } from "../../ui/Notices.tsx";

type ProposalProps = { period: BudgetPeriod; onPropose: () => void; onAdd: () => void };

/** Where there is no budget yet: what one would be after the last three periods. */
export function Proposal({ period, onPropose, onAdd }: ProposalProps) {
  const proposal = useResource(`budget proposal ${period.name}`, () =>
    budgets.fill(period.name, {
      preview: true,
      new_budgets: true,
      rule: { rule: "average", periods: 3 },
    }),
  );
  const rows = (proposal.value?.rows ?? []).filter(
    ({ asked }) => !isZero(money(asked, period.currency)),
  );
  const isKnown = proposal.value !== undefined;
  return (
    <EmptyState
      icon="table"
      title="No budget yet"
      actions={
        <>
          {rows.length > 0 && (
            <Button kind="primary" onClick={onPropose}>
              Propose a budget
            </Button>
          )}
          <Button kind={rows.length > 0 || !isKnown ? "plain" : "primary"} onClick={onAdd}>
            New budget
          </Button>
        </>
      }
    >
      {proposal.error !== undefined && <ProblemNote error={proposal.error} />}
      {!isKnown && proposal.error === undefined && <Loading rows={4} />}
      {isKnown && rows.length === 0 && (
        <p>
          Nothing was spent in the last three periods, so there is nothing to propose yet. Import
          your statements, or give a category a budget by hand.
        </p>
      )}
      {rows.length > 0 && <Proposed rows={rows} currency={period.currency} />}
    </EmptyState>
  );
}

/** The largest are shown; the dialog shows all. */
const largest = 6;

function Proposed({ rows, currency }: { rows: readonly BudgetFillRow[]; currency: string }) {
  const asked = (row: BudgetFillRow) => money(row.asked, currency);
  const sorted = [...rows].sort((a, b) => compare(asked(b), asked(a)));
  const rest = sorted.slice(largest);
  return (
    <>
      <p>
        On average of the last three periods, this was spent. It can be the first budget; you see
        all of it before anything is changed.
      </p>
      <dl className="card budget-proposal">
        {sorted.slice(0, largest).map((row) => (
          <div key={row.category_id}>
            <dt>{row.name}</dt>
            <dd>
              <AmountText amount={asked(row)} />
            </dd>
          </div>
        ))}
        {rest.length > 0 && (
          <div>
            <dt>{rest.length} more</dt>
            <dd>
              <AmountText amount={sum(rest.map(asked), currency)} />
            </dd>
          </div>
        )}
        <div className="budget-proposal-sum">
          <dt>In all</dt>
          <dd>
            <AmountText amount={sum(rows.map(asked), currency)} />
          </dd>
        </div>
      </dl>
    </>
  );
}
