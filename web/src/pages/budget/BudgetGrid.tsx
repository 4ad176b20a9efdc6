import { type BudgetView, budgets } from "../../api/budgets.ts";
import type { BudgetCard, BudgetLine, BudgetPeriod } from "../../api/types.ts";
import { address } from "../../app/router.ts";
import { announceUndoable } from "../../app/undo.ts";
import { isNegative, isZero, type Money, money, negate } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Link } from "../../ui/Link.tsx";
import { useAction } from "../../ui/useAction.ts";
import { AmountCell } from "./AmountCell.tsx";
import { barOf, type Row, rowsOf, type Section, sectionsOf } from "./budgetLines.ts";
import { onGridKeyDown } from "./gridKeys.ts";
import { useCanPlan } from "./planning.ts";

type GridProps = {
  period: BudgetPeriod;
  view: BudgetView;
  onMove: (id: string) => void;
  onEdit: (line: BudgetLine) => void;
  onGroup: (name: string) => void;
};

const columns: Record<BudgetView, [string, string, string]> = {
  envelope: ["Assigned", "Activity", "Available"],
  tracking: ["Limit", "Spent", "Remaining"],
  flex: ["Planned", "Spent", "Remaining"],
};

/** Every line of the budget, by the view: what is assigned and available, or the limit and what remains. */
export function BudgetGrid(props: GridProps) {
  const { period, view } = props;
  const isEnvelope = view === "envelope";
  const income = rowsOf(period, view, (line) => line.is_income && line.budget !== null);
  // Without a budget nothing is overspent yet.
  const isEmpty = period.lines.every(({ budget }) => budget === null);
  return (
    <div className={isEmpty ? "card budget-card budget-none" : "card budget-card"}>
      {/* Keys move between the boxes, links and buttons in it, which have the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <table className="table budget-table" onKeyDown={onGridKeyDown}>
        <caption className="visually-hidden">
          Budget. Arrow keys and Enter move from cell to cell.
        </caption>
        <thead>
          <tr>
            <th scope="col">Category</th>
            {columns[view].map((name) => (
              <th key={name} scope="col" className="cell-amount">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {sectionsOf(period, view).map((section) => (
          <SectionRows key={section.key} section={section} {...props} />
        ))}
        {isEnvelope && period.cards.length > 0 && <CardRows {...props} />}
        {!isEnvelope && income.length > 0 && (
          <tbody>
            <TitleRow title="Expected income" />
            {income.map((row) => (
              <LineRow key={`${row.line.category_id} ${row.isHeading}`} row={row} {...props} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

function TitleRow({ title }: { title: string }) {
  return (
    <tr>
      <th colSpan={4} scope="rowgroup" className="budget-group">
        {title}
      </th>
    </tr>
  );
}

function SectionRows({ section, ...props }: GridProps & { section: Section }) {
  const canPlan = useCanPlan();
  const { title, figures, rows, isOwnGroup } = section;
  return (
    <tbody>
      {title && figures && (
        <tr className="budget-section">
          <th scope="rowgroup" className="budget-name">
            {isOwnGroup && canPlan ? (
              <button
                type="button"
                className="budget-edit"
                data-column="name"
                aria-label={`Group ${title}`}
                onClick={() => props.onGroup(title)}
              >
                {title}
              </button>
            ) : (
              title
            )}
          </th>
          {[figures.limit, figures.used].map((amount, index) => (
            <td key={index} className="cell-amount">
              <AmountText amount={amount} hasSymbol={false} />
            </td>
          ))}
          <td className="cell-amount">
            <Left name={title} amount={figures.left} isPlain onMove={undefined} />
          </td>
        </tr>
      )}
      {rows.map((row) => (
        <LineRow key={`${row.line.category_id} ${row.isHeading}`} row={row} {...props} />
      ))}
    </tbody>
  );
}

/** Writes one number; a category without a budget gets one first. */
function useAssign({ name: period }: BudgetPeriod) {
  const { run } = useAction();
  return (id: string, name: string, before: string, after: string, isNew: boolean) =>
    run(async () => {
      const made = isNew ? await budgets.create(id) : null;
      await budgets.assign(period, id, after);
      announceUndoable(`${name}: ${after}`, () =>
        made ? budgets.remove(made) : budgets.assign(period, id, before),
      );
    });
}

function LineRow({ row, period, view, onMove, onEdit }: GridProps & { row: Row }) {
  const canPlan = useCanPlan();
  const { line, depth, isHeading, figures } = row;
  const { category_id: id, name } = line;
  const canMove = view === "envelope" && line.envelope && line.budget && !isHeading;
  const isOpen = canPlan && !period.is_locked;
  return (
    <tr className={isHeading ? "budget-heading" : undefined}>
      <th scope="row" className={`budget-name depth-${Math.min(depth, 4)}`}>
        <Name line={line} onEdit={isHeading || !canPlan ? undefined : onEdit} />
        {figures.missing.length > 0 && (
          <span className="budget-missing">no rate for {figures.missing.join(", ")}</span>
        )}
        <Under row={row} period={period} />
        {(line.budget || isHeading) && <Bar progress={row.progress} left={figures.left} />}
      </th>
      <td className="cell-amount">
        <Planned row={row} period={period} view={view} isOpen={isOpen} />
      </td>
      <td className="cell-amount">
        <Transactions row={row} period={period} />
      </td>
      <td className="cell-amount">
        <Left
          name={name}
          amount={figures.left}
          isPlain={line.is_income || isHeading}
          onMove={canMove && isOpen ? () => onMove(id) : undefined}
        />
      </td>
    </tr>
  );
}

type RowProps = { row: Row; period: BudgetPeriod };

function Planned({ row, period, view, isOpen }: RowProps & { view: BudgetView; isOpen: boolean }) {
  const assign = useAssign(period);
  const { line, isHeading, figures } = row;
  if (isHeading || !line.limit) return <AmountText amount={figures.limit} hasSymbol={false} />;
  const { category_id: id, name, limit } = line;
  const what = view === "envelope" ? "Assigned to" : line.is_income ? "Expected of" : "Limit of";
  return (
    <AmountCell
      label={`${what} ${name}`}
      amount={figures.limit}
      source={period}
      isLocked={!isOpen}
      onCommit={(after) => assign(id, name, limit.limit, after, line.budget === null)}
    />
  );
}

function transactionsOf({ line }: Row, { from, to }: BudgetPeriod): string {
  return address("/transactions", { category_id: line.category_id, from, to });
}

/** The number leads to what it is made of. */
function Transactions({ row, period }: RowProps) {
  return (
    <Link
      to={transactionsOf(row, period)}
      className="budget-activity"
      data-column={row.isHeading ? undefined : "used"}
      aria-label={`Transactions of ${row.line.name}`}
    >
      <AmountText amount={row.figures.used} hasSymbol={false} />
    </Link>
  );
}

/** On a phone the column of what is spent has no room; it stands below the name. */
function Under({ row, period }: RowProps) {
  return (
    <Link
      to={transactionsOf(row, period)}
      className="budget-under"
      aria-label={`Transactions of ${row.line.name}`}
    >
      <AmountText amount={row.figures.used} hasSymbol={false} />
    </Link>
  );
}

type NameProps = { line: BudgetLine; onEdit: ((line: BudgetLine) => void) | undefined };

function Name({ line, onEdit }: NameProps) {
  if (!onEdit) return <span>{line.name}</span>;
  return (
    <button
      type="button"
      className="budget-edit"
      data-column="name"
      title="What is left at the end, how it is filled, its group"
      onClick={() => onEdit(line)}
    >
      {line.name}
    </button>
  );
}

type LeftProps = {
  name: string;
  amount: Money;
  isPlain?: boolean;
  onMove: (() => void) | undefined;
};

/** What is left; where it can be moved or covered, a button. */
function Left({ name, amount, isPlain, onMove }: LeftProps) {
  const text = <AmountText amount={amount} hasSymbol={false} />;
  if (isPlain)
    return <span className={isNegative(amount) ? "budget-over" : undefined}>{text}</span>;
  if (!onMove) return <span className={pill(amount)}>{text}</span>;
  return (
    <button
      type="button"
      className={pill(amount)}
      data-column="left"
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

/** Repeats what the figures say, so it is not read aloud. */
function Bar({ progress, left }: { progress: string | null; left: Money }) {
  const { full, isOver } = barOf(progress, left);
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
      <TitleRow title="Card payments" />
      {props.period.cards.map((card) => (
        <CardRow key={card.account_id} card={card} {...props} />
      ))}
    </tbody>
  );
}

function CardRow({ card, period, onMove }: GridProps & { card: BudgetCard }) {
  const assign = useAssign(period);
  const isOpen = useCanPlan() && !period.is_locked;
  const { account_id: id, name } = card;
  const { from, to, currency } = period;
  const unreserved = money(card.unreserved, currency);
  return (
    <tr>
      <th scope="row" className="budget-name">
        <Link to={`/accounts/${id}`} data-column="name" className="budget-card-name">
          {name}
        </Link>
        {!isZero(unreserved) && (
          <span className="budget-missing">
            <AmountText amount={unreserved} /> not set aside
          </span>
        )}
      </th>
      <td className="cell-amount">
        <AmountCell
          label={`Assigned to ${name}`}
          amount={money(card.assigned, currency)}
          source={period}
          isLocked={!isOpen}
          onCommit={(after) => assign(id, name, card.assigned, after, false)}
        />
      </td>
      <td className="cell-amount">
        <Link
          to={address("/transactions", { account_id: id, from, to })}
          className="budget-activity"
          data-column="used"
          aria-label={`Transactions of ${name}`}
        >
          <AmountText amount={negate(money(card.paid, currency))} hasSymbol={false} />
        </Link>
      </td>
      <td className="cell-amount">
        <Left
          name={name}
          amount={money(card.available, currency)}
          onMove={isOpen ? () => onMove(id) : undefined}
        />
      </td>
    </tr>
  );
}
