import type { BudgetView } from "../../api/budgets.ts";
import type { BudgetFill, BudgetPeriod } from "../../api/types.ts";
import { compare, isZero, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import type { PreviewRow, Way } from "./fillChoice.ts";
import { reasonOf } from "./fillRules.ts";

type PreviewProps = {
  rows: readonly PreviewRow[];
  /** Of the ticked rows; absent while it is computed, or when none is. */
  fill: BudgetFill | undefined;
  way: Way;
  period: BudgetPeriod;
  view: BudgetView;
  onTicks: (ticks: ReadonlyMap<string, boolean>) => void;
};

/** What would change, row by row; rows can be left out. */
export function FillPreview({ rows, fill, way, period, view, onTicks }: PreviewProps) {
  if (rows.length === 0) {
    return (
      <p className="muted">
        {way === "own"
          ? "No budget has a rule of its own. Choose another way, or give budgets rules by their names."
          : "There is no budget yet that could be filled, and nothing was spent before."}
      </p>
    );
  }
  const isAll = rows.every(({ isTicked }) => isTicked);
  const isShort = rows.some(({ short }) => !isZero(money(short, period.currency)));
  const toggleAll = () => onTicks(new Map(rows.map(({ category_id: id }) => [id, !isAll])));
  return (
    <>
      <div className="budget-preview" role="region" aria-label="What it would change" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">
                <input id="fill-all" type="checkbox" checked={isAll} onChange={toggleAll} />
                <label htmlFor="fill-all">Category</label>
              </th>
              <th scope="col" className="cell-amount">
                Now
              </th>
              <th scope="col" className="cell-amount">
                Then
              </th>
              {isShort && (
                <th scope="col" className="cell-amount budget-short">
                  Missing
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.category_id} {...{ row, period, isShort, onTicks }} />
            ))}
          </tbody>
        </table>
      </div>
      <Sum fill={fill} view={view} currency={period.currency} />
    </>
  );
}

type LineProps = {
  row: PreviewRow;
  period: BudgetPeriod;
  /** Whether any row is, so that there is a column for it. */
  isShort: boolean;
  onTicks: PreviewProps["onTicks"];
};

function Line({ row, period, isShort, onTicks }: LineProps) {
  const { category_id: id, name, isTicked } = row;
  const at = (text: string) => money(text, period.currency);
  const isMore = compare(at(row.after), at(row.before)) !== 0;
  const short = at(row.short);
  const priority = period.lines.find((line) => line.category_id === id)?.budget?.priority;
  const facts = [
    reasonOf(row),
    ...(row.is_new ? ["new budget"] : []),
    ...(priority && priority > 1 ? [`priority ${priority}`] : []),
  ];
  return (
    <tr className={isTicked ? undefined : "budget-left-out"}>
      <th scope="row">
        <input
          id={`fill-${id}`}
          type="checkbox"
          checked={isTicked}
          onChange={() => onTicks(new Map([[id, !isTicked]]))}
        />
        <label htmlFor={`fill-${id}`}>
          {name} <span className="muted budget-reason">{facts.join(", ")}</span>
        </label>
      </th>
      <td className="cell-amount muted">
        <AmountText amount={at(row.before)} hasSymbol={false} />
      </td>
      <td className={isMore ? "cell-amount budget-more" : "cell-amount"}>
        <AmountText amount={at(row.after)} hasSymbol={false} />
      </td>
      {isShort && (
        <td className="cell-amount budget-short">
          {!isZero(short) && <AmountText amount={short} hasSymbol={false} />}
        </td>
      )}
    </tr>
  );
}

type SumProps = { fill: BudgetFill | undefined; view: BudgetView; currency: string };

function Sum({ fill, view, currency }: SumProps) {
  if (!fill) return <p className="muted">Choose what it is for.</p>;
  const at = (text: string) => <AmountText amount={money(text, currency)} />;
  const isShort = !isZero(money(fill.short, currency));
  if (!isShort && isZero(money(fill.given, currency))) {
    return <p aria-live="polite">Everything has what it asks for already.</p>;
  }
  return (
    <p aria-live="polite">
      Adds <strong>{at(fill.given)}</strong>
      {view === "envelope" && fill.ready_after !== null && (
        <>; {at(fill.ready_after)} stays ready to assign</>
      )}
      {isShort && (
        <>
          . <span className="budget-over">{at(fill.short)} is missing</span>: what comes first by
          priority is filled first
        </>
      )}
      .
    </p>
  );
}
