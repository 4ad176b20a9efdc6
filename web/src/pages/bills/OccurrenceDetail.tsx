import type { ReactNode } from "react";
import { useSession } from "../../app/session.ts";
import { useAccounts, useCategories } from "../../data/household.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button } from "../../ui/Button.tsx";
import type { OccurrenceLineProps } from "./OccurrenceLine.tsx";
import { isSettled, signed } from "./occurrences.ts";
import type { OccurrenceActions } from "./useOccurrenceActions.ts";
import type { BillCandidate, BillOccurrence, BillPayment } from "../../api/types.ts";

type DetailProps = OccurrenceLineProps & { id: string };

/** What is known of one time of a bill, what paid it or may have, and what can be done. */
export function OccurrenceDetail({ id, item, bill, onWant, onEdit, act }: DetailProps) {
  const { isViewer } = useSession();
  return (
    <div id={id} className="bill-detail" role="group" aria-label={`${item.bill_name}, details`}>
      {item.candidates.length > 0 && (
        <Payments title="Is this the payment?">
          {item.candidates.map((candidate) => (
            <CandidateLine key={candidate.transaction_id} {...{ candidate, item, act }} />
          ))}
        </Payments>
      )}
      {item.payments.length > 0 && (
        <Payments title={item.payments.length > 1 ? "Payments" : "Payment"}>
          {item.payments.map((payment) => (
            <PaymentLine key={payment.transaction_id} {...{ payment, item, act }} />
          ))}
        </Payments>
      )}
      <DetailFacts item={item} words={bill?.repeat_words} note={bill?.note} />
      {!isViewer && (
        <div className="button-row">
          {!isSettled(item) && (
            <>
              <Button onClick={() => onWant({ what: "post", item })}>Post…</Button>
              <Button onClick={() => onWant({ what: "match", item })}>Match…</Button>
              <Button disabled={act.isBusy} onClick={() => void act.skip(item)}>
                Skip
              </Button>
              <Button onClick={() => onWant({ what: "change", item })}>Change this one…</Button>
            </>
          )}
          {item.state === "posted" && (
            <Button onClick={() => onWant({ what: "match", item })}>Match…</Button>
          )}
          {item.state === "skipped" && (
            <Button disabled={act.isBusy} onClick={() => void act.unskip(item)}>
              Do not skip
            </Button>
          )}
          {bill && (
            <Button icon="edit" onClick={onEdit}>
              Edit bill
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Payments({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="bill-subtitle">{title}</h3>
      <ul className="bill-payments">{children}</ul>
    </div>
  );
}

type Paid = Pick<BillPayment, "date" | "payee" | "account_id" | "amount">;

function PaymentFacts({ paid, item, note }: { paid: Paid; item: BillOccurrence; note?: string }) {
  const { locale } = useSession();
  const { value: accounts = [] } = useAccounts();
  const account = accounts.find(({ id }) => id === paid.account_id)?.name;
  return (
    <>
      <span className="bill-payment-text">
        <span>
          {formatDate(paid.date, locale)} · {paid.payee ?? "No payee"}
        </span>
        <span className="muted">{[account, note].filter(Boolean).join(" · ")}</span>
      </span>
      {paid.amount !== null && (
        <AmountText
          amount={signed(money(paid.amount, item.currency), item.direction)}
          sign={item.direction === "income" ? "always" : "auto"}
        />
      )}
    </>
  );
}

type CandidateProps = { candidate: BillCandidate; item: BillOccurrence; act: OccurrenceActions };

function CandidateLine({ candidate, item, act }: CandidateProps) {
  const { isViewer } = useSession();
  const { transaction_id: id, payee } = candidate;
  const named = payee ?? "this payment";
  return (
    <li>
      <PaymentFacts paid={candidate} item={item} />
      {!isViewer && (
        <span className="button-row">
          <Button
            aria-label={`Yes, ${named} is it`}
            disabled={act.isBusy}
            onClick={() => void act.match(item, id)}
          >
            Yes
          </Button>
          <Button
            aria-label={`No, ${named} is something else`}
            disabled={act.isBusy}
            onClick={() => void act.reject(item, id)}
          >
            No
          </Button>
        </span>
      )}
    </li>
  );
}

type PaymentProps = { payment: BillPayment; item: BillOccurrence; act: OccurrenceActions };

function PaymentLine({ payment, item, act }: PaymentProps) {
  const { isViewer } = useSession();
  const isPosting = payment.kind === "posted";
  const { transaction_id: id } = payment;
  const note = isPosting
    ? payment.is_automatic
      ? "posted by itself"
      : "posted by hand"
    : payment.is_automatic
      ? "found by itself"
      : "matched by hand";
  return (
    <li>
      <PaymentFacts paid={payment} item={item} note={note} />
      {!isViewer && (
        <Button
          disabled={act.isBusy}
          onClick={() => void (isPosting ? act.takeBack(item, id) : act.unmatch(item, id))}
        >
          {isPosting ? "Take back" : "Unmatch"}
        </Button>
      )}
    </li>
  );
}

type FactsProps = { item: BillOccurrence; words?: string; note?: string | null };

function DetailFacts({ item, words, note }: FactsProps) {
  const { locale } = useSession();
  const { value: categories = [] } = useCategories();
  const category = categories.find(({ id }) => id === item.category_id)?.name;
  const { amount_low: low, amount_high: high } = item;
  const text = (amount: string) => formatMoney(money(amount, item.currency), locale, "never");
  const facts: [string, string | null | undefined][] = [
    ["Comes", words],
    [
      "Expected between",
      `${formatDate(item.window_from, locale)} and ${formatDate(item.window_to, locale)}`,
    ],
    ["Amount between", low && high && low !== high ? `${text(low)} and ${text(high)}` : null],
    ["Payee", item.payee],
    ["Category", category],
    ["Note", note],
  ];
  return (
    <dl className="bill-known">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
