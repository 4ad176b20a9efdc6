import { useState } from "react";
import { households } from "../../api/identity.ts";
import { accounts as endpoint, type AccountInput } from "../../api/endpoints.ts";
import type { AccountKind } from "../../api/model.ts";
import type { Account } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { assetKinds, isLiability, kindNames, liabilityKinds } from "../../data/accountKinds.ts";
import { decimal, isNegative, magnitude, money, negate } from "../../money/Money.ts";
import { formatPlain } from "../../money/format.ts";
import { isProblem, parseAmount } from "../../money/parse.ts";
import { CurrencySelect } from "../../ui/CurrencySelect.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { VisibilityFields } from "./VisibilityFields.tsx";
import { useVisibility } from "./useVisibility.ts";

type Draft = {
  name: string;
  kind: AccountKind;
  currency: string;
  openingBalance: string;
  openingDate: string;
  minimumBalance: string;
};

/** Debts are typed as what is owed: people write 500, the books hold −500. */
function typedBalance(account: Account | undefined, locale: string): string {
  if (!account) return "";
  const opening = money(account.opening_balance, account.currency);
  return formatPlain(isLiability(account.kind) ? magnitude(opening) : opening, locale);
}

function draftOf(account: Account | undefined, currency: string, locale: string): Draft {
  const minimum = account?.minimum_balance;
  return {
    name: account?.name ?? "",
    kind: account?.kind ?? "checking",
    currency: account?.currency ?? currency,
    openingBalance: typedBalance(account, locale),
    openingDate: account?.opening_date ?? "",
    minimumBalance: minimum ? formatPlain(money(minimum, account.currency), locale) : "",
  };
}

type Reading = { input: AccountInput } | { problems: Record<string, string> };

function read(draft: Draft, locale: string): Reading {
  const problems: Record<string, string> = {};
  const amount = (field: string, text: string) => {
    if (text.trim() === "") return null;
    const result = parseAmount(text, draft.currency, locale);
    if (isProblem(result)) problems[field] = result.problem;
    return isProblem(result) ? null : result;
  };
  if (draft.name.trim() === "") problems["name"] = "Give the account a name";
  const opening = amount("opening_balance", draft.openingBalance);
  const minimum = amount("minimum_balance", draft.minimumBalance);
  if (Object.keys(problems).length > 0) return { problems };
  const isOwed = opening && isLiability(draft.kind) && !isNegative(opening);
  const input: AccountInput = {
    name: draft.name.trim(),
    kind: draft.kind,
    currency: draft.currency,
    minimum_balance: minimum ? decimal(minimum) : null,
  };
  if (opening) input.opening_balance = decimal(isOwed ? negate(opening) : opening);
  if (draft.openingDate) input.opening_date = draft.openingDate;
  return { input };
}

export function AccountDialog({
  account,
  onClose,
  onSaved,
}: {
  account?: Account;
  onClose: () => void;
  onSaved?: (account: Account) => void;
}) {
  const { locale, household } = useSession();
  const [draft, setDraft] = useState(() => draftOf(account, household.currency, locale));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const { isBusy, fields, run } = useAction();
  const sight = useVisibility(account);
  const save = async () => {
    const reading = read(draft, locale);
    if ("problems" in reading) return setProblems(reading.problems);
    setProblems({});
    const done = await run(async () => {
      const { currency, minimum_balance: minimum, ...rest } = reading.input;
      const saved = account
        ? await endpoint.update(account, { ...rest, minimum_balance: minimum })
        : await endpoint.create({
            ...rest,
            currency,
            ...(minimum && { minimum_balance: minimum }),
            // Nobody sees for a moment what they are not to see.
            ...sight.chosen,
          });
      if (account && sight.chosen) await households.show(account.id, sight.chosen);
      announce(account ? `${saved.name} is saved.` : `${saved.name} is open.`);
      onSaved?.(saved);
    });
    if (done) onClose();
  };
  return (
    <Dialog title={account ? "Edit account" : "New account"} onClose={onClose}>
      <Form
        verb={account ? "Save" : "Open account"}
        onSubmit={save}
        isBusy={isBusy}
        onCancel={onClose}
      >
        <AccountFields
          draft={draft}
          onChange={(change) => setDraft({ ...draft, ...change })}
          problems={{ ...fields, ...problems }}
          isNew={!account}
        />
        <VisibilityFields sight={sight} problem={fields["members"] ?? fields["visibility"]} />
      </Form>
    </Dialog>
  );
}

type FieldsProps = {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  problems: Record<string, string>;
  isNew: boolean;
};

function KindSelect({ draft, onChange, problems }: FieldsProps) {
  return (
    <SelectField
      label="Kind"
      value={draft.kind}
      onChange={(kind) => onChange({ kind: kind as AccountKind })}
      problem={problems["kind"]}
    >
      <optgroup label="What you own">
        {assetKinds.map((kind) => (
          <option key={kind} value={kind}>
            {kindNames[kind]}
          </option>
        ))}
      </optgroup>
      <optgroup label="What you owe">
        {liabilityKinds.map((kind) => (
          <option key={kind} value={kind}>
            {kindNames[kind]}
          </option>
        ))}
      </optgroup>
    </SelectField>
  );
}

function AccountFields(props: FieldsProps) {
  const { draft, onChange, problems, isNew } = props;
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        onChange={(name) => onChange({ name })}
        problem={problems["name"]}
        maxLength={120}
        required
      />
      <div className="field-pair">
        <KindSelect {...props} />
        <CurrencySelect
          value={draft.currency}
          onChange={(currency) => onChange({ currency })}
          problem={problems["currency"]}
          isDisabled={!isNew}
        />
      </div>
      <div className="field-pair">
        <TextField
          label={isLiability(draft.kind) ? "Owed at the start" : "Opening balance"}
          inputMode="decimal"
          className="input-amount"
          placeholder="0"
          value={draft.openingBalance}
          onChange={(openingBalance) => onChange({ openingBalance })}
          problem={problems["opening_balance"]}
        />
        <TextField
          label="On"
          type="date"
          value={draft.openingDate}
          onChange={(openingDate) => onChange({ openingDate })}
          problem={problems["opening_date"]}
        />
      </div>
      <TextField
        label="Never below"
        hint="Optional. A payment that would break it is refused."
        inputMode="decimal"
        className="input-amount"
        value={draft.minimumBalance}
        onChange={(minimumBalance) => onChange({ minimumBalance })}
        problem={problems["minimum_balance"]}
      />
    </>
  );
}
