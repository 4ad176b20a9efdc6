import { type FormEvent, type ReactNode, useState } from "react";
import type { PostInput } from "../../api/bills.ts";
import { useSession } from "../../app/session.ts";
import { isOpen } from "../../data/accountKinds.ts";
import { useAccounts } from "../../data/household.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, money } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { MatchDialog } from "./MatchDialog.tsx";
import type { OccurrenceActions } from "./useOccurrenceActions.ts";
import type { BillOccurrence } from "../../api/types.ts";

export type Wanted = { what: "post" | "match" | "change"; item: BillOccurrence };

type DialogProps = { item: BillOccurrence; act: OccurrenceActions; onClose: () => void };

/** The dialog that was asked for. */
export function OccurrenceDialogs({
  wanted: { what, item },
  act,
  onClose,
}: {
  wanted: Wanted;
  act: OccurrenceActions;
  onClose: () => void;
}) {
  if (what === "match") return <MatchDialog item={item} act={act} onClose={onClose} />;
  if (what === "post") return <PostDialog item={item} act={act} onClose={onClose} />;
  return <ChangeDialog item={item} act={act} onClose={onClose} />;
}

type DayAndAmountProps = {
  label: string;
  currency: string;
  day: string;
  amount: string;
  onDay: (day: string) => void;
  onAmount: (amount: string) => void;
  dayProblem?: string;
  amountProblem?: string;
};

function DayAndAmount(props: DayAndAmountProps) {
  return (
    <div className="field-pair">
      <TextField
        label={props.label}
        type="date"
        value={props.day}
        onChange={props.onDay}
        problem={props.dayProblem}
      />
      <TextField
        label={`Amount, ${props.currency}`}
        inputMode="decimal"
        autoComplete="off"
        className="input-amount"
        value={props.amount}
        onChange={props.onAmount}
        problem={props.amountProblem}
      />
    </div>
  );
}

function typedAmount({ amount, currency }: BillOccurrence, locale: string): string {
  return amount === null ? "" : formatPlain(money(amount, currency), locale);
}

type Reading = { body: PostInput } | { problems: Record<string, string> };

function readPosting(
  item: BillOccurrence,
  typed: { date: string; amount: string; accountId: string },
  locale: string,
): Reading {
  const sum = parseAmount(typed.amount, item.currency, locale);
  const problems: Record<string, string> = {
    ...(!typed.date && { date: "Enter the day" }),
    ...(!typed.accountId && { account_id: "Choose an account" }),
  };
  if (isProblem(sum)) return { problems: { ...problems, amount: sum.problem } };
  if (Object.keys(problems).length > 0) return { problems };
  const account = item.account_id ? {} : { account_id: typed.accountId };
  return { body: { date: typed.date, amount: decimal(sum), ...account } };
}

/** Books it as it is, or with another day, amount or account. */
function PostDialog({ item, act, onClose }: DialogProps) {
  const { today, locale } = useSession();
  const [date, setDate] = useState(item.due_on < today ? item.due_on : today);
  const [amount, setAmount] = useState(typedAmount(item, locale));
  const [accountId, setAccount] = useState(item.account_id ?? "");
  const [problems, setProblems] = useState<Record<string, string>>({});
  const post = async (event: FormEvent) => {
    event.preventDefault();
    const reading = readPosting(item, { date, amount, accountId }, locale);
    if ("problems" in reading) return setProblems(reading.problems);
    setProblems({});
    if (await act.post(item, reading.body)) onClose();
  };
  const wrong = { ...act.fields, ...problems };
  return (
    <Dialog title={`Post ${item.bill_name}`} onClose={onClose}>
      <form className="form" onSubmit={post} noValidate>
        <p className="muted">
          A transaction is booked. When the bank’s own row comes, it takes its place.
        </p>
        <DayAndAmount
          label="On"
          currency={item.currency}
          day={date}
          amount={amount}
          onDay={setDate}
          onAmount={setAmount}
          dayProblem={wrong["date"]}
          amountProblem={wrong["amount"]}
        />
        {!item.account_id && (
          <AccountChoice
            currency={item.currency}
            value={accountId}
            onChange={setAccount}
            problem={wrong["account_id"]}
          />
        )}
        <Actions verb="Post" isBusy={act.isBusy} onClose={onClose} />
      </form>
    </Dialog>
  );
}

type AccountChoiceProps = {
  currency: string;
  value: string;
  onChange: (id: string) => void;
  problem?: string;
};

function AccountChoice({ currency, value, onChange, problem }: AccountChoiceProps) {
  const { value: accounts = [] } = useAccounts();
  const usable = accounts.filter((one) => isOpen(one) && one.currency === currency);
  return (
    <SelectField label="Account" value={value} onChange={onChange} problem={problem}>
      <option value="">Choose an account</option>
      {usable.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

type ActionsProps = { verb: string; isBusy: boolean; onClose: () => void; children?: ReactNode };

function Actions({ verb, isBusy, onClose, children }: ActionsProps) {
  return (
    <div className="form-actions">
      {children}
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" kind="primary" isBusy={isBusy}>
        {verb}
      </Button>
    </div>
  );
}

/** Another day or amount for this once; the bill stays as it is. */
function ChangeDialog({ item, act, onClose }: DialogProps) {
  const { locale } = useSession();
  const [due, setDue] = useState(item.due_on);
  const [amount, setAmount] = useState(typedAmount(item, locale));
  const [problem, setProblem] = useState<string>();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const sum = amount.trim() === "" ? null : parseAmount(amount, item.currency, locale);
    if (sum && isProblem(sum)) return setProblem(sum.problem);
    setProblem(undefined);
    const isSameAmount = amount === typedAmount(item, locale);
    const body = {
      ...(due !== item.due_on && { due_on: due || null }),
      ...(!isSameAmount && { amount: sum && decimal(sum) }),
    };
    if (Object.keys(body).length === 0 || (await act.change(item, body))) onClose();
  };
  const reset = async () => {
    if (await act.change(item, { due_on: null, amount: null })) onClose();
  };
  return (
    <Dialog title={`Change ${item.bill_name} for this once`} onClose={onClose}>
      <form className="form" onSubmit={save} noValidate>
        <DayAndAmount
          label="Due"
          currency={item.currency}
          day={due}
          amount={amount}
          onDay={setDue}
          onAmount={setAmount}
          dayProblem={act.fields["due_on"]}
          amountProblem={problem ?? act.fields["amount"]}
        />
        <Actions verb="Save" isBusy={act.isBusy} onClose={onClose}>
          {item.is_changed && (
            <Button kind="quiet" disabled={act.isBusy} onClick={() => void reset()}>
              As the bill has it
            </Button>
          )}
        </Actions>
      </form>
    </Dialog>
  );
}
