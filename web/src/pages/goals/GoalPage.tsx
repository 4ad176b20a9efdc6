import { useState } from "react";
import { APIError } from "../../api/APIError.ts";
import { goals as endpoint } from "../../api/goals.ts";
import { navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { useResource } from "../../data/resource.ts";
import { isZero, money } from "../../money/Money.ts";
import { Button } from "../../ui/Button.tsx";
import { Link } from "../../ui/Link.tsx";
import { EmptyState, Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { useAction } from "../../ui/useAction.ts";
import { Contributions } from "./Contributions.tsx";
import { EarmarkDialog, type Way } from "./EarmarkDialog.tsx";
import { FinishDialog } from "./FinishDialog.tsx";
import { GoalDialog } from "./GoalDialog.tsx";
import { GoalProgress } from "./GoalProgress.tsx";
import { PathChart } from "./PathChart.tsx";
import type { Goal } from "../../api/types.ts";

export default function GoalPage({ id }: { id: string }) {
  const { value: goal, error } = useResource(`goal ${id}`, () => endpoint.get(id));
  const isGone = error instanceof APIError && error.status === 404;
  if (isGone || goal?.deleted_at) {
    return (
      <EmptyState
        icon="goal"
        title="There is no such goal"
        actions={<Link to="/goals">All goals</Link>}
      >
        <p>If it was deleted, it can be restored from the list for 30 days.</p>
      </EmptyState>
    );
  }
  if (error && !goal) return <ProblemNote error={error} />;
  if (!goal) return <Loading rows={8} />;
  return (
    <div className="page page-medium">
      <PageHead title={goal.name} lead={<Link to="/goals">All goals</Link>}>
        <MoneyActions goal={goal} />
      </PageHead>
      <Reached goal={goal} />
      <GoalProgress goal={goal} />
      <PathChart goal={goal} />
      <Contributions goal={goal} />
      <StateActions goal={goal} />
    </div>
  );
}

function MoneyActions({ goal }: { goal: Goal }) {
  const { isViewer } = useSession();
  const [way, setWay] = useState<Way | null>(null);
  const [isEditing, setEditing] = useState(false);
  if (isViewer) return null;
  return (
    <>
      {goal.state !== "finished" && (
        <Button kind="primary" icon="plus" onClick={() => setWay("in")}>
          Set aside
        </Button>
      )}
      {goal.state !== "finished" && !isZero(money(goal.saved, goal.currency)) && (
        <Button onClick={() => setWay("out")}>Take out</Button>
      )}
      <Button icon="edit" onClick={() => setEditing(true)}>
        Edit
      </Button>
      {way && <EarmarkDialog goal={goal} way={way} onClose={() => setWay(null)} />}
      {isEditing && <GoalDialog goal={goal} onClose={() => setEditing(false)} />}
    </>
  );
}

function Reached({ goal }: { goal: Goal }) {
  const { isViewer } = useSession();
  const [isFinishing, setFinishing] = useState(false);
  if (!goal.is_reached || goal.state === "finished") return null;
  return (
    <Note icon="check">
      <div className="setting">
        <span>The target is reached. Finish the goal, or go on.</span>
        {!isViewer && <Button onClick={() => setFinishing(true)}>Finish…</Button>}
      </div>
      {isFinishing && <FinishDialog goal={goal} onClose={() => setFinishing(false)} />}
    </Note>
  );
}

/** What is done seldom stands at the end. */
function StateActions({ goal }: { goal: Goal }) {
  const { isViewer } = useSession();
  const [isFinishing, setFinishing] = useState(false);
  const { isBusy, run } = useAction();
  if (isViewer) return null;
  const isRunning = goal.state === "active";
  const toggle = () =>
    run(async () => {
      if (isRunning) {
        await endpoint.pause(goal.id);
        announceUndoable(`${goal.name} is paused`, () => endpoint.resume(goal.id));
      } else {
        await endpoint.resume(goal.id);
        announceUndoable(`${goal.name} goes on`, () =>
          goal.state === "paused"
            ? endpoint.pause(goal.id)
            : endpoint.finish(goal.id, { earmarks: "keep", again: false }),
        );
      }
    });
  const remove = () =>
    run(async () => {
      await endpoint.remove(goal);
      // The person had it like this a moment ago, whatever the accounts hold.
      announceUndoable(`Deleted ${goal.name}`, () => endpoint.restore(goal.id, true));
      // Before everything is read anew, of which this page's part is gone.
      navigate("/goals");
    });
  return (
    <div className="button-row">
      <Button icon={isRunning ? "pause" : "play"} isBusy={isBusy} onClick={toggle}>
        {isRunning ? "Pause" : goal.state === "paused" ? "Go on" : "Open again"}
      </Button>
      {goal.state !== "finished" && (
        <Button icon="flag" onClick={() => setFinishing(true)}>
          Finish…
        </Button>
      )}
      <Button icon="trash" kind="danger" disabled={isBusy} onClick={() => void remove()}>
        Delete
      </Button>
      {isFinishing && <FinishDialog goal={goal} onClose={() => setFinishing(false)} />}
    </div>
  );
}
