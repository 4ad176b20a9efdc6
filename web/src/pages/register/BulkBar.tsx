import { useState } from "react";
import type { TransactionState } from "../../api/model.ts";
import type { Transaction } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useCategories } from "../../data/household.ts";
import { money, type Money, sum } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { SelectField } from "../../ui/Field.tsx";
import { useAction } from "../../ui/useAction.ts";
import { categorise, deleteTransactions, setState } from "./changes.ts";
import { stateNames } from "./labels.ts";

/** One sum a currency: amounts of different currencies do not add up. */
export function sumsOf(rows: readonly Transaction[]): Money[] {
  const byCurrency = new Map<string, Money[]>();
  for (const { signed_amount: amount, currency } of rows) {
    byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), money(amount, currency)]);
  }
  return [...byCurrency].map(([currency, amounts]) => sum(amounts, currency));
}

/** What can be done with all chosen rows at once. */
export function BulkBar({
  chosen,
  onChosen,
}: {
  chosen: readonly Transaction[];
  onChosen: (rows: readonly Transaction[]) => void;
}) {
  const { isViewer } = useSession();
  return (
    <section className="bulk-bar" aria-label="Chosen transactions">
      <p role="status">
        <strong>{chosen.length} chosen</strong>
        {sumsOf(chosen).map((total) => (
          <span key={total.currency} className="bulk-sum">
            <AmountText amount={total} />
          </span>
        ))}
      </p>
      {!isViewer && <BulkActions chosen={chosen} onDone={() => onChosen([])} />}
      <IconButton icon="close" label="Choose none" onClick={() => onChosen([])} />
    </section>
  );
}

function BulkActions({ chosen, onDone }: { chosen: readonly Transaction[]; onDone: () => void }) {
  const { value: categories = [] } = useCategories();
  const [round, setRound] = useState(0);
  const { isBusy, run } = useAction();
  const act = async (work: () => Promise<void>) => {
    if (await run(work)) onDone();
    else setRound(round + 1);
  };
  const nameOf = (id: string) => categories.find((category) => category.id === id)?.name ?? "";
  return (
    <div className="bulk-actions" aria-busy={isBusy}>
      <CategoryPicker
        key={round}
        label="Category for all chosen"
        placeholder="Put into category"
        value={null}
        onChange={(id) => void act(() => categorise(chosen, id, nameOf(id)))}
      />
      <SelectField
        label="State for all chosen"
        isLabelHidden
        value=""
        onChange={(state) => void act(() => setState(chosen, state as TransactionState))}
      >
        <option value="" disabled>
          Mark as
        </option>
        {Object.entries(stateNames).map(([state, name]) => (
          <option key={state} value={state}>
            {name}
          </option>
        ))}
      </SelectField>
      <Button
        kind="danger"
        icon="trash"
        isBusy={isBusy}
        onClick={() => void act(() => deleteTransactions(chosen))}
      >
        Delete
      </Button>
    </div>
  );
}
