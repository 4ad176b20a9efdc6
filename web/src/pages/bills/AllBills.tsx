import { bills as endpoint } from "../../api/bills.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { signed } from "./occurrences.ts";
import { useBillActions } from "./useBillActions.ts";
import type { Bill } from "../../api/types.ts";

const groups: readonly [Bill["direction"], string][] = [
  ["expense", "To pay"],
  ["income", "Income"],
  ["transfer", "Transfers"],
];

type AllBillsProps = { bills: readonly Bill[]; onEdit: (bill: Bill) => void };

/** Every bill, with what it is made of; paused and ended ones too. */
export function AllBills({ bills, onEdit }: AllBillsProps) {
  return (
    <>
      {groups.map(([direction, title]) => {
        const own = bills.filter((bill) => bill.direction === direction);
        if (own.length === 0) return null;
        return (
          <section key={direction} aria-labelledby={`all-${direction}`}>
            <h2 className="section-title" id={`all-${direction}`}>
              {title} <span className="muted">{own.length}</span>
            </h2>
            <ul className="card list">
              {own.map((bill) => (
                <BillItem key={bill.id} bill={bill} onEdit={() => onEdit(bill)} />
              ))}
            </ul>
          </section>
        );
      })}
      <DeletedBills />
    </>
  );
}

const stateWords: Record<Bill["state"], string> = {
  active: "",
  paused: "Paused",
  ended: "Ended",
};

function BillItem({ bill, onEdit }: { bill: Bill; onEdit: () => void }) {
  const { isViewer, locale } = useSession();
  const places = [bill.account_name, bill.to_account_name].filter(Boolean).join(" to ");
  const text = (
    <>
      <span className="line-title">
        {bill.name}
        {bill.state !== "active" && <span className="badge">{stateWords[bill.state]}</span>}
      </span>
      <span className="muted bill-words">
        {[
          bill.repeat_words,
          places,
          bill.next_on && `next on ${formatDate(bill.next_on, locale)}`,
          bill.auto_post && "posts itself",
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </>
  );
  return (
    <li className="line">
      {isViewer ? (
        <span className="line-main">{text}</span>
      ) : (
        <button type="button" className="line-main bill-edit" onClick={onEdit}>
          {text}
        </button>
      )}
      <BillAmount bill={bill} />
      {!isViewer && <BillTools bill={bill} />}
    </li>
  );
}

function BillAmount({ bill }: { bill: Bill }) {
  if (bill.expected_amount === null) return <span className="muted">not known yet</span>;
  return (
    <span className="bill-amount">
      {bill.amount_kind !== "fixed" && (
        <>
          <span aria-hidden="true">≈ </span>
          <span className="visually-hidden">about </span>
        </>
      )}
      <AmountText
        amount={signed(money(bill.expected_amount, bill.currency), bill.direction)}
        sign={bill.direction === "income" ? "always" : "auto"}
        isTinted={bill.direction === "income"}
      />
    </span>
  );
}

function BillTools({ bill }: { bill: Bill }) {
  const { isBusy, pause, resume, remove } = useBillActions(bill);
  return (
    <span className="bill-tools">
      {bill.state === "active" && (
        <Button disabled={isBusy} aria-label={`Pause ${bill.name}`} onClick={() => void pause()}>
          Pause
        </Button>
      )}
      {bill.state === "paused" && (
        <Button disabled={isBusy} aria-label={`Resume ${bill.name}`} onClick={() => void resume()}>
          Resume
        </Button>
      )}
      <IconButton
        icon="trash"
        label={`Delete ${bill.name}`}
        disabled={isBusy}
        onClick={() => void remove()}
      />
    </span>
  );
}

function DeletedBills() {
  const { isViewer, locale } = useSession();
  const { value: all = [] } = useResource("bills with deleted", () => endpoint.all(true));
  const { isBusy, run } = useAction();
  const deleted = all.filter(({ deleted_at: at }) => at !== null);
  if (isViewer || deleted.length === 0) return null;
  const restore = (bill: Bill) =>
    run(async () => {
      await endpoint.restore(bill.id);
      announce(`${bill.name} is back.`);
    });
  return (
    <section aria-labelledby="deleted-bills">
      <h2 className="section-title" id="deleted-bills">
        Deleted <span className="muted">{deleted.length}</span>
      </h2>
      <ul className="card list">
        {deleted.map((bill) => (
          <li key={bill.id} className="line">
            <span className="line-main">
              <span>{bill.name}</span>
              <span className="muted">
                Deleted on {formatDate((bill.deleted_at ?? "").slice(0, 10), locale)}; can be
                brought back for 30 days
              </span>
            </span>
            <Button
              disabled={isBusy}
              aria-label={`Restore ${bill.name}`}
              onClick={() => void restore(bill)}
            >
              Restore
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
