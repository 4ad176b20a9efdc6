import { useState } from "react";
import { type BudgetView, budgets, type FillInput, type FillRule } from "../../api/budgets.ts";
import { trail } from "../../api/identity.ts";
import type { BudgetFill, BudgetPeriod } from "../../api/types.ts";
import { announceUndoable } from "../../app/undo.ts";
import { useResource } from "../../data/resource.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField } from "../../ui/Field.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { useAction } from "../../ui/useAction.ts";

const ways = {
  own: { label: "By each budget's own rule", rule: null },
  average: { label: "Average of the last 3 periods", rule: { rule: "average", periods: 3 } },
  median: { label: "Middle of the last 6 periods", rule: { rule: "median", periods: 6 } },
  copy: { label: "As the period before", rule: { rule: "copy" } },
} satisfies Record<string, { label: string; rule: FillRule | null }>;
export type Way = keyof typeof ways;

type FillProps = {
  period: BudgetPeriod;
  view: BudgetView;
  way?: Way;
  /** Whether categories without a budget get one. */
  makesBudgets?: boolean;
  onClose: () => void;
};

/** What a fill would change is shown first; it is then made as a whole, and taken back as a whole. */
export function FillDialog({ period, view, way: first = "own", makesBudgets, onClose }: FillProps) {
  const [way, setWay] = useState<Way>(first);
  const { isBusy, run } = useAction();
  const { rule } = ways[way];
  const input: FillInput = {
    ...(rule && { rule }),
    ...(rule && makesBudgets && { new_budgets: true }),
  };
  const preview = useResource(`budget fill ${period.name} ${JSON.stringify(input)}`, () =>
    budgets.fill(period.name, { ...input, preview: true }),
  );
  const apply = async () => {
    const done = await run(async () => {
      await budgets.fill(period.name, input);
      const entry = await budgets.lastEntry();
      if (entry) announceUndoable("Filled the budget", () => trail.undo(entry.id));
    });
    if (done) onClose();
  };
  return (
    <Dialog title={`Fill ${period.name}`} onClose={onClose} isWide>
      <SelectField label="How" value={way} onChange={(value) => setWay(value as Way)}>
        {Object.entries(ways).map(([key, { label }]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </SelectField>
      {preview.error !== undefined && <ProblemNote error={preview.error} />}
      {preview.value ? (
        <Preview fill={preview.value} view={view} currency={period.currency} />
      ) : (
        preview.error === undefined && <Loading rows={5} />
      )}
      <div className="form-actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          kind="primary"
          isBusy={isBusy}
          disabled={!preview.value || Number(preview.value.given) === 0}
          onClick={() => void apply()}
        >
          Fill
        </Button>
      </div>
    </Dialog>
  );
}

type PreviewProps = { fill: BudgetFill; view: BudgetView; currency: string };

function Preview({ fill, view, currency }: PreviewProps) {
  const at = (text: string) => <AmountText amount={money(text, currency)} hasSymbol={false} />;
  if (fill.rows.length === 0) {
    return <p className="muted">No budget has anything to go by.</p>;
  }
  return (
    <div className="budget-preview" role="region" aria-label="What it would change" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col" className="cell-amount">
              Now
            </th>
            <th scope="col" className="cell-amount">
              Then
            </th>
            <th scope="col" className="cell-amount">
              Short
            </th>
          </tr>
        </thead>
        <tbody>
          {fill.rows.map((row) => (
            <tr key={row.category_id}>
              <th scope="row">
                {row.name}
                {row.is_new && <span className="muted"> · new</span>}
              </th>
              <td className="cell-amount">{at(row.before)}</td>
              <td className="cell-amount">{at(row.after)}</td>
              <td className="cell-amount">{Number(row.short) === 0 ? "" : at(row.short)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">
        Adds {at(fill.given)}
        {view === "envelope" && fill.ready_after !== null && (
          <>; {at(fill.ready_after)} stays ready to assign</>
        )}
        {Number(fill.short) !== 0 && <>; {at(fill.short)} is missing</>}.
      </p>
    </div>
  );
}
