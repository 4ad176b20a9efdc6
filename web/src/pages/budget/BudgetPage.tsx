import { useEffect, useState } from "react";
import { type BudgetView, budgets } from "../../api/budgets.ts";
import type { BudgetLine, BudgetPeriod } from "../../api/types.ts";
import { address, navigate, useLocation } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { EmptyState, Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { useAction } from "../../ui/useAction.ts";
import { BudgetDialog } from "./BudgetDialog.tsx";
import { BudgetGrid } from "./BudgetGrid.tsx";
import { BudgetTotals } from "./BudgetTotals.tsx";
import { FillDialog } from "./FillDialog.tsx";
import { MoveDialog } from "./MoveDialog.tsx";

const views: readonly Segment<BudgetView>[] = [
  { value: "envelope", label: "Envelopes" },
  { value: "tracking", label: "Limits" },
  { value: "flex", label: "Flex" },
];

/** One period of the budget. The address names it; without a name it is today's. */
export default function BudgetPage() {
  const { today } = useSession();
  const { query } = useLocation();
  const name = query.get("period") ?? today;
  const { value: period, error } = useResource(`budget ${name}`, () => budgets.period(name));
  useEffect(() => {
    document.title = "Budget · Martlet";
  }, []);
  if (error && !period) return <ProblemNote error={error} />;
  if (!period) return <Loading rows={10} />;
  return <Period period={period} />;
}

function Period({ period }: { period: BudgetPeriod }) {
  const { isViewer } = useSession();
  const { run } = useAction();
  const [moving, setMoving] = useState<string | null>(null);
  const [editing, setEditing] = useState<BudgetLine | null>(null);
  const [isFilling, setFilling] = useState(false);
  const { view } = period;
  const isEmpty = period.lines.every(({ budget }) => budget === null);
  const choose = (next: BudgetView) =>
    void run(async () => {
      await budgets.look({ view: next });
    });
  return (
    <div className="page budget-page">
      <Head period={period} view={view} onView={choose} onFill={() => setFilling(true)} />
      {isEmpty && !isViewer ? (
        <EmptyState
          icon="table"
          title="No budget yet"
          actions={
            <Button kind="primary" onClick={() => setFilling(true)}>
              Propose a budget
            </Button>
          }
        >
          <p>
            Each category can get what was spent in it on average over the last three periods. You
            see it before anything is changed.
          </p>
        </EmptyState>
      ) : (
        <BudgetTotals period={period} view={view} />
      )}
      {period.totals.missing_rates.length > 0 && (
        <Note>
          Amounts in {period.totals.missing_rates.join(", ")} are left out: no rate to{" "}
          {period.currency} is known.
        </Note>
      )}
      {period.lines.length > 0 && (
        <BudgetGrid period={period} view={view} onMove={setMoving} onEdit={setEditing} />
      )}
      {moving && <MoveDialog period={period} id={moving} onClose={() => setMoving(null)} />}
      {editing && <BudgetDialog line={editing} onClose={() => setEditing(null)} />}
      {isFilling && (
        <FillDialog
          period={period}
          view={view}
          way={isEmpty ? "average" : "own"}
          makesBudgets={isEmpty}
          onClose={() => setFilling(false)}
        />
      )}
    </div>
  );
}

type HeadProps = {
  period: BudgetPeriod;
  view: BudgetView;
  onView: (view: BudgetView) => void;
  onFill: () => void;
};

function show(name: string | null): void {
  if (name) navigate(address("/budget", { period: name }));
}

function Head({ period, view, onView, onFill }: HeadProps) {
  const { locale, isViewer } = useSession();
  const { isBusy, run } = useAction();
  const lock = () =>
    void run(async () => {
      await (period.is_locked ? budgets.unlock(period.name) : budgets.lock(period.name));
    });
  return (
    <div className="page-head">
      <div className="page-head-text">
        <div className="period-title">
          <h1 aria-live="polite">{title(period, locale)}</h1>
          <IconButton
            icon="left"
            label="Period before"
            disabled={!period.previous}
            onClick={() => show(period.previous)}
          />
          <IconButton
            icon="right"
            label="Period after"
            disabled={!period.next}
            onClick={() => show(period.next)}
          />
        </div>
        <div className="page-lead">
          {formatDate(period.from, locale)} – {formatDate(period.to, locale)}, day{" "}
          {period.days_gone} of {period.days}
          {period.is_locked && ", locked"}
        </div>
      </div>
      <div className="page-actions">
        <Segments label="View" segments={views} value={view} onChange={onView} />
        {!isViewer && (
          <>
            <Button isBusy={isBusy} onClick={lock}>
              {period.is_locked ? "Unlock" : "Lock"}
            </Button>
            <Button kind="primary" disabled={period.is_locked} onClick={onFill}>
              Fill
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** A month is called by its name; what else there is has one already. */
function title({ name }: BudgetPeriod, locale: string): string {
  if (!/^\d{4}-\d{2}$/.test(name)) return name;
  return formatDate(`${name}-01`, locale, { month: "long", year: "numeric" });
}
