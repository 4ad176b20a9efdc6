import { useSession } from "../../app/session.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Link } from "../../ui/Link.tsx";
import { aimWords, dueWords, fullness, kindNames, percentWords, standingOf } from "./goalWords.ts";
import type { Goal } from "../../api/types.ts";

type GoalLineProps = {
  goal: Goal;
  onGive: () => void;
  onUp?: () => void;
  onDown?: () => void;
};

/** One goal of the list: how far it is, and the way to put more aside. */
export function GoalLine({ goal, onGive, onUp, onDown }: GoalLineProps) {
  const { isViewer } = useSession();
  return (
    <li className="list-line goal-line">
      <Link to={`/goals/${goal.id}`} className="goal-link">
        <span className="goal-title">
          <span className="list-title">{goal.name}</span>
          <Standing goal={goal} />
        </span>
        <SavedOf goal={goal} />
        <GoalBar goal={goal} />
        <GoalFacts goal={goal} />
      </Link>
      {!isViewer && (
        <span className="goal-tools">
          {goal.state !== "finished" && (
            <Button onClick={onGive} aria-label={`Set aside for ${goal.name}`}>
              Set aside
            </Button>
          )}
          <span className="order-buttons">
            <IconButton icon="up" label={`Move ${goal.name} up`} disabled={!onUp} onClick={onUp} />
            <IconButton
              icon="down"
              label={`Move ${goal.name} down`}
              disabled={!onDown}
              onClick={onDown}
            />
          </span>
        </span>
      )}
    </li>
  );
}

/** "€3,400.00 of €12,000.00". */
export function SavedOf({ goal }: { goal: Goal }) {
  return (
    <span className="goal-saved">
      <AmountText amount={money(goal.saved, goal.currency)} />
      {goal.target && (
        <span className="muted">
          {" of "}
          <AmountText amount={money(goal.target, goal.currency)} />
        </span>
      )}
    </span>
  );
}

/** Repeats what the figures say, so it is not read aloud. */
export function GoalBar({ goal }: { goal: Goal }) {
  if (goal.progress === null) return null;
  return (
    <progress
      className={`budget-bar goal-bar${goal.is_reached ? " goal-bar-reached" : ""}`}
      aria-hidden="true"
      value={fullness(goal.progress)}
      max={100}
    />
  );
}

const tones = { good: "badge badge-committed", bad: "badge badge-preview", plain: "badge" };

export function Standing({ goal }: { goal: Goal }) {
  const { locale } = useSession();
  const standing = standingOf(goal, locale);
  return standing && <span className={tones[standing.tone]}>{standing.text}</span>;
}

function GoalFacts({ goal }: { goal: Goal }) {
  const { locale } = useSession();
  const facts = [kindNames[goal.kind], aimWords(goal, locale), percentWords(goal.progress)];
  const due = dueWords(goal, locale);
  const isOver = goal.accounts.some((account) => account.is_overcommitted);
  return (
    <span className="goal-facts">
      <span>{facts.filter(Boolean).join(" · ")}</span>
      {due && <span className="goal-due">{due}</span>}
      {isOver && (
        <span className="goal-over">
          <Icon name="warning" size={13} /> More is set aside than there is
        </span>
      )}
    </span>
  );
}
