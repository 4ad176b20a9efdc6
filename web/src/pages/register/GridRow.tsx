import type { Transaction } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { IconName } from "../../ui/icons.ts";
import { categoryLabel, payeeLabel, stateNames } from "./labels.ts";
import type { Register } from "./useRegister.ts";

type GridRowProps = {
  row: Transaction | undefined;
  /** The row above: a date is written once for the rows that share it. */
  before: Transaction | undefined;
  index: number;
  top: number;
  height: number;
  register: Register;
  isOneAccount: boolean;
};

export function GridRow(props: GridRowProps) {
  const { row, index, top, height, register } = props;
  const style = { top, height };
  const shared = { id: `row-${index}`, role: "row", "aria-rowindex": index + 2, style } as const;
  if (!row) {
    return (
      <div {...shared} className="grid-row grid-row-empty" aria-busy="true">
        <div role="gridcell">
          <span className="visually-hidden">Loading</span>
          <div className="loading-row" />
        </div>
      </div>
    );
  }
  const isActive = index === register.active;
  const isChosen = register.selection.has(row.id);
  const classes = [
    "grid-row",
    isActive && "grid-row-active",
    isChosen && "grid-row-chosen",
    row.deleted_at && "grid-row-deleted",
  ];
  return (
    // The grid itself takes the keys; the mouse is a second way to the same.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <div
      {...shared}
      className={classes.filter(Boolean).join(" ")}
      aria-selected={isChosen}
      onClick={() => register.setActive(index)}
      onDoubleClick={() => register.edit(row.id)}
    >
      <Cells {...props} row={row} isChosen={isChosen} />
    </div>
  );
}

type CellsProps = GridRowProps & { row: Transaction; isChosen: boolean };

function Cells({ row, before, register, isOneAccount, isChosen }: CellsProps) {
  const { locale, household } = useSession();
  const isSameDay = before?.date === row.date;
  const other = row.type === "transfer" ? otherAccount(row) : null;
  return (
    <>
      <div role="gridcell" className="grid-check">
        <input
          type="checkbox"
          aria-label={`Choose ${payeeLabel(row)}`}
          checked={isChosen}
          tabIndex={-1}
          onChange={() => register.toggle(row)}
        />
      </div>
      <div role="gridcell" className={isSameDay ? "grid-date grid-date-same" : "grid-date"}>
        {formatDate(row.date, locale, { day: "2-digit", month: "short", year: "numeric" })}
      </div>
      <div role="gridcell" className="grid-payee">
        <button
          type="button"
          className="row-open clip"
          tabIndex={-1}
          onClick={() => register.edit(row.id)}
        >
          {payeeLabel(row)}
        </button>
        {row.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
        {row.note && <span className="grid-note clip">{row.note}</span>}
      </div>
      <div role="gridcell" className="grid-category clip">
        {row.type === "transfer" && <Icon name="transfer" size={12} />}
        {row.splits.length > 0 && <Icon name="split" size={12} />}
        <span className="clip">{other ?? categoryLabel(row)}</span>
      </div>
      {!isOneAccount && (
        <div role="gridcell" className="grid-account clip">
          {row.account_name}
        </div>
      )}
      <StateCell row={row} />
      <div role="gridcell" className="grid-amount right">
        <AmountText
          amount={money(row.signed_amount, row.currency)}
          hasSymbol={isOneAccount ? false : row.currency !== household.currency}
          isTinted={row.type === "income"}
          sign={row.type === "income" ? "always" : "auto"}
        />
      </div>
    </>
  );
}

/** Seen from the account in view, a transfer is to or from the other one. */
function otherAccount({ signed_amount: amount, ...row }: Transaction): string {
  const isOut = amount.startsWith("-");
  return isOut ? `To ${row.to_account_name ?? "–"}` : `From ${row.account_name}`;
}

/** Posted is what most rows are, and goes without saying. */
const stateIcons: Record<Transaction["state"], IconName | null> = {
  expected: "expected",
  pending: "pending",
  posted: null,
  cleared: "check",
  reconciled: "reconciled",
};

function StateCell({ row }: { row: Transaction }) {
  const name = row.deleted_at ? "Deleted" : stateNames[row.state];
  const icon = row.deleted_at ? "trash" : stateIcons[row.state];
  return (
    <div role="gridcell" className={`grid-state grid-state-${row.state}`} title={name}>
      {icon && <Icon name={icon} size={13} />}
      <span className="visually-hidden">{name}</span>
    </div>
  );
}
