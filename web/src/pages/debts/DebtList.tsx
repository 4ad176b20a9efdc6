import { type HTMLAttributes, useState } from "react";
import { useSession } from "../../app/session.ts";
import { movedTo } from "../../data/order.ts";
import { formatMoney } from "../../money/format.ts";
import { isZero, money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Link } from "../../ui/Link.tsx";
import { useDragOrder } from "../../ui/useDragOrder.ts";
import { monthWords } from "../../dates/month.ts";
import { ranked, rateWords } from "./debtWords.ts";
import type { Wish } from "./useWish.ts";
import type { Debt, DebtPlan } from "../../api/types.ts";

type DebtListProps = {
  debts: readonly Debt[];
  plan: DebtPlan | undefined;
  wish: Wish;
  onOrder: (order: readonly string[]) => void;
  onEdit: (debt: Debt) => void;
};

/** The debts as the plan takes them; in their own order they can be moved. */
export function DebtList({ debts, plan, wish, onOrder, onEdit }: DebtListProps) {
  const [told, setTold] = useState("");
  const known = ranked(debts, wish.strategy, wish.order, plan);
  const others = debts.filter(({ terms }) => terms === null);
  const isOwn = wish.strategy === "own" && known.length > 1;
  const move = (from: number, to: number) => {
    const after = movedTo(known, from, to);
    onOrder(after.map(({ account_id: id }) => id));
    setTold(`${known[from]?.name} is number ${to + 1} of ${known.length}.`);
  };
  const { list, dragged, handle } = useDragOrder(move);
  return (
    <section aria-labelledby="debts-list">
      <h2 className="section-title" id="debts-list">
        Loans and cards
      </h2>
      <p className="visually-hidden" aria-live="polite">
        {told}
      </p>
      <ul ref={list} className="card list">
        {known.map((debt, index) => (
          <DebtLine
            key={debt.account_id}
            debt={debt}
            plan={plan}
            isRanked
            rank={index + 1}
            isDragged={isOwn && dragged === index}
            handle={isOwn ? handle(index, known.length) : undefined}
            onUp={isOwn && index > 0 ? () => move(index, index - 1) : undefined}
            onDown={isOwn && index < known.length - 1 ? () => move(index, index + 1) : undefined}
            onEdit={() => onEdit(debt)}
          />
        ))}
        {others.map((debt) => (
          <DebtLine
            key={debt.account_id}
            debt={debt}
            plan={plan}
            isRanked={known.length > 0}
            onEdit={() => onEdit(debt)}
          />
        ))}
      </ul>
    </section>
  );
}

type DebtLineProps = {
  debt: Debt;
  plan: DebtPlan | undefined;
  /** Whether there is any plan that has an order. */
  isRanked: boolean;
  rank?: number;
  isDragged?: boolean;
  handle?: HTMLAttributes<HTMLButtonElement>;
  onUp?: () => void;
  onDown?: () => void;
  onEdit: () => void;
};

function DebtLine(props: DebtLineProps) {
  const { debt, plan, isRanked, rank, isDragged, handle, onUp, onDown, onEdit } = props;
  const { isViewer } = useSession();
  const { name, terms } = debt;
  return (
    <li
      className={`list-line debt-line${isDragged ? " row-dragged" : ""}`}
      data-row={rank === undefined ? undefined : rank}
    >
      {handle ? (
        <button
          type="button"
          className="icon-button row-grip"
          aria-label={`Move ${name}: drag, or arrow keys`}
          title="Drag, or arrow keys"
          {...handle}
        >
          <Icon name="grip" />
        </button>
      ) : (
        isRanked && <span className="debt-rank muted">{rank}</span>
      )}
      <span className="list-main debt-main">
        <Link to={`/accounts/${debt.account_id}`} className="debt-name">
          {name}
        </Link>
        <DebtFacts debt={debt} plan={plan} />
      </span>
      <span className="list-side">
        <AmountText amount={money(debt.owed, debt.currency)} />
        <FreeMonth debt={debt} plan={plan} />
      </span>
      {handle && (
        <span className="order-buttons">
          <IconButton icon="up" label={`Move ${name} up`} disabled={!onUp} onClick={onUp} />
          <IconButton icon="down" label={`Move ${name} down`} disabled={!onDown} onClick={onDown} />
        </span>
      )}
      {!isViewer && (
        <Button
          className="debt-edit"
          icon={terms ? undefined : "plus"}
          aria-label={terms ? `Terms of ${name}` : `Add the terms of ${name}`}
          onClick={onEdit}
        >
          {terms ? "Terms" : "Add terms"}
        </Button>
      )}
    </li>
  );
}

function DebtFacts({ debt, plan }: { debt: Debt; plan: DebtPlan | undefined }) {
  const { locale } = useSession();
  const { terms, currency } = debt;
  if (!terms) {
    const isOwed = !isZero(money(debt.owed, currency));
    return (
      <span className="muted">
        {isOwed ? "Not in the plan: its rate and payment are not known" : "Nothing is owed"}
      </span>
    );
  }
  const show = (amount: string) => formatMoney(money(amount, currency), locale);
  const planned = plan?.debts.find(({ account_id: id }) => id === debt.account_id);
  const share =
    terms.minimum_kind === "share" && terms.minimum_share
      ? ` (${rateWords(terms.minimum_share, locale)} of it)`
      : "";
  const interest = [`${show(terms.monthly_interest)} interest this month`];
  if (planned && plan && !isZero(money(planned.interest, plan.currency))) {
    const all = formatMoney(money(planned.interest, plan.currency), locale);
    interest.push(`${all} until it is paid`);
  }
  return (
    <>
      <span className="muted">
        {rateWords(terms.yearly_rate, locale)} a year · at least {show(terms.minimum_payment)}
        {share}
      </span>
      <span className="muted">{interest.join(", ")}</span>
      {!terms.is_covered && !isZero(money(debt.owed, currency)) && (
        <span className="goal-over">
          <Icon name="warning" size={13} /> The minimum does not cover the interest
        </span>
      )}
    </>
  );
}

function FreeMonth({ debt, plan }: { debt: Debt; plan: DebtPlan | undefined }) {
  const { locale } = useSession();
  const planned = plan?.debts.find(({ account_id: id }) => id === debt.account_id);
  if (!planned || isZero(money(planned.owed, plan?.currency ?? ""))) return null;
  const { free_month: month } = planned;
  return (
    <span className="muted">
      {month ? `free in ${monthWords(month, locale, "short")}` : "no end"}
    </span>
  );
}
