import { useSession } from "../../app/session.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button } from "../../ui/Button.tsx";
import { Link } from "../../ui/Link.tsx";
import { EmptyState } from "../../ui/Notices.tsx";
import { useFound, useFoundActions } from "./useFound.ts";
import type { Recurring } from "../../api/types.ts";

/** So sure that nobody needs to look at each. */
const sure = 80;
const shown = 5;

/** No bills yet: what was found in the history is one press away. */
export function NoBills({ onAdd }: { onAdd: () => void }) {
  const { isViewer } = useSession();
  const { value: found = [] } = useFound();
  const { isBusy, accept } = useFoundActions();
  const surest = found.filter(({ confidence }) => confidence >= sure);
  if (isViewer) {
    return (
      <EmptyState icon="expected" title="No bills yet">
        <p>Rent, subscriptions and salaries show here once somebody adds them.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <EmptyState
        icon="expected"
        title="No bills yet"
        actions={
          surest.length > 0 ? (
            <>
              <Button kind="primary" isBusy={isBusy} onClick={() => void accept(surest)}>
                {surest.length === 1 ? "Make it a bill" : `Make these ${surest.length} bills`}
              </Button>
              <Button onClick={onAdd}>Add one by hand</Button>
            </>
          ) : (
            <Button kind="primary" onClick={onAdd}>
              Add a bill
            </Button>
          )
        }
      >
        <p>
          {surest.length > 0
            ? "These payments come again and again in your history. As bills they are expected in time, and matched when they come."
            : "Rent, subscriptions, salary: what comes again is expected in time, and matched when it comes."}
        </p>
      </EmptyState>
      {found.length > 0 && <Proposals found={surest.length > 0 ? surest : found} all={found} />}
    </>
  );
}

function Proposals({ found, all }: { found: readonly Recurring[]; all: readonly Recurring[] }) {
  return (
    <div className="card bills-proposals">
      <ul className="lines">
        {found.slice(0, shown).map((one) => (
          <li key={one.key} className="line">
            <span className="line-main">
              <span className="line-title">{one.payee}</span>
              <span className="muted">{one.words}</span>
            </span>
            <AmountText
              amount={money(one.amount, one.currency)}
              sign={one.direction === "income" ? "always" : "auto"}
              isTinted
            />
          </li>
        ))}
      </ul>
      <p className="bills-more">
        <Link to="/bills/found">
          {all.length > shown ? `See all ${all.length} that were found` : "Look at each of them"}
        </Link>
      </p>
    </div>
  );
}
