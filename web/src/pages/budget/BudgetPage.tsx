import { useEffect, useState } from "react";
import { type BudgetView, budgets } from "../../api/budgets.ts";
import type { BudgetPeriod } from "../../api/types.ts";
import { navigate, useLocation } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useShortcuts } from "../../app/shortcuts.ts";
import { undoLast } from "../../app/undo.ts";
import { useResource } from "../../data/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState, Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { useAction } from "../../ui/useAction.ts";
import { BudgetDialog, type Edited } from "./BudgetDialog.tsx";
import { BudgetGrid } from "./BudgetGrid.tsx";
import { BudgetHead, showPeriod } from "./BudgetHead.tsx";
import { BudgetKeys } from "./BudgetKeys.tsx";
import { groupsOf } from "./budgetLines.ts";
import { BudgetTotals } from "./BudgetTotals.tsx";
import { FillDialog } from "./FillDialog.tsx";
import { GroupDialog } from "./GroupDialog.tsx";
import { MoveDialog } from "./MoveDialog.tsx";
import { CanPlan, type Standing, standingOf } from "./planning.ts";
import { Proposal } from "./Proposal.tsx";
import { SettingsDialog } from "./SettingsDialog.tsx";

/** One period of the budget. The address names it; without a name it is today's. */
export default function BudgetPage() {
  const { today } = useSession();
  const { query } = useLocation();
  const name = query.get("period") ?? today;
  const { value, error } = useResource(`budget ${name}`, () => budgets.period(name));
  // The last period stays until the next is there.
  const [last, setLast] = useState<BudgetPeriod>();
  const period = value ?? last;
  useEffect(() => {
    if (value) setLast(value);
  }, [value]);
  useEffect(() => {
    document.title = "Budget · Martlet";
  }, []);
  if (error && !value) return <ProblemNote error={error} />;
  if (!period) return <Loading rows={10} />;
  return <Period period={period} />;
}

/** What is open before the page. */
type Open =
  | { kind: "move"; id: string | null }
  | { kind: "edit"; edited: Edited }
  | { kind: "group"; name: string }
  | { kind: "fill" }
  | { kind: "settings" }
  | { kind: "keys" };

function Period({ period }: { period: BudgetPeriod }) {
  const { run } = useAction();
  const standing = standingOf(period);
  const [open, setOpen] = useState<Open | null>(null);
  const { view } = period;
  const canPlan = standing === "planner";
  const isEmpty = period.lines.every(({ budget }) => budget === null);
  const look = (next: BudgetView) =>
    void run(async () => {
      await budgets.look({ view: next });
    });
  const add = () => setOpen({ kind: "edit", edited: null });
  const fill = () => setOpen({ kind: "fill" });
  useShortcuts({
    "[": () => showPeriod(period.previous),
    "]": () => showPeriod(period.next),
    t: () => navigate("/budget"),
    "?": () => setOpen({ kind: "keys" }),
    ...(canPlan && { u: () => void undoLast(), n: add }),
    ...(canPlan && !period.is_locked && { f: fill }),
  });
  return (
    <CanPlan.Provider value={canPlan}>
      <div className="page budget-page">
        <BudgetHead
          period={period}
          onView={look}
          onFill={fill}
          onAdd={add}
          onSettings={() => setOpen({ kind: "settings" })}
          onKeys={() => setOpen({ kind: "keys" })}
        />
        <Notes period={period} standing={standing} />
        {!isEmpty && (
          <BudgetTotals
            period={period}
            view={view}
            onMove={(id) => setOpen({ kind: "move", id })}
          />
        )}
        {isEmpty && canPlan && <Proposal period={period} onPropose={fill} onAdd={add} />}
        {isEmpty && !canPlan && (
          <EmptyState icon="table" title="No budget yet">
            <p>Whoever sees every account and may change the books can make one.</p>
          </EmptyState>
        )}
        {period.lines.length > 0 && (
          <BudgetGrid
            period={period}
            view={view}
            onMove={(id) => setOpen({ kind: "move", id })}
            onEdit={(edited) => setOpen({ kind: "edit", edited })}
            onGroup={(name) => setOpen({ kind: "group", name })}
          />
        )}
        {open && <Opened open={open} period={period} onClose={() => setOpen(null)} />}
      </div>
    </CanPlan.Provider>
  );
}

type OpenedProps = { open: Open; period: BudgetPeriod; onClose: () => void };

function Opened({ open, period, onClose }: OpenedProps) {
  const budgeted = period.lines.filter(({ budget }) => budget !== null);
  const isFirst = budgeted.length === 0;
  switch (open.kind) {
    case "move":
      return <MoveDialog period={period} id={open.id} onClose={onClose} />;
    case "edit":
      return (
        <BudgetDialog
          edited={open.edited}
          groups={groupsOf(period)}
          isEnvelope={period.view === "envelope"}
          taken={new Set(budgeted.map(({ category_id: id }) => id))}
          onClose={onClose}
        />
      );
    case "group":
      return <GroupDialog period={period} name={open.name} onClose={onClose} />;
    case "fill":
      return (
        <FillDialog
          period={period}
          view={period.view}
          way={isFirst ? "average" : "own"}
          makesBudgets={isFirst}
          onClose={onClose}
        />
      );
    case "settings":
      return <SettingsDialog onClose={onClose} />;
    case "keys":
      return <BudgetKeys onClose={onClose} />;
  }
}

type NotesProps = { period: BudgetPeriod; standing: Standing };

/** Why something cannot be done, or is left out. */
function Notes({ period, standing }: NotesProps) {
  const { isBusy, run } = useAction();
  const unlock = () =>
    void run(async () => {
      await budgets.unlock(period.name);
    });
  return (
    <>
      {standing === "viewer" && (
        <Note icon="eye">You may look at these books. Their editors change the budget.</Note>
      )}
      {standing === "partial" && (
        <Note icon="eye">
          The budget has accounts that you do not see. These are the numbers of those you see;
          whoever sees all of them plans.
        </Note>
      )}
      {period.is_locked && (
        <Note icon="lock">
          This period is locked: what is planned for it stays as it is.
          {standing === "planner" && (
            <>
              {" "}
              <Button kind="quiet" isBusy={isBusy} onClick={unlock}>
                Unlock
              </Button>
            </>
          )}
        </Note>
      )}
      {period.totals.missing_rates.length > 0 && (
        <Note icon="warning">
          Amounts in {period.totals.missing_rates.join(", ")} are left out: no rate to{" "}
          {period.currency} is known.
        </Note>
      )}
    </>
  );
}
