import { type FormEvent, useState } from "react";
import { budgets } from "../../api/budgets.ts";
import type { Budget, BudgetPeriod } from "../../api/types.ts";
import { announceUndoable } from "../../app/undo.ts";
import { movedTo } from "../../data/order.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useAction } from "../../ui/useAction.ts";
import { useDragOrder } from "../../ui/useDragOrder.ts";
import { membersOf, placesOf } from "./budgetLines.ts";

type GroupProps = { period: BudgetPeriod; name: string; onClose: () => void };

/** What a budget says of its group: which it is in, and where. */
type Standing = Pick<Budget, "group" | "position">;

const standingOf = ({ group, position }: Budget): Standing => ({ group, position });

/** Each budget of a group names it and its own place, so a group is changed budget by budget. */
async function change(all: readonly Budget[], to: readonly Standing[]): Promise<Budget[]> {
  const changed: Budget[] = [];
  for (const [index, budget] of all.entries()) {
    const { group, position } = to[index] ?? budget;
    const isSame = group === budget.group && position === budget.position;
    changed.push(isSame ? budget : await budgets.update(budget, { group, position }));
  }
  return changed;
}

/** The name of a group, and the order of what is in it. */
export function GroupDialog({ period, name, onClose }: GroupProps) {
  const [text, setText] = useState(name);
  const { isBusy, fields, run } = useAction();
  const members = membersOf(period, name);
  const [order, setOrder] = useState(() => members.map(({ category_id: id }) => id));
  const placed = ({ category_id: id }: Budget) => order.indexOf(id);
  const ordered = [...members].sort((a, b) => placed(a) - placed(b));
  const save = async (group: string | null) => {
    const isMoved = group !== null && ordered.some((budget, index) => budget !== members[index]);
    if (group === name && !isMoved) return onClose();
    const places = isMoved ? placesOf(ordered) : ordered.map(({ position }) => position);
    const done = await run(async () => {
      const changed = await change(
        ordered,
        places.map((position) => ({ group, position })),
      );
      announceUndoable(wordsOf(name, group), () => change(changed, ordered.map(standingOf)));
    });
    if (done) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(text.trim() || null);
  };
  return (
    <Dialog title={`Group ${name}`} onClose={onClose}>
      <form className="form" onSubmit={submit} noValidate>
        <TextField
          label="Name"
          value={text}
          onChange={setText}
          problem={fields["group"]}
          maxLength={60}
          autoComplete="off"
        />
        {ordered.length > 1 && <Members all={ordered} onOrder={setOrder} />}
        <div className="form-actions">
          <span className="form-aside">
            <Button disabled={isBusy} onClick={() => void save(null)}>
              Dissolve
            </Button>
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function wordsOf(name: string, group: string | null): string {
  if (group === null) return `${name} is no group any more`;
  return group === name ? `${name} stands in another order` : `${name} is ${group} now`;
}

type MembersProps = { all: readonly Budget[]; onOrder: (order: string[]) => void };

/** What is in the group, to be put into another order. */
function Members({ all, onOrder }: MembersProps) {
  const [told, setTold] = useState("");
  const move = (from: number, to: number) => {
    onOrder(movedTo(all, from, to).map(({ category_id: id }) => id));
    setTold(`${all[from]?.name} is number ${to + 1} of ${all.length}.`);
  };
  const { list, dragged, handle } = useDragOrder(move);
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {told}
      </p>
      <ul ref={list} className="card list" aria-label="Order of its categories">
        {all.map(({ category_id: id, name }, index) => (
          <li
            key={id}
            className={`list-line${dragged === index ? " row-dragged" : ""}`}
            data-row={index}
          >
            <button
              type="button"
              className="icon-button row-grip"
              aria-label={`Move ${name}: drag, or arrow keys`}
              title="Drag, or arrow keys"
              {...handle(index, all.length)}
            >
              <Icon name="grip" />
            </button>
            <span className="list-main">{name}</span>
            <span className="order-buttons">
              <IconButton
                icon="up"
                label={`Move ${name} up`}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              />
              <IconButton
                icon="down"
                label={`Move ${name} down`}
                disabled={index === all.length - 1}
                onClick={() => move(index, index + 1)}
              />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
