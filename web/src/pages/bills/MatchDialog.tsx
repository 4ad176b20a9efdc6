import { useState } from "react";
import { transactions } from "../../api/endpoints.ts";
import type { BillOccurrence, Transaction } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { addDays, formatDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { TextField } from "../../ui/Field.tsx";
import { signed } from "./occurrences.ts";
import type { OccurrenceActions } from "./useOccurrenceActions.ts";

const reach = 30;

/** Bookings around the day that could be meant; what already pays it is left out. */
function usePayments(item: BillOccurrence, words: string) {
  const query = {
    type: item.direction,
    account_id: item.account_id ?? undefined,
    from: addDays(item.window_from, -reach),
    to: addDays(item.window_to, reach),
    q: words.trim() || undefined,
    sort: "-date",
    limit: 50,
  };
  return useResource(`bill payments ${JSON.stringify(query)}`, () => transactions.list(query));
}

type MatchDialogProps = { item: BillOccurrence; act: OccurrenceActions; onClose: () => void };

/** Says which booking paid it. Those that the server thinks likely come first. */
export function MatchDialog({ item, act, onClose }: MatchDialogProps) {
  const { locale } = useSession();
  const [words, setWords] = useState("");
  const { value, error } = usePayments(item, words);
  const paying = new Set(item.payments.map(({ transaction_id: id }) => id));
  const likely = item.candidates.map(({ transaction_id: id }) => id);
  const found = (value?.data ?? []).filter(
    ({ id, currency, state }) =>
      !paying.has(id) && currency === item.currency && state !== "expected",
  );
  const rank = ({ id }: Transaction) => (likely.includes(id) ? likely.indexOf(id) : likely.length);
  found.sort((one, other) => rank(one) - rank(other));
  const match = async (id: string) => {
    if (await act.match(item, id)) onClose();
  };
  return (
    <Dialog title={`What paid ${item.bill_name}?`} onClose={onClose} isWide>
      <div className="form">
        <p className="muted">
          Due {formatDate(item.due_on, locale)}
          {item.amount !== null && (
            <>
              , <AmountText amount={signed(money(item.amount, item.currency), item.direction)} />
            </>
          )}
          . Bookings from a month before to a month after are searched.
        </p>
        <TextField
          label="Search"
          type="search"
          value={words}
          onChange={setWords}
          maxLength={200}
          autoComplete="off"
        />
        {error !== undefined && !value ? <ProblemNote error={error} /> : null}
        {!value && error === undefined && <Loading rows={5} />}
        {value && found.length === 0 && <p className="muted">No booking like this.</p>}
        <ul className="list bill-choices">
          {found.map((transaction) => (
            <li key={transaction.id}>
              <button
                type="button"
                className="bill-choice"
                disabled={act.isBusy}
                onClick={() => void match(transaction.id)}
              >
                <Choice transaction={transaction} isLikely={likely.includes(transaction.id)} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function Choice({ transaction, isLikely }: { transaction: Transaction; isLikely: boolean }) {
  const { locale } = useSession();
  const { date, payee, account_name: account, signed_amount: amount, currency } = transaction;
  return (
    <>
      <span className="bill-payment-text">
        <span>
          {payee ?? "No payee"}
          {isLikely && <span className="badge badge-preview">likely</span>}
        </span>
        <span className="muted">
          {formatDate(date, locale)} · {account}
        </span>
      </span>
      <AmountText amount={money(amount, currency)} />
    </>
  );
}
