import { useSession } from "../../app/session.ts";
import { useAccounts } from "../../data/household.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { isNegative, magnitude, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { Wanted } from "./OccurrenceDialogs.tsx";
import { OccurrenceDetail } from "./OccurrenceDetail.tsx";
import { isSettled, keyOf, signed, standing, stillExpected, type Tone } from "./occurrences.ts";
import type { OccurrenceActions } from "./useOccurrenceActions.ts";
import type { Bill, BillOccurrence } from "../../api/types.ts";

const badges: Record<Tone, string> = {
  plain: "badge",
  good: "badge badge-committed",
  warn: "badge badge-preview",
  bad: "badge badge-failed",
};

export type OccurrenceLineProps = {
  item: BillOccurrence;
  bill: Bill | undefined;
  isOpen: boolean;
  onToggle: () => void;
  onWant: (wanted: Wanted) => void;
  onEdit: () => void;
  act: OccurrenceActions;
};

/** One time of a bill; it opens to all that is known and can be done. */
export function OccurrenceLine(props: OccurrenceLineProps) {
  const { item, isOpen, onToggle } = props;
  const { locale, isViewer } = useSession();
  const id = `occurrence-${item.bill_id}-${item.nominal_on}`;
  return (
    <li className="bill-line" data-occurrence={keyOf(item)}>
      <div className="bill-row">
        <button
          type="button"
          className={item.state === "skipped" ? "bill-open bill-skipped" : "bill-open"}
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={onToggle}
        >
          <span className="bill-date">
            {formatDate(item.due_on, locale, { day: "numeric", month: "short" })}
            <span className="muted">{formatDate(item.due_on, locale, { weekday: "short" })}</span>
          </span>
          <span className="bill-main">
            <span className="bill-name">{item.bill_name}</span>
            <Facts item={item} bill={props.bill} />
          </span>
          <Standing item={item} />
          <RowAmount item={item} />
          <Icon name={isOpen ? "up" : "down"} size={12} />
        </button>
        {!isViewer && <QuickPost {...props} />}
      </div>
      {isOpen && <OccurrenceDetail id={id} {...props} />}
    </li>
  );
}

function Standing({ item }: { item: BillOccurrence }) {
  const { today } = useSession();
  const now = standing(item, today);
  return (
    <span className="bill-standing">
      {now && <span className={badges[now.tone]}>{now.text}</span>}
      {item.candidates.length > 0 && <span className="badge badge-preview">Is it paid?</span>}
    </span>
  );
}

/** What is due for posting is posted by one press, where all of it is known. */
function QuickPost({ item, act, onWant }: OccurrenceLineProps) {
  const isDue = item.state === "due" || item.state === "overdue" || item.state === "missed";
  if (!isDue) return <span className="bill-quick" />;
  const isKnown = item.account_id !== null && item.amount !== null;
  return (
    <span className="bill-quick">
      <Button
        aria-label={`Post ${item.bill_name}`}
        disabled={act.isBusy}
        onClick={() => (isKnown ? void act.post(item) : onWant({ what: "post", item }))}
      >
        Post
      </Button>
    </span>
  );
}

function RowAmount({ item }: { item: BillOccurrence }) {
  const { direction, currency } = item;
  const open = stillExpected(item);
  const paid = isSettled(item) && item.paid !== null ? money(item.paid, currency) : null;
  const planned = item.amount === null ? null : money(item.amount, currency);
  const amount = paid ?? open ?? planned;
  if (!amount) return <span className="bill-amount muted">not known yet</span>;
  const isAbout = paid === null && item.state !== "partial" && item.amount_low !== item.amount_high;
  return (
    <span className="bill-amount">
      {isAbout && (
        <>
          <span aria-hidden="true">≈ </span>
          <span className="visually-hidden">about </span>
        </>
      )}
      <AmountText
        amount={signed(amount, direction)}
        sign={direction === "income" ? "always" : "auto"}
        isTinted={direction === "income"}
      />
    </span>
  );
}

/** What is worth knowing without opening the line. */
function Facts({ item, bill }: { item: BillOccurrence; bill: Bill | undefined }) {
  const { locale } = useSession();
  const { value: accounts = [] } = useAccounts();
  const nameOf = (id: string | null) => accounts.find((account) => account.id === id)?.name;
  const [from, to] = [nameOf(item.account_id), nameOf(item.to_account_id)];
  const changed = item.changed_by === null ? null : money(item.changed_by, item.currency);
  const text = (amount: string) => formatMoney(money(amount, item.currency), locale, "never");
  return (
    <span className="bill-facts">
      {from && <span>{to ? `${from} to ${to}` : from}</span>}
      {item.state === "partial" && item.paid !== null && (
        <span>
          {text(item.paid)} of {item.amount === null ? "it" : text(item.amount)} is here
        </span>
      )}
      {changed && (
        <span className="bill-changed">
          {formatMoney(magnitude(changed), locale)} {isNegative(changed) ? "less" : "more"} than
          expected
        </span>
      )}
      {item.is_changed && <span>Changed for this once</span>}
      {item.posts_itself && <span>Posts itself</span>}
      {bill?.state === "paused" && <span>Paused</span>}
    </span>
  );
}
