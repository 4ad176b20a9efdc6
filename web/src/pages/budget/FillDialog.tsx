import { useEffect, useState } from "react";
import { type BudgetView, budgets, type FillInput } from "../../api/budgets.ts";
import type { BudgetFill, BudgetPeriod } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { isZero, money } from "../../money/Money.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { useAction } from "../../ui/useAction.ts";
import { readingOrder } from "./budgetLines.ts";
import { Choice } from "./Choice.tsx";
import { type FillDraft, inputOf, narrowed, previewRows, type Way } from "./fillChoice.ts";
import { FillPreview } from "./FillPreview.tsx";
import { draftOfRule, ruleNames, type RuleProblems } from "./fillRules.ts";
import { periodTitle } from "./periodTitle.ts";
import { useAnnounceChange } from "./planning.ts";
import { RuleFields } from "./RuleFields.tsx";

const ways: Record<Way, string> = { own: "By each budget’s own rule", ...ruleNames };

type FillProps = {
  period: BudgetPeriod;
  view: BudgetView;
  way?: Way;
  /** Whether categories without a budget get one. */
  makesBudgets?: boolean;
  onClose: () => void;
};

/** The value once it has been left alone for a moment, so that a preview is not asked for with every letter. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 250);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function usePreview(period: BudgetPeriod, input: FillInput | null) {
  const body = useSettled(input && JSON.stringify(input));
  return useResource<BudgetFill>(body && `budget fill ${period.name} ${body}`, () =>
    budgets.fill(period.name, { ...(JSON.parse(body ?? "{}") as FillInput), preview: true }),
  );
}

/** What a fill would change is shown first; it is then made as a whole, and taken back as a whole. */
export function FillDialog({ period, view, way = "own", makesBudgets, onClose }: FillProps) {
  const { household, locale } = useSession();
  const { isBusy, run } = useAction();
  const announceChange = useAnnounceChange();
  const [draft, setDraft] = useState<FillDraft>(() => ({
    way,
    fill: draftOfRule(null, household.currency, locale),
    makesBudgets: makesBudgets ?? false,
    ticks: new Map(),
  }));
  const reading = inputOf(draft, household.currency, locale);
  const input = "input" in reading ? reading.input : null;
  const all = usePreview(period, input);
  const wanted = input && all.value ? narrowed(input, draft, all.value.rows) : null;
  const chosen = usePreview(period, wanted);
  const error = all.error ?? chosen.error;
  const title = periodTitle(period, locale);
  const apply = async () => {
    if (!wanted) return;
    const done = await run(async () => {
      await budgets.fill(period.name, wanted);
      await announceChange(`Filled ${title}`);
    });
    if (done) onClose();
  };
  const result = wanted ? chosen.value : undefined;
  const isNothing = !result || isZero(money(result.given, period.currency));
  return (
    <Dialog title={`Fill ${title}`} onClose={onClose} isWide>
      <div className="form">
        <FillFields
          draft={draft}
          onChange={(part) => setDraft({ ...draft, ...part })}
          problems={"problems" in reading ? reading.problems : {}}
        />
        {error !== undefined && <ProblemNote error={error} />}
        {input && all.value ? (
          <FillPreview
            rows={previewRows(all.value, result, draft, readingOrder(period))}
            fill={result}
            way={draft.way}
            period={period}
            view={view}
            onTicks={(ticks) => setDraft({ ...draft, ticks: new Map([...draft.ticks, ...ticks]) })}
          />
        ) : (
          input && error === undefined && <Loading rows={5} />
        )}
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" isBusy={isBusy} disabled={isNothing} onClick={() => void apply()}>
            Fill
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

type FieldsProps = {
  draft: FillDraft;
  onChange: (part: Partial<FillDraft>) => void;
  problems: RuleProblems;
};

function FillFields({ draft, onChange, problems }: FieldsProps) {
  const { way, fill, makesBudgets } = draft;
  return (
    <>
      <div className={way === "own" || way === "copy" ? "budget-one-field" : "budget-fill-how"}>
        <Choice
          label="How"
          all={ways}
          value={way}
          // What was ticked for one way says nothing of another.
          onChange={(next) => onChange({ way: next, ticks: new Map() })}
        />
        {way !== "own" && (
          <RuleFields
            rule={way}
            draft={fill}
            onChange={(part) => onChange({ fill: { ...fill, ...part } })}
            problems={shown(problems, draft)}
          />
        )}
      </div>
      {way !== "own" && way !== "copy" && (
        <label className="check-label">
          <input
            type="checkbox"
            checked={makesBudgets}
            onChange={(event) => onChange({ makesBudgets: event.target.checked })}
          />
          <span>Categories without a budget get one where something was spent</span>
        </label>
      )}
    </>
  );
}

/** An empty box is not wrong yet. */
function shown(problems: RuleProblems, { fill }: FillDraft): RuleProblems {
  return Object.fromEntries(
    Object.entries(problems).filter(([field]) => fill[field as keyof typeof fill] !== ""),
  );
}
