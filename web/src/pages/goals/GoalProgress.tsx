import type { ReactNode } from "react";
import { useSession } from "../../app/session.ts";
import { useAccounts, useCategories } from "../../data/household.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { monthWords } from "../../dates/month.ts";
import { formatMoney } from "../../money/format.ts";
import { isZero, money } from "../../money/Money.ts";
import { Note } from "../../ui/Notices.tsx";
import { GoalBar, SavedOf, Standing } from "./GoalLine.tsx";
import { aimWords, dayWords, kindNames, percentWords } from "./goalWords.ts";
import type { Goal } from "../../api/types.ts";

/** How far the goal is, and what it takes to get there. */
export function GoalProgress({ goal }: { goal: Goal }) {
  return (
    <>
      <section className="card goal-progress" aria-label="Progress">
        <div className="goal-progress-head">
          <SavedOf goal={goal} />
          <span className="goal-progress-side">
            <Standing goal={goal} />
            {goal.progress !== null && <span className="muted">{percentWords(goal.progress)}</span>}
          </span>
        </div>
        <GoalBar goal={goal} />
        <Facts goal={goal} />
        {goal.note && <p className="goal-note">{goal.note}</p>}
      </section>
      {goal.missing_rates.length > 0 && (
        <Note>
          Spending in {goal.missing_rates.join(", ")} is left out of the average: no rate to{" "}
          {goal.currency} is known.
        </Note>
      )}
    </>
  );
}

function Facts({ goal }: { goal: Goal }) {
  const { locale } = useSession();
  const shown = (amount: string) => formatMoney(money(amount, goal.currency), locale);
  const { suggested_amount: suggested, projected_month: projected, remaining } = goal;
  const isOpen = goal.state === "active" && !goal.is_reached;
  const facts: [string, ReactNode][] = [
    ["Kind", [kindNames[goal.kind], aimWords(goal, locale)].filter(Boolean).join(", ")],
  ];
  if (remaining && isOpen) facts.push(["Still to go", shown(remaining)]);
  if (suggested && isOpen && !isZero(money(suggested, goal.currency))) {
    facts.push(["Suggested", `${shown(suggested)} a month`]);
    const due = goal.due_this_month;
    const isDone = due === null || isZero(money(due, goal.currency));
    facts.push(["Left for this month", isDone ? "Nothing, it is done" : shown(due)]);
  }
  if (projected && isOpen) {
    facts.push(["At this pace", `there in ${monthWords(projected, locale)}`]);
  }
  if (goal.automatic) facts.push(["By itself", <Automatic key="rule" goal={goal} />]);
  if (goal.accounts.length > 0) facts.push(["Lies on", <Lies key="lies" goal={goal} />]);
  if (goal.finished_at) {
    facts.push(["Finished", formatDate(goal.finished_at.slice(0, 10), locale)]);
  }
  if (!isZero(money(goal.released, goal.currency))) facts.push(["Released", shown(goal.released)]);
  return (
    <dl className="goal-details">
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Automatic({ goal }: { goal: Goal }) {
  const { locale } = useSession();
  const { value: accounts = [] } = useAccounts();
  const { value: categories = [] } = useCategories();
  const { automatic } = goal;
  if (!automatic) return null;
  const account = accounts.find(({ id }) => id === automatic.account_id)?.name ?? "an account";
  if (automatic.rule === "fixed") {
    const amount = formatMoney(money(automatic.amount ?? "0", goal.currency), locale);
    return (
      <>
        {amount} {dayWords(automatic.day ?? 1)}, on {account}
      </>
    );
  }
  const category = categories.find(({ id }) => id === automatic.category_id)?.name;
  return (
    <>
      what {category ?? "its category"} is assigned, on {account}
    </>
  );
}

function Lies({ goal }: { goal: Goal }) {
  const { locale } = useSession();
  return (
    <ul>
      {goal.accounts.map(({ account_id: id, name, amount, is_overcommitted: isOver }) => (
        <li key={id}>
          {name}: {formatMoney(money(amount, goal.currency), locale)}
          {isOver && <span className="goal-over"> (more is set aside there than it holds)</span>}
        </li>
      ))}
    </ul>
  );
}
