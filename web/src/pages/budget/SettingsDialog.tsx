import { type FormEvent, useState } from "react";
import { budgets } from "../../api/budgets.ts";
import { accounts as accountsEndpoint } from "../../api/endpoints.ts";
import type { Account, BudgetSettings } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { isOpen } from "../../data/accountKinds.ts";
import { useAccounts } from "../../data/household.ts";
import { useResource } from "../../data/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField } from "../../ui/Field.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { useAction } from "../../ui/useAction.ts";
import { AccountParts } from "./AccountParts.tsx";
import { Choice } from "./Choice.tsx";
import { capitalised } from "./fillRules.ts";
import {
  draftOfSettings,
  holidayNames,
  lookBefore,
  lookOf,
  type Part,
  partChanges,
  type PartChange,
  periodNames,
  type SettingsDraft,
  viewNames,
  viewWords,
} from "./settingsDraft.ts";

/** How the household looks at its budget, when its periods begin, and whose money is in it. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const settings = useResource("budget settings", budgets.settings);
  const accounts = useAccounts();
  const error = settings.error ?? accounts.error;
  return (
    <Dialog title="Budget settings" onClose={onClose}>
      {settings.value && accounts.value ? (
        <SettingsForm
          settings={settings.value}
          accounts={accounts.value.filter(isOpen)}
          onClose={onClose}
        />
      ) : error === undefined ? (
        <Loading rows={6} />
      ) : (
        <ProblemNote error={error} />
      )}
    </Dialog>
  );
}

/** One after the other: each is a change of its own account. */
async function writeParts(
  changes: readonly { account: Account; part: Part }[],
): Promise<Map<string, Account>> {
  const saved = new Map<string, Account>();
  for (const { account, part } of changes) {
    saved.set(account.id, await accountsEndpoint.update(account, part));
  }
  return saved;
}

type FormProps = { settings: BudgetSettings; accounts: Account[]; onClose: () => void };

function SettingsForm({ settings, accounts, onClose }: FormProps) {
  const [draft, setDraft] = useState(() => draftOfSettings(settings));
  const [parts, setChosen] = useState<ReadonlyMap<string, Part>>(new Map());
  const { isBusy, fields, run } = useAction();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const look = lookOf(draft, settings);
    const changes = partChanges(accounts, parts);
    const isLook = Object.keys(look).length > 0;
    if (!isLook && changes.length === 0) return onClose();
    const done = await run(async () => {
      const saved = await writeParts(
        changes.map(({ account, after: part }) => ({ account, part })),
      );
      if (isLook) await budgets.look(look);
      announceUndoable("The budget’s settings are saved", async () => {
        if (isLook) await budgets.look(lookBefore(look, settings));
        await writeParts(back(changes, saved));
      });
    });
    if (done) onClose();
  };
  return (
    <form className="form" onSubmit={save} noValidate>
      <LookFields
        draft={draft}
        onChange={(part) => setDraft({ ...draft, ...part })}
        problems={fields}
      />
      <AccountParts
        accounts={accounts}
        parts={parts}
        onChange={(id, part) => setChosen(new Map([...parts, [id, part]]))}
        problem={fields["is_budgeted"] ?? fields["budget_category_id"]}
      />
      <div className="form-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" kind="primary" isBusy={isBusy}>
          Save
        </Button>
      </div>
    </form>
  );
}

function back(changes: readonly PartChange[], saved: ReadonlyMap<string, Account>) {
  return changes.flatMap(({ account, before }) => {
    const now = saved.get(account.id);
    return now ? [{ account: now, part: before }] : [];
  });
}

type LookProps = {
  draft: SettingsDraft;
  onChange: (part: Partial<SettingsDraft>) => void;
  problems: Record<string, string>;
};

function LookFields({ draft, onChange, problems }: LookProps) {
  const { household } = useSession();
  const isWeek = draft.period === "week";
  return (
    <>
      <Choice
        label="Looked at as"
        all={viewNames}
        value={draft.view}
        hint={`${viewWords[draft.view]} Looking at it in another way changes no number.`}
        onChange={(view) => onChange({ view })}
      />
      <div className="field-pair">
        <Choice
          label="Planned in"
          all={periodNames}
          value={draft.period}
          hint={
            isWeek
              ? `Weeks begin on ${capitalised(household.week_start)}, as the household’s settings say.`
              : undefined
          }
          onChange={(period) => onChange({ period })}
        />
        {!isWeek && (
          <StartField
            value={draft.start}
            problem={problems["month_start"]}
            onChange={(start) => onChange({ start })}
          />
        )}
      </div>
      {!isWeek && draft.start === "last" && (
        <Choice
          label="Holidays of"
          all={holidayNames}
          value={draft.holidays}
          hint="A month begins on the last working day of the month before: pay day."
          problem={problems["holidays"]}
          onChange={(holidays) => onChange({ holidays })}
        />
      )}
    </>
  );
}

type StartProps = { value: string; problem?: string; onChange: (start: string) => void };

function StartField({ value, problem, onChange }: StartProps) {
  return (
    <SelectField label="A month begins on" value={value} problem={problem} onChange={onChange}>
      <option value="last">The last working day</option>
      {Array.from({ length: 28 }, (_, index) => (
        <option key={index} value={String(index + 1)}>
          Day {index + 1}
        </option>
      ))}
    </SelectField>
  );
}
