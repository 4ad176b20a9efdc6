// Days of the rules that the pages make; the server knows all of RFC 5545.
const dayMs = 86_400_000;
const names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

export const dayAfter = (date, days) =>
  new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
export const weekdayOf = (date) => names[new Date(date).getUTCDay()];
const lastOf = (year, month) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
const on = (year, month, day) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

function daysOfMonth(rule, year, month, startDay) {
  const last = lastOf(year, month);
  if (rule.BYDAY) {
    const [, ordinal, code] = /^(-?\d)?([A-Z]{2})$/.exec(rule.BYDAY) ?? [];
    const all = Array.from({ length: last }, (_, index) => on(year, month, index + 1));
    const same = all.filter((date) => weekdayOf(date) === code);
    return [Number(ordinal) < 0 ? same.at(Number(ordinal)) : same[Number(ordinal) - 1]];
  }
  const wanted = Number(rule.BYMONTHDAY ?? startDay);
  return [on(year, month, wanted < 0 ? last + 1 + wanted : Math.min(wanted, last))];
}

function moved(date, policy) {
  const step = { next: 1, previous: -1, nearest: 1, next_in_month: 1 }[policy];
  let day = date;
  if (step === undefined) return date;
  while (["SA", "SU"].includes(weekdayOf(day))) day = dayAfter(day, step);
  return day;
}

function* nominal(bill) {
  if (!bill.repeat) return yield bill.start_on;
  const rule = Object.fromEntries(bill.repeat.split(";").map((part) => part.split("=")));
  const every = Number(rule.INTERVAL ?? 1);
  const [year, month, day] = bill.start_on.split("-").map(Number);
  for (let period = 0; period < 4000; period += every) {
    if (rule.FREQ === "DAILY") yield dayAfter(bill.start_on, period);
    else if (rule.FREQ === "WEEKLY") {
      const monday = dayAfter(bill.start_on, -((new Date(bill.start_on).getUTCDay() + 6) % 7));
      const wanted = rule.BYDAY?.split(",") ?? [weekdayOf(bill.start_on)];
      for (let index = 0; index < 7; index += 1) {
        const date = dayAfter(monday, period * 7 + index);
        if (wanted.includes(weekdayOf(date))) yield date;
      }
    } else if (rule.FREQ === "MONTHLY") {
      const at = new Date(Date.UTC(year, month - 1 + period, 1));
      yield* daysOfMonth(rule, at.getUTCFullYear(), at.getUTCMonth(), day);
    } else {
      yield* daysOfMonth(rule, year + period, Number(rule.BYMONTH ?? month) - 1, day);
    }
  }
}

/** From the first to `to`, each by its nominal day and the day it is due. */
export function datesOf(bill, to) {
  const found = [];
  const count = Number(/COUNT=(\d+)/.exec(bill.repeat ?? "")?.[1] ?? 5000);
  for (const date of nominal(bill)) {
    if (!date || date > to || (bill.end_on && date > bill.end_on) || found.length >= count) break;
    if (date >= bill.start_on) {
      found.push({ nominal_on: date, due_on: moved(date, bill.working_days) });
    }
  }
  return found;
}

const ordinal = (number) =>
  `${number}${[11, 12, 13].includes(number % 100) ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th")}`;

/** Near enough to what the server says. */
export function wordsOf(bill) {
  if (!bill.repeat) return `once on ${bill.start_on}`;
  const rule = Object.fromEntries(bill.repeat.split(";").map((part) => part.split("=")));
  const unit = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" }[rule.FREQ];
  const every = Number(rule.INTERVAL ?? 1);
  const day = Number(rule.BYMONTHDAY ?? bill.start_on.slice(8));
  const at =
    day === -1
      ? `the last ${bill.working_days === "previous" ? "working " : ""}day`
      : `the ${ordinal(day)}`;
  const where = ["MONTHLY", "YEARLY"].includes(rule.FREQ) && !rule.BYDAY ? ` on ${at}` : "";
  return `${every > 1 ? `every ${every} ${unit}s` : `every ${unit}`}${where}`;
}
