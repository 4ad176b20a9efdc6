import { type BudgetView, budgets } from "../../api/budgets.ts";
import type { BudgetCard, BudgetLimit, BudgetLine, BudgetPeriod } from "../../api/types.ts";
import { address } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { isNegative, isZero, type Money, money, negate } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Link } from "../../ui/Link.tsx";
import { useAction } from "../../ui/useAction.ts";
import { AmountCell } from "./AmountCell.tsx";
import { barOf, type Row, rowsOf } from "./budgetLines.ts";

type GridProps = {
  period: BudgetPeriod;
  view: BudgetView;
  onMove: (id: string) => void;
  onEdit: (line: BudgetLine) => void;
};

/** Every line of the budget, by the view: what is assigned and available, or the limit and what remains. */
export function BudgetGrid(props: GridProps) {
  const { period, view } = props;
  const isEnvelope = view === "envelope";
  const income = rowsOf(period.lines, true).filter(({ line }) => line.budget !== null);
  return (
    <div className="card budget-card">
      <table className="table budget-table">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col" className="cell-amount">
              {isEnvelope ? "Assigned" : "Limit"}
            </th>
            <th scope="col" className="cell-amount">
              {isEnvelope ? "Activity" : "Spent"}
            </th>
            <th scope="col" className="cell-amount">
              {isEnvelope ? "Available" : "Remaining"}
            </th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(period.lines, false).map((row) => (
            <LineRow key={`${row.line.category_id} ${row.isHeading}`} row={row} {...props} />
          ))}
        </tbody>
        {isEnvelope && period.cards.length > 0 && <CardRows {...props} />}
        {!isEnvelope && income.length > 0 && (
          <tbody>
            <tr>
              <th colSpan={4} scope="rowgroup" className="budget-group">
                Expected income
              </th>
            </tr>
            {income.map((row) => (
              <LineRow key={`${row.line.category_id} ${row.isHeading}`} row={row} {...props} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

/** Writes one number; a category without a budget gets one first. */
function useAssign(period: BudgetPeriod) {
  const { run } = useAction();
  return (id: string, name: string, before: string, after: string, isNew: boolean) =>
    void run(async () => {
      if (isNew) await budgets.create(id);
      await budgets.assign(period.name, id, after);
      announceUndoable(`${name}: ${after}`, () => budgets.assign(period.name, id, before));
    });
}

function LineRow({ row, period, view, onMove, onEdit }: GridProps & { row: Row }) {
  const { isViewer } = useSession();
  const assign = useAssign(period);
  const { line, depth, isHeading } = row;
  const limit = isHeading ? line.total_limit : line.limit;
  const envelope = view === "envelope" ? (isHeading ? line.total_envelope : line.envelope) : null;
  if (!limit) return null;
  const at = (text: string) => money(text, period.currency);
  const isLocked = isViewer || period.is_locked;
  const { category_id: id, name } = line;
  return (
    <tr className={isHeading ? "budget-heading" : undefined}>
      <th scope="row" className={`budget-name depth-${Math.min(depth, 4)}`}>
        <Name line={line} onEdit={isHeading || isViewer ? undefined : onEdit} />
        {limit.missing_rates.length > 0 && (
          <span className="budget-missing">no rate for {limit.missing_rates.join(", ")}</span>
        )}
        <Bar line={line} limit={limit} currency={period.currency} />
      </th>
      <td className="cell-amount">
        {isHeading ? (
          <AmountText amount={at(limit.limit)} hasSymbol={false} />
        ) : (
          <AmountCell
            label={`${view === "envelope" ? "Assigned to" : "Limit of"} ${name}`}
            amount={at(limit.limit)}
            isLocked={isLocked}
            onCommit={(after) => assign(id, name, limit.limit, after, line.budget === null)}
          />
        )}
      </td>
      <td className="cell-amount">
        <Link
          to={address("/transactions", { category_id: id, from: period.from, to: period.to })}
          className="budget-activity"
          aria-label={`Transactions of ${name}`}
        >
          <AmountText amount={at(envelope?.activity ?? limit.spent)} hasSymbol={false} />
        </Link>
      </td>
      <td className="cell-amount">
        <Left
          name={name}
          amount={at(envelope?.available ?? limit.remaining)}
          onMove={envelope && !isHeading && line.budget && !isLocked ? () => onMove(id) : undefined}
        />
      </td>
    </tr>
  );
}

type NameProps = { line: BudgetLine; onEdit: ((line: BudgetLine) => void) | undefined };

function Name({ line, onEdit }: NameProps) {
  if (!onEdit) return <span>{line.name}</span>;
  return (
    <button type="button" className="budget-edit" onClick={() => onEdit(line)}>
      {line.name}
    </button>
  );
}

type LeftProps = { name: string; amount: Money; onMove: (() => void) | undefined };

/** What is left; where it can be moved or covered, a button. */
function Left({ name, amount, onMove }: LeftProps) {
  const text = <AmountText amount={amount} hasSymbol={false} />;
  if (!onMove) return <span className={pill(amount)}>{text}</span>;
  return (
    <button
      type="button"
      className={pill(amount)}
      aria-label={`${isNegative(amount) ? "Cover" : "Move from"} ${name}`}
      onClick={onMove}
    >
      {text}
    </button>
  );
}

function pill(left: Money): string {
  if (isNegative(left)) return "budget-pill budget-pill-over";
  return isZero(left) ? "budget-pill budget-pill-empty" : "budget-pill";
}

type BarProps = { line: BudgetLine; limit: BudgetLimit; currency: string };

/** Repeats what the figures say, so it is not read aloud. */
function Bar({ line, limit, currency }: BarProps) {
  if (line.is_income) return null;
  const { full, isOver } = barOf(limit.progress, money(limit.remaining, currency));
  return (
    <progress
      className={isOver ? "budget-bar budget-bar-over" : "budget-bar"}
      aria-hidden="true"
      value={full}
      max={100}
    />
  );
}

function CardRows(props: GridProps) {
  return (
    <tbody>
      <tr>
        <th colSpan={4} scope="rowgroup" className="budget-group">
          Card payments
        </th>
      </tr>
      {props.period.cards.map((card) => (
        <CardRow key={card.account_id} card={card} {...props} />
      ))}
    </tbody>
  );
}

function CardRow({ card, period, onMove }: GridProps & { card: BudgetCard }) {
  const { isViewer } = useSession();
  const assign = useAssign(period);
  const isLocked = isViewer || period.is_locked;
  const { account_id: id, name } = card;
  const unreserved = money(card.unreserved, period.currency);
  return (
    <tr>
      <th scope="row" className="budget-name">
        <Link to={`/accounts/${id}`}>{name}</Link>
        {!isZero(unreserved) && (
          <span className="budget-missing">
            <AmountText amount={unreserved} /> not set aside
          </span>
        )}
      </th>
      <td className="cell-amount">
        <AmountCell
          label={`Assigned to ${name}`}
          amount={money(card.assigned, period.currency)}
          isLocked={isLocked}
          onCommit={(after) => assign(id, name, card.assigned, after, false)}
        />
      </td>
      <td className="cell-amount">
        <AmountText amount={negate(money(card.paid, period.currency))} hasSymbol={false} />
      </td>
      <td className="cell-amount">
        <Left
          name={name}
          amount={money(card.available, period.currency)}
          onMove={isLocked ? undefined : () => onMove(id)}
        />
      </td>
    </tr>
  );
}
