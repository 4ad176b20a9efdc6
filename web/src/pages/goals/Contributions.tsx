import { useState } from "react";
import { goals } from "../../api/goals.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { useFeed } from "../../data/useFeed.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { compare, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { OvercommitNote } from "./OvercommitNote.tsx";
import { useConsent } from "./useConsent.ts";
import type { Goal, GoalContribution } from "../../api/types.ts";

/** Everything that was put aside or taken out, the newest first. */
export function Contributions({ goal }: { goal: Goal }) {
  const { isViewer } = useSession();
  const feed = useFeed<GoalContribution>(`contributions ${goal.id}`, (cursor) =>
    goals.contributions(goal.id, cursor),
  );
  const [removing, setRemoving] = useState<GoalContribution | null>(null);
  const { items, error } = feed;
  return (
    <section aria-labelledby="goal-history">
      <h2 className="section-title" id="goal-history">
        History
      </h2>
      {error && !items ? <ProblemNote error={error} /> : null}
      {!items && !error ? <Loading rows={4} /> : null}
      {items?.length === 0 && <p className="card muted">Nothing was set aside yet.</p>}
      {items && items.length > 0 && (
        <ul className="card list">
          {items.map((one) => (
            <Contribution
              key={one.id}
              one={one}
              onRemove={isViewer ? undefined : () => setRemoving(one)}
            />
          ))}
        </ul>
      )}
      {feed.hasMore && (
        <p className="goal-more">
          <Button isBusy={feed.isLoading} onClick={feed.more}>
            Show more
          </Button>
        </p>
      )}
      {removing && <RemoveDialog goal={goal} one={removing} onClose={() => setRemoving(null)} />}
    </section>
  );
}

/** Who put it aside, and where it lies. */
export function originWords(one: GoalContribution): string {
  if (one.source === "release") return "Released when the goal was finished";
  if (one.source === "automatic") return "By itself";
  return one.person_name ? `By ${one.person_name}` : "By hand";
}

type ContributionProps = { one: GoalContribution; onRemove: (() => void) | undefined };

function Contribution({ one, onRemove }: ContributionProps) {
  const { locale } = useSession();
  const amount = money(one.amount, one.currency);
  const planned = one.planned_amount ? money(one.planned_amount, one.currency) : null;
  const isShort = planned !== null && compare(amount, planned) < 0;
  const date = formatDate(one.date, locale);
  return (
    <li className="list-line goal-entry">
      <span className="list-main">
        <span>{date}</span>
        <span className="muted">
          {originWords(one)} · {one.account_name}
          {isShort && `, ${formatMoney(planned, locale)} was planned`}
        </span>
        {one.note && <span className="goal-note">{one.note}</span>}
      </span>
      <AmountText amount={amount} sign="always" isTinted />
      {onRemove && (
        <IconButton icon="trash" label={`Delete the entry of ${date}`} onClick={onRemove} />
      )}
    </li>
  );
}

type RemoveProps = { goal: Goal; one: GoalContribution; onClose: () => void };

/** A withdrawal that is deleted lies on its account again, which may hold less by now. */
function RemoveDialog({ goal, one, onClose }: RemoveProps) {
  const { locale } = useSession();
  const { isBusy, refusal, attempt } = useConsent();
  const amount = formatMoney(money(one.amount, one.currency), locale, "always");
  const remove = async () => {
    const done = await attempt(async (isAllowed) => {
      await goals.removeContribution(one, isAllowed);
      announceUndoable(`Deleted ${amount} of ${goal.name}`, () =>
        goals.contribute(goal.id, {
          account_id: one.account_id,
          amount: one.amount,
          date: one.date,
          note: one.note,
          allow_overcommitted: true,
        }),
      );
    });
    if (done) onClose();
  };
  return (
    <Dialog title="Delete this entry?" onClose={onClose}>
      <div className="form">
        <p>
          {amount} on {formatDate(one.date, locale)} then never happened. No money is moved.
        </p>
        {refusal && <OvercommitNote refusal={refusal} />}
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" icon="trash" isBusy={isBusy} onClick={() => void remove()}>
            {refusal ? "Delete all the same" : "Delete"}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
