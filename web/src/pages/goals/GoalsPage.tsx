import { useState } from "react";
import { type GoalKind, goals as endpoint } from "../../api/goals.ts";
import { useSession } from "../../app/session.ts";
import { useGoals, useGoalSummary } from "../../data/goals.ts";
import { reordered } from "../../data/order.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState, Loading, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { useAction } from "../../ui/useAction.ts";
import { DeletedGoals } from "./DeletedGoals.tsx";
import { EarmarkDialog } from "./EarmarkDialog.tsx";
import { GoalDialog } from "./GoalDialog.tsx";
import { GoalFigures } from "./GoalFigures.tsx";
import { GoalLine } from "./GoalLine.tsx";
import { SetAsideTable } from "./SetAsideTable.tsx";
import { useSpendingHint } from "./useSpendingHint.ts";
import type { Goal } from "../../api/types.ts";

const groups: readonly { state: Goal["state"]; title: string }[] = [
  { state: "active", title: "On their way" },
  { state: "paused", title: "Paused" },
  { state: "finished", title: "Finished" },
];

export default function GoalsPage() {
  const { isViewer } = useSession();
  const { value: goals, error } = useGoals();
  const { value: summary } = useGoalSummary();
  const [making, setMaking] = useState<GoalKind | null>(null);
  if (error && !goals) return <ProblemNote error={error} />;
  if (!goals) return <Loading rows={8} />;
  return (
    <div className="page page-medium">
      <PageHead title="Goals">
        {!isViewer && (
          <Button icon="plus" kind="primary" onClick={() => setMaking("purchase")}>
            New goal
          </Button>
        )}
      </PageHead>
      {goals.length === 0 && <NoGoals onMake={setMaking} />}
      {goals.length > 0 && summary && <GoalFigures summary={summary} />}
      {groups.map(({ state, title }) => (
        <GoalGroup
          key={state}
          title={title}
          goals={goals.filter((goal) => goal.state === state)}
          all={goals}
        />
      ))}
      {goals.length > 0 && summary && <SetAsideTable summary={summary} />}
      <DeletedGoals />
      {making && <GoalDialog kind={making} onClose={() => setMaking(null)} />}
    </div>
  );
}

/** Where most people begin. */
function NoGoals({ onMake }: { onMake: (kind: GoalKind) => void }) {
  const { isViewer } = useSession();
  const hint = useSpendingHint(6, 3);
  if (isViewer) {
    return (
      <EmptyState icon="goal" title="No goals yet">
        <p>Owners and editors of this household can make some.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="goal"
      title="Begin with an emergency fund"
      actions={
        <Button kind="primary" onClick={() => onMake("emergency_fund")}>
          Make an emergency fund
        </Button>
      }
    >
      <p>
        A goal sets money aside on the accounts where it already is. Enough to live on for three
        months is a good first one.
      </p>
      {hint && <p>{hint}</p>}
    </EmptyState>
  );
}

type GoalGroupProps = { title: string; goals: readonly Goal[]; all: readonly Goal[] };

function GoalGroup({ title, goals, all }: GoalGroupProps) {
  const { isBusy, run } = useAction();
  const [giving, setGiving] = useState<Goal | null>(null);
  if (goals.length === 0) return null;
  // The buttons stay as they are meanwhile: one that is disabled loses the focus.
  const move = (index: number, by: -1 | 1) => {
    if (isBusy) return;
    void run(async () => {
      await endpoint.order(reordered(all, goals, index, by));
    });
  };
  return (
    <section>
      <h2 className="section-title">
        {title} <span className="muted">{goals.length}</span>
      </h2>
      <ul className="card list">
        {goals.map((goal, index) => (
          <GoalLine
            key={goal.id}
            goal={goal}
            onGive={() => setGiving(goal)}
            onUp={index > 0 ? () => move(index, -1) : undefined}
            onDown={index < goals.length - 1 ? () => move(index, 1) : undefined}
          />
        ))}
      </ul>
      {giving && <EarmarkDialog goal={giving} way="in" onClose={() => setGiving(null)} />}
    </section>
  );
}
