import { useState } from "react";
import { budgets } from "../../api/budgets.ts";
import type { BudgetPeriod } from "../../api/types.ts";
import { trail } from "../../api/identity.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, isNegative, money } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { useAction } from "../../ui/useAction.ts";
import { sources, targets } from "./budgetLines.ts";

type MoveProps = { period: BudgetPeriod; id: string; onClose: () => void };

function placeOf(period: BudgetPeriod, id: string) {
  const line = period.lines.find(({ category_id }) => category_id === id);
  const card = period.cards.find(({ account_id }) => account_id === id);
  const available = line?.envelope?.available ?? card?.available ?? "0.00";
  return { name: line?.name ?? card?.name ?? "", available: money(available, period.currency) };
}

/** Tells of a change of the plan, with the way back through the activity. */
async function announceChange(text: string): Promise<void> {
  const entry = await budgets.lastEntry();
  if (entry) announceUndoable(text, () => trail.undo(entry.id));
}

/** An overspent envelope is covered, any other gives: each place is one click. */
export function MoveDialog({ period, id, onClose }: MoveProps) {
  const { name, available } = placeOf(period, id);
  return isNegative(available) ? (
    <Dialog title={`Cover ${name}`} onClose={onClose}>
      <Cover period={period} id={id} onClose={onClose} />
    </Dialog>
  ) : (
    <Dialog title={`Move from ${name}`} onClose={onClose}>
      <Move period={period} id={id} onClose={onClose} />
    </Dialog>
  );
}

function Cover({ period, id, onClose }: MoveProps) {
  const { isBusy, run } = useAction();
  const { name, available } = placeOf(period, id);
  const places = sources(period, id);
  const cover = async (from: string | null, label: string) => {
    const done = await run(async () => {
      await budgets.cover(period.name, id, from);
      await announceChange(`Covered ${name} from ${label}`);
    });
    if (done) onClose();
  };
  return (
    <>
      <p>
        <AmountText amount={available} /> is missing. Take it from
      </p>
      {places.length === 0 && <p className="muted">No envelope has anything to give.</p>}
      <ul className="list budget-places">
        {places.map((place) => (
          <li key={place.id ?? "ready"}>
            <button
              type="button"
              className="budget-place"
              disabled={isBusy}
              onClick={() => void cover(place.id, place.name)}
            >
              <span>{place.name}</span>
              <AmountText amount={place.available} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Move({ period, id, onClose }: MoveProps) {
  const { locale } = useSession();
  const { isBusy, fields, run } = useAction();
  const { name, available } = placeOf(period, id);
  const [text, setText] = useState(formatPlain(available, locale));
  const [problem, setProblem] = useState<string>();
  const move = async (to: string | null, label: string) => {
    const amount = parseAmount(text, period.currency, locale);
    if (isProblem(amount)) return setProblem(amount.problem);
    const done = await run(async () => {
      await budgets.move(period.name, id, to, decimal(amount));
      await announceChange(`Moved ${decimal(amount)} from ${name} to ${label}`);
    });
    if (done) onClose();
  };
  return (
    <>
      <TextField
        label="Amount"
        value={text}
        onChange={setText}
        problem={problem ?? fields["amount"]}
        inputMode="decimal"
        autoComplete="off"
      />
      <p>to</p>
      <ul className="list budget-places">
        {targets(period, id).map((place) => (
          <li key={place.id ?? "ready"}>
            <button
              type="button"
              className="budget-place"
              disabled={isBusy}
              onClick={() => void move(place.id, place.name)}
            >
              <span>{place.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
