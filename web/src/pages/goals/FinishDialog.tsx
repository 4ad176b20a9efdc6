import { useState } from "react";
import { type FinishInput, goals } from "../../api/goals.ts";
import { trail } from "../../api/identity.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { formatMoney } from "../../money/format.ts";
import { isZero, money } from "../../money/Money.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { everyWords } from "./goalWords.ts";
import type { Goal } from "../../api/types.ts";

type Earmarks = FinishInput["earmarks"];

/** Asks what becomes of the money, which is on its account all along. */
export function FinishDialog({ goal, onClose }: { goal: Goal; onClose: () => void }) {
  const { locale } = useSession();
  const [earmarks, setEarmarks] = useState<Earmarks>("release");
  const [isAgain, setAgain] = useState(goal.kind === "sinking_fund");
  const { isBusy, run } = useAction();
  const saved = money(goal.saved, goal.currency);
  const finish = async () => {
    const done = await run(async () => {
      const after = await goals.finish(goal.id, {
        earmarks,
        ...(goal.kind === "sinking_fund" && { again: isAgain }),
      });
      const text =
        after.state === "finished"
          ? `${goal.name} is finished`
          : `${goal.name} begins its next round`;
      const query = { entity: "goal", entity_id: goal.id, limit: 1 };
      const [entry] = (await trail.household(query)).data;
      if (entry) announceUndoable(text, () => trail.undo(entry.id));
      else announce(text);
    });
    if (done) onClose();
  };
  return (
    <Dialog title={`Finish ${goal.name}`} onClose={onClose}>
      <div className="form">
        {isZero(saved) ? (
          <p>Nothing is set aside for it.</p>
        ) : (
          <Choices
            lead={`What becomes of the ${formatMoney(saved, locale)} set aside?`}
            chosen={earmarks}
            onChoose={setEarmarks}
          />
        )}
        {goal.kind === "sinking_fund" && goal.repeat_months !== null && (
          <label className="check-label">
            <input
              type="checkbox"
              checked={isAgain}
              onChange={(event) => setAgain(event.target.checked)}
            />
            <span>Begin the next round: it comes again {everyWords(goal.repeat_months)}</span>
          </label>
        )}
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" isBusy={isBusy} onClick={() => void finish()}>
            Finish
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

const choices: readonly { value: Earmarks; text: string }[] = [
  { value: "release", text: "It is free again, to be spent or for other goals" },
  { value: "keep", text: "It stays set aside" },
];

type ChoicesProps = { lead: string; chosen: Earmarks; onChoose: (value: Earmarks) => void };

function Choices({ lead, chosen, onChoose }: ChoicesProps) {
  return (
    <fieldset className="check-list">
      <legend>{lead}</legend>
      {choices.map(({ value, text }) => (
        <label key={value} className="check-label">
          <input
            type="radio"
            name="earmarks"
            value={value}
            checked={value === chosen}
            onChange={() => onChoose(value)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
