import { useState } from "react";
import { budgets } from "../../api/budgets.ts";
import type { BudgetPeriod } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { formatMoney, formatPlain } from "../../money/format.ts";
import { compare, decimal, isNegative, isZero, type Money, negate } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { useAction } from "../../ui/useAction.ts";
import { type Place, placeOf, sources, targets } from "./budgetLines.ts";
import { useAnnounceChange } from "./planning.ts";

/** Null is what is ready to assign. */
type MoveProps = { period: BudgetPeriod; id: string | null; onClose: () => void };

/** An overspent envelope is covered, any other gives: each place is one click. */
export function MoveDialog({ period, id, onClose }: MoveProps) {
  const place = placeOf(period, id);
  return isNegative(place.available) ? (
    <Dialog title={`Cover ${place.name}`} onClose={onClose}>
      <Cover period={period} id={id} onClose={onClose} />
    </Dialog>
  ) : (
    <Dialog title={`Move from ${place.name}`} onClose={onClose}>
      <Move period={period} id={id} onClose={onClose} />
    </Dialog>
  );
}

function least(left: Money, right: Money): Money {
  return compare(left, right) <= 0 ? left : right;
}

function Cover({ period, id, onClose }: MoveProps) {
  const { locale } = useSession();
  const { isBusy, run } = useAction();
  const announceChange = useAnnounceChange();
  const { name, available } = placeOf(period, id);
  const missing = negate(available);
  const cover = async (from: Place) => {
    const done = await run(async () => {
      if (id !== null) await budgets.cover(period.name, id, from.id);
      // More is assigned than there is: an envelope gives back.
      else await budgets.move(period.name, from.id, null, decimal(least(from.available, missing)));
      await announceChange(`Covered ${name} from ${from.name}`);
    });
    if (done) onClose();
  };
  return (
    <>
      <p className="budget-ask">{formatMoney(missing, locale)} is missing. Take it from</p>
      <Places
        places={sources(period, id)}
        isBusy={isBusy}
        emptyText="Nothing else has anything to give."
        onPick={(place) => void cover(place)}
      />
    </>
  );
}

function Move({ period, id, onClose }: MoveProps) {
  const { locale } = useSession();
  const { isBusy, fields, run } = useAction();
  const announceChange = useAnnounceChange();
  const { name, available } = placeOf(period, id);
  const isReady = id === null;
  // Seldom does all that is ready go to one place.
  const [text, setText] = useState(isReady ? "" : formatPlain(available, locale));
  const [problem, setProblem] = useState<string>();
  const move = async (to: Place) => {
    const isLacking = text.trim() === "" && isNegative(to.available);
    const amount = isLacking
      ? least(negate(to.available), available)
      : parseAmount(text, period.currency, locale);
    if (isProblem(amount)) return setProblem(amount.problem);
    if (isZero(amount)) return setProblem("Enter an amount");
    setProblem(undefined);
    const done = await run(async () => {
      await budgets.move(period.name, id, to.id, decimal(amount));
      await announceChange(`Moved ${formatMoney(amount, locale)} from ${name} to ${to.name}`);
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
        hint={`${formatMoney(available, locale)} is there.${isReady ? " Left empty, an overspent envelope gets what it lacks." : ""}`}
        inputMode="decimal"
        className="input-amount"
        autoComplete="off"
      />
      <p className="budget-ask">To</p>
      <Places
        places={targets(period, id)}
        isBusy={isBusy}
        emptyText="There is no envelope yet."
        onPick={(place) => void move(place)}
      />
    </>
  );
}

type PlacesProps = {
  places: readonly Place[];
  isBusy: boolean;
  emptyText: string;
  onPick: (place: Place) => void;
};

/** More than this are found by their name. */
const inSight = 10;

function Places({ places, isBusy, emptyText, onPick }: PlacesProps) {
  const [search, setSearch] = useState("");
  const words = search.trim().toLocaleLowerCase();
  const found = places.filter(({ name }) => name.toLocaleLowerCase().includes(words));
  if (places.length === 0) return <p className="muted">{emptyText}</p>;
  return (
    <>
      {places.length > inSight && (
        <TextField
          label="Find an envelope"
          isLabelHidden
          type="search"
          placeholder="Find an envelope"
          value={search}
          onChange={setSearch}
        />
      )}
      <ul className="list budget-places">
        {found.map((place) => (
          <li key={place.id ?? "ready"}>
            <button
              type="button"
              className="budget-place"
              disabled={isBusy}
              onClick={() => onPick(place)}
            >
              <span>{place.name}</span>
              <span className={isNegative(place.available) ? "budget-over" : "muted"}>
                <AmountText amount={place.available} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="muted">No envelope of that name.</p>}
    </>
  );
}
