import { goals as endpoint } from "../../api/goals.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button } from "../../ui/Button.tsx";
import { announce } from "../../ui/toasts.ts";
import { OvercommitNote } from "./OvercommitNote.tsx";
import { useConsent } from "./useConsent.ts";
import type { Goal } from "../../api/types.ts";

export function DeletedGoals() {
  const { value: all = [] } = useResource("goals deleted", () => endpoint.all(true));
  const deleted = all.filter(({ deleted_at }) => deleted_at !== null);
  if (deleted.length === 0) return null;
  return (
    <section>
      <h2 className="section-title">Deleted</h2>
      <ul className="card list">
        {deleted.map((goal) => (
          <DeletedGoal key={goal.id} goal={goal} />
        ))}
      </ul>
    </section>
  );
}

/** What it had set aside may have been set aside for others since. */
function DeletedGoal({ goal }: { goal: Goal }) {
  const { locale, isViewer } = useSession();
  const { isBusy, refusal, attempt } = useConsent();
  const restore = () =>
    attempt(async (isAllowed) => {
      await endpoint.restore(goal.id, isAllowed);
      announce(`${goal.name} is back.`);
    });
  return (
    <li>
      <div className="list-line">
        <span className="list-main">
          <span className="list-title">{goal.name}</span>
          <span className="muted">
            deleted {formatDate((goal.deleted_at ?? "").slice(0, 10), locale)}, can be restored for
            30 days
          </span>
        </span>
        {!isViewer && (
          <Button icon="undo" isBusy={isBusy} onClick={() => void restore()}>
            {refusal ? "Restore all the same" : "Restore"}
          </Button>
        )}
      </div>
      {refusal && <OvercommitNote refusal={refusal} />}
    </li>
  );
}
