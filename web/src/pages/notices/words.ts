import type { NoticeKind } from "../../api/notices.ts";
import { deviceName } from "../../data/deviceName.ts";
import { formatDate, isLocalDate } from "../../dates/LocalDate.ts";
import { formatMoney } from "../../money/format.ts";
import { money } from "../../money/Money.ts";
import { counted } from "../../ui/counted.ts";
import type { IconName } from "../../ui/icons.ts";
import type { Notice, NoticeDetails } from "../../api/types.ts";

export const kindIcons: Record<NoticeKind, IconName> = {
  budget_warning: "table",
  budget_spent: "table",
  bill_due: "receipt",
  bill_missed: "receipt",
  price_rise: "rise",
  low_balance_ahead: "accounts",
  large_transaction: "transactions",
  unusual_transaction: "transactions",
  goal_reached: "flag",
  import_finished: "import",
  new_device: "device",
  backup_failed: "server",
  task_assigned: "reconciled",
  task_due: "reconciled",
};

/** What each kind is called where one chooses between them. */
export const kindNames: Record<NoticeKind, string> = {
  budget_warning: "A budget runs out",
  budget_spent: "A budget is spent",
  bill_due: "A bill is due",
  bill_missed: "A bill was not paid",
  price_rise: "A price went up",
  low_balance_ahead: "An account runs low",
  large_transaction: "A large amount",
  unusual_transaction: "An unusual amount",
  goal_reached: "A goal is reached",
  import_finished: "An import is done",
  new_device: "A new device signed in",
  backup_failed: "A backup failed",
  task_assigned: "A task is given to you",
  task_due: "A task is due",
};

/** What happened, and the figures of it. */
export type Words = { title: string; detail: string | null };

/** Kinds that need somebody to act are drawn in the colour of a warning. */
export const pressingKinds: readonly NoticeKind[] = [
  "budget_spent",
  "bill_missed",
  "low_balance_ahead",
  "backup_failed",
  "new_device",
];

/** What is known of a notice, in the person's own way of writing it. */
type Facts = Record<
  "name" | "payee" | "amount" | "limit" | "date" | "period" | "device" | "address" | "count",
  string | null
> & { percent: number | null };

function factsOf(details: NoticeDetails, locale: string): Facts {
  const { currency, count, name, payee, percent, address } = details;
  const sum = (text: string | null) =>
    text !== null && currency !== null ? formatMoney(money(text, currency), locale) : null;
  const day = (text: string | null) =>
    text !== null && isLocalDate(text) ? formatDate(text, locale) : null;
  return {
    name,
    payee,
    amount: sum(details.amount),
    limit: sum(details.limit),
    date: day(details.date),
    period: periodName(details.period, locale),
    device: details.device && deviceName(details.device),
    address,
    count: count === null ? null : counted(count, "transaction", locale),
    percent,
  };
}

/** "November 2026" for "2026-11"; weeks, quarters and years are called what they are. */
function periodName(period: string | null, locale: string): string | null {
  if (period === null || !/^\d{4}-\d{2}$/.test(period)) return period;
  return formatDate(`${period}-01`, locale, { month: "long", year: "numeric" });
}

/** What is known of `parts`, in one line. */
const line = (...parts: (string | null | false)[]): string | null =>
  parts.filter(Boolean).join(" · ") || null;

/** "€412.30 of €500.00", as far as both are known. */
const share = ({ amount, limit }: Facts, word = "of"): string | null =>
  amount !== null && limit !== null ? `${amount} ${word} ${limit}` : amount;

/** Null where the server said too little: its own sentence stands then. */
type Wording = (facts: Facts) => Words | null;

const named =
  (word: (name: string, facts: Facts) => Words): Wording =>
  (facts) =>
    facts.name === null ? null : word(facts.name, facts);

const unusual = "An unusual amount";

const transaction =
  (what: string): Wording =>
  ({ payee, name, amount, limit, date }) => {
    const whose = payee ?? name;
    if (whose === null || amount === null) return null;
    const usual = what === unusual && limit !== null && `usually about ${limit}`;
    return {
      title: `${what}: ${whose}`,
      detail: line(amount, usual, date, payee !== null && name),
    };
  };

const wordings: Record<NoticeKind, Wording> = {
  budget_warning: named((name, facts) => ({
    title: `${name}: ${facts.percent ?? 80} % of the budget is spent`,
    detail: line(share(facts), facts.period),
  })),
  budget_spent: named((name, facts) => ({
    title: `${name}: ${(facts.percent ?? 100) > 100 ? `${facts.percent} % of ` : ""}the budget is spent`,
    detail: line(share(facts), facts.period),
  })),
  bill_due: named((name, { amount, date }) => ({
    title: `${name} is due`,
    detail: line(amount, date),
  })),
  bill_missed: named((name, { amount, date }) => ({
    title: `${name} was not paid`,
    detail: line(amount, date && `due on ${date}`),
  })),
  price_rise: named((name, facts) => ({
    title: `${name} costs more`,
    detail: share(facts, "instead of"),
  })),
  low_balance_ahead: named((name, { amount, limit, date }) => ({
    title: date ? `${name} runs low on ${date}` : `${name} is low`,
    detail: line(amount, limit && `its minimum is ${limit}`),
  })),
  large_transaction: transaction("A large amount"),
  unusual_transaction: transaction(unusual),
  goal_reached: named((name, facts) => ({ title: `${name} is reached`, detail: share(facts) })),
  import_finished: named((name, { count }) => ({ title: `${name} is imported`, detail: count })),
  new_device: ({ device, address }) => ({
    title: "A new device signed in",
    detail: line(device, address),
  }),
  backup_failed: ({ name, date }) => ({ title: "The backup failed", detail: line(name, date) }),
  task_assigned: named((name, { date }) => ({
    title: `A task for you: ${name}`,
    detail: date && `due on ${date}`,
  })),
  task_due: named((name, { date }) => ({ title: `${name} is due`, detail: date })),
};

/** A newer server may tell of kinds that this page has never heard of. */
export function wordsOf({ kind, details, text }: Notice, locale: string): Words {
  const wording = wordings[kind] as Wording | undefined;
  return wording?.(factsOf(details, locale)) ?? { title: text, detail: null };
}
