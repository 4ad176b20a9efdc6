import { type FormEvent, useState } from "react";
import { goals } from "../../api/goals.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { useGoalSummary } from "../../data/goals.ts";
import { formatMoney, formatPlain } from "../../money/format.ts";
import { decimal, isZero, money, negate } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { AssetSelect } from "./AutomaticFields.tsx";
import { OvercommitNote } from "./OvercommitNote.tsx";
import { useConsent } from "./useConsent.ts";
import type { Goal } from "../../api/types.ts";

export type Way = "in" | "out";

type EarmarkDialogProps = { goal: Goal; way: Way; onClose: () => void };

type Draft = { account: string; amount: string; date: string; note: string };

/** One account's worth is the likely one: where the goal lies already, or where it is fed from. */
function firstAccount({ accounts, automatic }: Goal): string {
  return accounts[0]?.account_id ?? automatic?.account_id ?? "";
}

function firstAmount(goal: Goal, way: Way, locale: string): string {
  const due = way === "in" ? goal.due_this_month : null;
  if (!due) return "";
  const amount = money(due, goal.currency);
  return isZero(amount) ? "" : formatPlain(amount, locale);
}

const titles: Record<Way, string> = { in: "Set aside for", out: "Take out of" };
const verbs: Record<Way, string> = { in: "Set aside", out: "Take out" };

function useEarmark({ goal, way, onClose }: EarmarkDialogProps) {
  const { locale, today } = useSession();
  const [draft, setDraft] = useState<Draft>(() => ({
    account: firstAccount(goal),
    amount: firstAmount(goal, way, locale),
    date: today,
    note: "",
  }));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { isBusy, fields, refusal, attempt, forget } = useConsent();
  const change = (part: Partial<Draft>) => {
    forget();
    setDraft({ ...draft, ...part });
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const amount = parseAmount(draft.amount, goal.currency, locale);
    const wrong: Record<string, string> = {};
    if (isProblem(amount)) wrong["amount"] = amount.problem;
    if (draft.account === "") wrong["account_id"] = "Choose an account";
    setProblems(wrong);
    if (isProblem(amount) || draft.account === "") return;
    const done = await attempt(async (isAllowed) => {
      const made = await goals.contribute(goal.id, {
        account_id: draft.account,
        amount: decimal(way === "in" ? amount : negate(amount)),
        date: draft.date,
        note: draft.note.trim() || null,
        ...(isAllowed && { allow_overcommitted: true }),
      });
      const shown = formatMoney(amount, locale);
      announceUndoable(
        way === "in" ? `${shown} set aside for ${goal.name}` : `${shown} taken out of ${goal.name}`,
        () => goals.removeContribution(made),
      );
    });
    if (done) onClose();
  };
  return { draft, change, save, isBusy, refusal, problems: { ...fields, ...problems } };
}

/** Sets money aside for a goal, or takes some out again. It stays on its account either way. */
export function EarmarkDialog(props: EarmarkDialogProps) {
  const { goal, way, onClose } = props;
  const { draft, change, save, isBusy, refusal, problems } = useEarmark(props);
  const Place = way === "in" ? InFrom : OutOf;
  return (
    <Dialog title={`${titles[way]} ${goal.name}`} onClose={onClose}>
      <form className="form" onSubmit={save} noValidate>
        <Place goal={goal} draft={draft} onChange={change} problem={problems["account_id"]} />
        <div className="field-pair">
          <TextField
            label={`Amount, ${goal.currency}`}
            inputMode="decimal"
            className="input-amount"
            autoComplete="off"
            value={draft.amount}
            onChange={(amount) => change({ amount })}
            problem={problems["amount"]}
          />
          <TextField
            label="On"
            type="date"
            value={draft.date}
            onChange={(date) => change({ date })}
            problem={problems["date"]}
          />
        </div>
        <TextField
          label="Note"
          value={draft.note}
          onChange={(note) => change({ note })}
          problem={problems["note"]}
          maxLength={500}
        />
        {refusal && <OvercommitNote refusal={refusal} />}
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {refusal ? `${verbs[way]} all the same` : verbs[way]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type PlaceProps = {
  goal: Goal;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  problem: string | undefined;
};

/** Says what the account still has to give. */
function InFrom({ goal, draft, onChange, problem }: PlaceProps) {
  const { locale } = useSession();
  const { value: summary } = useGoalSummary();
  const place = summary?.accounts.find(({ account_id: id }) => id === draft.account);
  const free = place && formatMoney(money(place.free, place.currency), locale);
  return (
    <AssetSelect
      label="It stays on"
      currency={goal.currency}
      value={draft.account}
      onChange={(account) => onChange({ account })}
      problem={problem}
      hint={free ? `${free} of it is not set aside yet.` : "No money is moved."}
    />
  );
}

function OutOf({ goal, draft, onChange, problem }: PlaceProps) {
  const { locale } = useSession();
  return (
    <SelectField
      label="From"
      hint="It is free again on its account; no money is moved."
      value={draft.account}
      onChange={(account) => onChange({ account })}
      problem={problem}
    >
      {draft.account === "" && <option value="">Choose an account</option>}
      {goal.accounts.map(({ account_id: id, name, amount }) => (
        <option key={id} value={id}>
          {name} · {formatMoney(money(amount, goal.currency), locale)}
        </option>
      ))}
    </SelectField>
  );
}
