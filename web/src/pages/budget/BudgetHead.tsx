import { type BudgetView, budgets } from "../../api/budgets.ts";
import type { BudgetPeriod } from "../../api/types.ts";
import { address, navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { useAction } from "../../ui/useAction.ts";
import { periodTitle } from "./periodTitle.ts";
import { useCanPlan } from "./planning.ts";
import { viewNames } from "./settingsDraft.ts";

const views: readonly Segment<BudgetView>[] = [
  { value: "envelope", label: viewNames.envelope },
  { value: "tracking", label: viewNames.tracking },
  { value: "flex", label: viewNames.flex },
];

export function showPeriod(name: string | null): void {
  if (name) navigate(address("/budget", { period: name }));
}

type HeadProps = {
  period: BudgetPeriod;
  onView: (view: BudgetView) => void;
  onFill: () => void;
  onAdd: () => void;
  onSettings: () => void;
  onKeys: () => void;
};

export function BudgetHead(props: HeadProps) {
  const { period, onView } = props;
  const canPlan = useCanPlan();
  return (
    <div className="page-head">
      <Title period={period} />
      <div className="page-actions">
        {canPlan && (
          <Segments label="View" segments={views} value={period.view} onChange={onView} />
        )}
        {canPlan && <Actions {...props} />}
        <IconButton icon="help" label="Keys" onClick={props.onKeys} />
      </div>
    </div>
  );
}

function Title({ period }: { period: BudgetPeriod }) {
  const { locale, today } = useSession();
  const { from, to, previous, next, days_gone: gone, days } = period;
  const isNow = from <= today && today <= to;
  return (
    <div className="page-head-text">
      <div className="period-title">
        <h1 aria-live="polite">{periodTitle(period, locale)}</h1>
        <IconButton
          icon="left"
          label="Period before"
          disabled={!previous}
          onClick={() => showPeriod(previous)}
        />
        <IconButton
          icon="right"
          label="Period after"
          disabled={!next}
          onClick={() => showPeriod(next)}
        />
        {!isNow && (
          <Button kind="quiet" onClick={() => navigate("/budget")}>
            Today
          </Button>
        )}
      </div>
      <div className="page-lead">
        {formatDate(from, locale)} – {formatDate(to, locale)}
        {isNow && `, day ${gone} of ${days}`}
      </div>
    </div>
  );
}

function Actions({ period, onFill, onAdd, onSettings }: HeadProps) {
  const { isBusy, run } = useAction();
  const lock = () =>
    void run(async () => {
      await budgets.lock(period.name);
    });
  return (
    <>
      <IconButton icon="settings" label="Budget settings" onClick={onSettings} />
      {!period.is_locked && (
        <IconButton icon="lock" label="Lock" disabled={isBusy} onClick={lock} />
      )}
      <Button icon="plus" onClick={onAdd}>
        Budget
      </Button>
      <Button kind="primary" disabled={period.is_locked} onClick={onFill}>
        Fill
      </Button>
    </>
  );
}
