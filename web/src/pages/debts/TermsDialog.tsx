import { type FormEvent, useState } from "react";
import { type DebtTermsInput, debts as endpoint } from "../../api/debts.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { formatPlain } from "../../money/format.ts";
import { decimal, money } from "../../money/Money.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { parsePercent, writtenRate } from "./debtWords.ts";
import type { Debt } from "../../api/types.ts";

export type TermsDraft = {
  rate: string;
  kind: DebtTermsInput["minimum_kind"];
  amount: string;
  share: string;
};

function draftOf({ terms, kind, currency }: Debt, locale: string): TermsDraft {
  return {
    rate: terms ? writtenRate(terms.yearly_rate, locale) : "",
    // Cards ask for a share of what is owed, loans for the same every month.
    kind: terms?.minimum_kind ?? (kind === "credit_card" ? "share" : "fixed"),
    amount: terms ? formatPlain(money(terms.minimum_amount, currency), locale) : "",
    share: terms?.minimum_share ? writtenRate(terms.minimum_share, locale) : "",
  };
}

type Reading = { body: DebtTermsInput } | { problems: Record<string, string> };

const highestRate = 1000;

export function readTerms(draft: TermsDraft, currency: string, locale: string): Reading {
  const problems: Record<string, string> = {};
  const percent = (field: string, text: string, most: number): string => {
    const result = parsePercent(text, most);
    if (typeof result === "string") return result;
    problems[field] = result.problem;
    return "0";
  };
  const yearly_rate = percent("yearly_rate", draft.rate, highestRate);
  const isShare = draft.kind === "share";
  // A share without a floor is asked for as it is.
  const text = isShare && draft.amount.trim() === "" ? "0" : draft.amount;
  const amount = parseAmount(text, currency, locale);
  if (isProblem(amount)) problems["minimum_amount"] = amount.problem;
  const minimum_share = isShare ? percent("minimum_share", draft.share, 100) : undefined;
  if (isProblem(amount) || Object.keys(problems).length > 0) return { problems };
  return {
    body: {
      yearly_rate,
      minimum_kind: draft.kind,
      minimum_amount: decimal(amount),
      ...(minimum_share && { minimum_share }),
    },
  };
}

/** What the lender asks for: the rate, and the least that is paid each month. */
export function TermsDialog({ debt, onClose }: { debt: Debt; onClose: () => void }) {
  const { locale } = useSession();
  const [draft, setDraft] = useState(() => draftOf(debt, locale));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { isBusy, fields, run } = useAction();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const reading = readTerms(draft, debt.currency, locale);
    if ("problems" in reading) return setProblems(reading.problems);
    setProblems({});
    const done = await run(async () => {
      await endpoint.setTerms(debt, reading.body);
      announce(`The terms of ${debt.name} are saved.`);
    });
    if (done) onClose();
  };
  return (
    <Dialog title={`Terms of ${debt.name}`} onClose={onClose}>
      <form className="form" onSubmit={save} noValidate>
        <TermsFields
          draft={draft}
          onChange={(part) => setDraft({ ...draft, ...part })}
          problems={{ ...fields, ...problems }}
          currency={debt.currency}
        />
        <div className="form-actions">
          {debt.terms && <RemoveButton debt={debt} onDone={onClose} />}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type FieldsProps = {
  draft: TermsDraft;
  onChange: (part: Partial<TermsDraft>) => void;
  problems: Record<string, string>;
  currency: string;
};

function TermsFields({ draft, onChange, problems, currency }: FieldsProps) {
  const amount = {
    inputMode: "decimal",
    className: "input-amount",
    autoComplete: "off",
  } as const;
  return (
    <>
      <TextField
        {...amount}
        label="Interest, % a year"
        value={draft.rate}
        onChange={(rate) => onChange({ rate })}
        problem={problems["yearly_rate"]}
      />
      <SelectField
        label="Least payment"
        value={draft.kind}
        onChange={(kind) => onChange({ kind: kind as TermsDraft["kind"] })}
        problem={problems["minimum_kind"]}
      >
        <option value="fixed">The same every month</option>
        <option value="share">A share of what is owed</option>
      </SelectField>
      {draft.kind === "fixed" ? (
        <TextField
          {...amount}
          label={`Payment a month, ${currency}`}
          value={draft.amount}
          onChange={(next) => onChange({ amount: next })}
          problem={problems["minimum_amount"]}
        />
      ) : (
        <div className="field-pair">
          <TextField
            {...amount}
            label="Share, %"
            value={draft.share}
            onChange={(share) => onChange({ share })}
            problem={problems["minimum_share"]}
          />
          <TextField
            {...amount}
            label={`But at least, ${currency}`}
            placeholder="0"
            value={draft.amount}
            onChange={(next) => onChange({ amount: next })}
            problem={problems["minimum_amount"]}
          />
        </div>
      )}
    </>
  );
}

function RemoveButton({ debt, onDone }: { debt: Debt; onDone: () => void }) {
  const { isBusy, run } = useAction();
  const remove = async () => {
    const done = await run(async () => {
      await endpoint.removeTerms(debt);
      announceUndoable(`${debt.name} has no terms any more`, () =>
        endpoint.restoreTerms(debt.account_id),
      );
    });
    if (done) onDone();
  };
  return (
    <Button kind="danger" disabled={isBusy} onClick={() => void remove()}>
      Remove
    </Button>
  );
}
